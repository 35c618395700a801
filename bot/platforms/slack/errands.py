"""Errands: what is done after something was acknowledged, and may be left out when it fails."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from bot.errors import place_of
from bot.platforms.slack.api import CallError
from bot.runtime.ports import StorageUnavailableError
from bot.runtime.turn import NotSavedError

log = logging.getLogger(__name__)

MOST = 500


class Errands:
    """Runs errands beside everything else; each name is run once at a time."""

    def __init__(self) -> None:
        self._running: dict[str, asyncio.Task[None]] = {}
        self._next: dict[str, Coroutine[Any, Any, object]] = {}

    def run(self, name: str, errand: Coroutine[Any, Any, object], once_more: bool = False) -> None:
        """Begin it, unless one of that name is running or there are too many.

        ``once_more`` is for what shows how things are: what is asked for while one of the name runs is done after it,
        the newest alone, for the one that runs may have looked already.
        """
        if once_more and name in self._running:
            self._drop_next(name)
            self._next[name] = errand
        elif name in self._running or len(self._running) >= MOST:
            errand.close()
        else:
            self._running[name] = asyncio.ensure_future(self._run(name, errand))

    async def finish(self, within: float) -> None:
        """Wait for those that run; what is not done then is given up."""
        if self._running:
            _, late = await asyncio.wait(list(self._running.values()), timeout=within)
            for task in late:
                task.cancel()

    async def _run(self, name: str, errand: Coroutine[Any, Any, object]) -> None:
        following: Coroutine[Any, Any, object] | None = errand
        try:
            while following is not None:
                await self._careful(name, following)
                following = self._next.pop(name, None)
        finally:
            del self._running[name]
            self._drop_next(name)

    def _drop_next(self, name: str) -> None:
        if name in self._next:
            self._next.pop(name).close()

    async def _careful(self, name: str, errand: Coroutine[Any, Any, object]) -> None:
        kind = name.partition(":")[0]
        try:
            await errand
        except (CallError, StorageUnavailableError, NotSavedError) as error:
            log.info("An errand was left undone.", extra={"action": kind, "reason": str(error)})
        except Exception as error:  # noqa: BLE001 - nobody waits for it, so nobody else would hear of it
            log.error("An errand failed inside.", extra={"action": kind, "reason": place_of(error)})
