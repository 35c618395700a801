"""Reloading: the library is compiled again on a signal, published, and taken over by every other process.

A library that is broken changes nothing: what runs goes on, and why it was refused is noted where the doctor looks. One
small row says what is published; each process looks at it now and then, not all at the same moment.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.runtime.clock import Clock
from bot.runtime.coach import Coach
from bot.runtime.ports import StorageUnavailableError
from bot.runtime.shelf import Shelf, UnusableVersionError
from bot.runtime.versions import Published, Refusal, Versions

log = logging.getLogger(__name__)

LOOK_EVERY = 5.0
"""Seconds between two looks at what is published; up to as many again are added by chance."""

KEEP_EVERY = timedelta(hours=1)
DROP_AFTER = timedelta(days=1)
"""How long a version stays that nobody runs and no conversation needs."""


class RefusedError(Exception):
    """The folders hold no library that may be published; each reason names its place and quotes no file."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Edition:
    """A coach with the packed files that it was made of, and their digest."""

    coach: Coach
    bundle: bytes
    digest: str

    @property
    def version(self) -> str:
        return self.coach.library.version


@dataclass(frozen=True, slots=True)
class Workshop:
    """Makes editions; both may take a while and are called on a thread.

    ``from_folders`` raises ``RefusedError``, ``from_bundle`` ``UnusableVersionError``.
    """

    from_folders: Callable[[], Edition]
    from_bundle: Callable[[bytes], Edition]


class Reloading:
    """Keeps one process's shelf at what is published. ``jitter`` gives numbers from 0 to 1."""

    def __init__(
        self,
        shelf: Shelf,
        versions: Versions,
        clock: Clock,
        workshop: Workshop,
        edition: Edition,
        jitter: Callable[[], float],
    ) -> None:
        self._shelf = shelf
        self._versions = versions
        self._clock = clock
        self._workshop = workshop
        self._jitter = jitter
        self._runs = edition
        self._seen = edition.digest
        self._begun = False
        self._owes_reload = False
        self._kept: datetime | None = None

    async def begin(self) -> None:
        """Publish what this process was started with, unless that is published already."""
        published = await self._versions.published()
        if published is None or published.digest != self._runs.digest:
            await self._publish(self._runs)
        self._begun = True

    async def reload(self) -> bool:
        """Compile the folders again and publish them; false when they were refused."""
        try:
            edition = await asyncio.to_thread(self._workshop.from_folders)
        except RefusedError as refused:
            await self._refuse(refused.reasons)
            return False
        await self._publish(edition)
        self._take(edition)
        log.info("The library was loaded again.", extra={"action": "reload", "version": edition.version})
        return True

    async def follow(self) -> bool:
        """Take over what another process published; false when there is nothing new."""
        published = await self._versions.published()
        if published is None or published.digest == self._seen:
            return False
        bundle = await self._versions.version(published.version)
        if bundle is None:
            return False
        try:
            edition = await asyncio.to_thread(self._workshop.from_bundle, bundle)
        except UnusableVersionError as unusable:
            await self._refuse((f"version {published.version}, published by another process: {unusable}",))
            self._seen = published.digest
            return False
        self._take(edition)
        log.info("A published library was taken over.", extra={"action": "reload", "version": edition.version})
        return True

    async def run(self, stop: asyncio.Event, asked: asyncio.Event) -> None:
        """Follow until ``stop`` is set, and reload whenever ``asked`` is."""
        while not stop.is_set():
            await self._careful(asked)
            await self._pause(stop, asked)

    async def _careful(self, asked: asyncio.Event) -> None:
        try:
            if not self._begun:
                await self.begin()
            if asked.is_set():
                asked.clear()
                self._owes_reload = True
            if self._owes_reload:
                await self.reload()
                self._owes_reload = False
            await self.follow()
            await self._keep()
        except StorageUnavailableError as error:
            log.warning("A reload waits for the database.", extra={"action": "reload", "reason": type(error).__name__})

    async def _pause(self, *sooner: asyncio.Event) -> None:
        ends = (self._clock.sleep(LOOK_EVERY * (1 + self._jitter())), *(event.wait() for event in sooner))
        waiting = [asyncio.ensure_future(end) for end in ends]
        _, left = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for one in left:
            one.cancel()

    async def _publish(self, edition: Edition) -> None:
        await self._versions.publish(Published(edition.version, edition.digest, self._clock.now()), edition.bundle)
        self._seen = edition.digest

    async def _refuse(self, reasons: tuple[str, ...]) -> None:
        for reason in reasons:
            log.error(
                "A reload was refused; the library goes on as it was.", extra={"action": "reload", "reason": reason}
            )
        await self._versions.refuse(Refusal(self._clock.now(), reasons))

    def _take(self, edition: Edition) -> None:
        self._runs, self._seen, self._kept = edition, edition.digest, None
        self._shelf.renew(edition.coach)

    async def _keep(self) -> None:
        """Once an hour, say which version runs here, and drop those that nobody needs."""
        now = self._clock.now()
        if self._kept is not None and now - self._kept < KEEP_EVERY:
            return
        await self._versions.keep_version(self._runs.version, self._runs.bundle, now)
        await self._versions.drop_unused(now - DROP_AFTER)
        self._kept = now
