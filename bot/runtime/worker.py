"""The worker: gives due conversations their tick, delivers the outbox and keeps the house tidy."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from bot.engine.events import Tick
from bot.errors import AfterwordError
from bot.runtime.clock import Clock
from bot.runtime.outbox import CLAIM, Outbox
from bot.runtime.pausing import is_paused
from bot.runtime.ports import Address, DamagedDataError, Due, Incoming, Storage, StorageUnavailableError
from bot.runtime.turn import FAILED_TICK_WAITS, Bot, NotSavedError

log = logging.getLogger(__name__)

PAUSE = 1.0
"""Seconds between two looks at the database when there was nothing to do."""

BATCH = 50

SWEEP = 5
"""Conversations replanned in one round after an upgrade; few, so that nobody waits for it."""

TIDY_EVERY = timedelta(hours=1)


class Worker:
    """Any number of workers may share one database; ``platforms`` names those that this process serves."""

    def __init__(self, bot: Bot, outbox: Outbox, storage: Storage, clock: Clock, platforms: Sequence[str]) -> None:
        self._bot = bot
        self._outbox = outbox
        self._storage = storage
        self._clock = clock
        self._platforms = platforms
        self._tidied: datetime | None = None
        self._woken = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop`` is set; what is in hand is finished first. Timers do not wait for slow deliveries."""
        await asyncio.gather(self._keep_time(stop), self._keep_delivering(stop))

    def wake(self) -> None:
        """Something was committed in this process: deliver it without waiting for the next look."""
        self._woken.set()

    async def round(self) -> bool:
        """Do what is due now and say whether there was anything."""
        ticked = await self._give_ticks()
        delivered = await self._outbox.deliver()
        return bool(ticked or delivered)

    async def careful_round(self) -> bool:
        """Do what is due now; while the database is away there is nothing to do."""
        return await self._careful(self.round)

    async def _keep_time(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            if not await self._careful(self._give_ticks):
                await self._pause(stop)
            elif not self._outbox.caught_up.is_set():
                # A hundred thousand reminders at once must not stand between somebody who writes and their answer.
                await self._pause(stop, self._outbox.caught_up)

    async def _keep_delivering(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            self._woken.clear()
            if not await self._careful(lambda: self._outbox.deliver(stop)):
                await self._pause(stop, self._woken)

    async def _pause(self, *sooner: asyncio.Event) -> None:
        """Until the next look, or until one of the events."""
        ends = (self._clock.sleep(PAUSE), *(event.wait() for event in sooner))
        waiting = [asyncio.ensure_future(end) for end in ends]
        _, left = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for one in left:
            one.cancel()

    async def _give_ticks(self) -> bool:
        due = await self._claim()
        await asyncio.gather(*(self._tick(one) for one in due))  # the database commits them together
        if due:
            self.wake()
        await self._tidy()
        return bool(due)

    async def _careful(self, doing: Callable[[], Awaitable[bool | int]]) -> bool:
        try:
            return bool(await doing())
        except StorageUnavailableError as error:
            # The database comes back or it does not; timers and letters wait in it, so nothing is lost meanwhile.
            log.warning("The worker waits for the database.", extra={"action": "work", "reason": type(error).__name__})
            return False

    async def _tick(self, due: Due) -> None:
        """Give one conversation its tick; what is wrong with it must not keep the others waiting."""
        try:
            await self._bot.handle(Incoming(id="", address=due.address, event=Tick(due.at)))
        except DamagedDataError:
            await self._give_up(due.address)
        except (NotSavedError, AfterwordError) as error:
            log.error("A timer could not be kept.", extra={"action": "tick", "reason": type(error).__name__})

    async def _give_up(self, address: Address) -> None:
        """What is damaged is told of and left alone for a day; it would be no less damaged in a moment."""
        log.error("A conversation is damaged; its timers wait.", extra={"action": "tick", "reason": "damaged"})
        now = self._clock.now()
        await self._storage.keep_dead(address, "damaged", now)
        await self._storage.put_off(address, now + FAILED_TICK_WAITS)

    async def _claim(self) -> list[Due]:
        """What is due; when nothing is, a few conversations whose timers were worked out with an older library."""
        if await is_paused(self._storage):
            return []
        now = self._clock.now()
        due = await self._storage.claim_due(self._platforms, now, CLAIM, BATCH)
        if due:
            return due
        version = self._bot.coach.library.version
        return await self._storage.claim_unplanned(self._platforms, version, now, CLAIM, SWEEP)

    async def _tidy(self) -> None:
        now = self._clock.now()
        if self._tidied is None or now - self._tidied >= TIDY_EVERY:
            self._tidied = now
            await self._storage.tidy(now)
