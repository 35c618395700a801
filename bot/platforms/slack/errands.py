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

    def run(self, name: str, errand: Coroutine[Any, Any, object]) -> None:
        """Begin it, unless one of that name is running or there are too many."""
        if name in self._running or len(self._running) >= MOST:
            errand.close()
            return
        task = asyncio.ensure_future(self._careful(name, errand))
        self._running[name] = task
        task.add_done_callback(lambda _: self._running.pop(name, None))

    async def finish(self, within: float) -> None:
        """Wait for those that run; what is not done then is given up."""
        if self._running:
            _, late = await asyncio.wait(list(self._running.values()), timeout=within)
            for task in late:
                task.cancel()

    async def _careful(self, name: str, errand: Coroutine[Any, Any, object]) -> None:
        kind = name.partition(":")[0]
        try:
            await errand
        except (CallError, StorageUnavailableError, NotSavedError) as error:
            log.info("An errand was left undone.", extra={"action": kind, "reason": str(error)})
        except Exception as error:  # noqa: BLE001 - nobody waits for it, so nobody else would hear of it
            log.error("An errand failed inside.", extra={"action": kind, "reason": place_of(error)})
