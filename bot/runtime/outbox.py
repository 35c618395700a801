"""The outbox: what was committed and not yet delivered, sent lane by lane.

Storage hands out only the head of a lane, claimed for ``CLAIM`` seconds, so that order holds and a crash needs no
janitor. A reply may be sent twice when nobody knows whether it arrived; a nudge never is.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot.content.message import OutgoingMessage
from bot.engine.nudging import still_wanted
from bot.engine.record import BadConversationError, load
from bot.runtime.clock import Clock
from bot.runtime.coach import Coach
from bot.runtime.delivery import Ambiguous, Delivery, NotNow, Platform, Refused, Sent
from bot.runtime.letters import BadLetterError, load_message
from bot.runtime.pausing import is_paused
from bot.runtime.ports import Address, DamagedDataError, Letter, Storage, UnopenedError
from bot.runtime.shelf import Shelf
from bot.runtime.unreachable import drop_reminders
from bot.runtime.watching import UNWATCHED, Watcher

log = logging.getLogger(__name__)

CLAIM = 5.0
"""Seconds for which a lane head is ours; after that another process may send it."""

BATCH = 50
"""How many are sent at the same time."""

LOOK_AGAIN = 0.2
"""Seconds after which those that are still being sent are no longer waited for before more are claimed."""

MOST_DOUBLINGS = 5
"""How often the pause after an attempt of which nobody knows the end is doubled: up to half a minute."""

LONGEST_PAUSE = 300.0
"""Seconds; the longest that we wait between two attempts, whatever the platform asks for."""

UNOPENED = 30.0
"""Seconds after which we look again whether that opens without which a letter cannot be sent."""


class Outbox:
    """Delivers through the platforms that this process serves. ``jitter`` gives numbers from 0 to 1."""

    def __init__(
        self,
        coach: Coach | Shelf,
        storage: Storage,
        platforms: Mapping[str, Platform],
        clock: Clock,
        jitter: Callable[[], float],
        watcher: Watcher = UNWATCHED,
    ) -> None:
        self._shelf = coach if isinstance(coach, Shelf) else Shelf(coach, storage)
        self._storage = storage
        self._platforms = platforms
        self._clock = clock
        self._jitter = jitter
        self._watcher = watcher
        self.caught_up = asyncio.Event()
        """Set while nothing that is due waits for a free hand; reminders are held back while it is not."""

    async def deliver(self, stop: asyncio.Event | None = None) -> int:
        """Send everything that is due, lane heads first, and return how many letters were settled.

        What takes long holds up nothing but its own lane. Once ``stop`` is set nothing more is begun.
        """
        settled, sending = 0, set[asyncio.Future[bool]]()
        try:
            while True:
                sending.update(await self._begin(BATCH - len(sending)) if stop is None or not stop.is_set() else ())
                if not sending:
                    return settled
                done, sending = await asyncio.wait(sending, timeout=LOOK_AGAIN)
                settled += sum(await asyncio.gather(*done))
        finally:
            await asyncio.gather(*sending, return_exceptions=True)

    async def _begin(self, most: int) -> list[asyncio.Future[bool]]:
        if most <= 0:
            self.caught_up.clear()
            return []
        paused = await is_paused(self._storage)
        letters = await self._storage.claim_letters(tuple(self._platforms), self._clock.now(), CLAIM, most, paused)
        if len(letters) < most:
            self.caught_up.set()
        else:
            self.caught_up.clear()
        return [asyncio.ensure_future(self._settle(letter)) for letter in letters]

    async def _settle(self, letter: Letter) -> bool:
        """Bring one letter to its end or to its next attempt; what is wrong with it must not stop the others."""
        try:
            message, reason = load_message(letter.body), await self._why_not(letter)
        except BadLetterError:
            return await self._bury(letter, "unreadable")
        except DamagedDataError:
            return await self._bury(letter, "damaged")
        except UnopenedError as error:
            # The letter goes on once its key is at hand, or in a process that has it.
            log.warning("A message waits for a key.", extra={"action": "send", "reason": type(error).__name__})
            return await self._again(letter, UNOPENED, tried=False)
        if reason is not None:
            return await self._bury(letter, reason)
        held = await self._held(letter)
        return held is not None and await self._record(held, await self._send(held, message))

    async def _why_not(self, letter: Letter) -> str | None:
        """Why it must not be sent any more, if there is a reason."""
        if self._clock.now() >= letter.expires_at:
            return "expired"
        if letter.nudge is None:
            return None
        if letter.begun:
            return "may have arrived"
        return None if await self._still_wanted(letter, letter.nudge) else "no longer wanted"

    async def _held(self, letter: Letter) -> Letter | None:
        """The letter right before it is sent, if it is still ours."""
        if letter.nudge is not None:
            return await self._storage.begin(letter, self._clock.now())
        return letter if await self._storage.still_claimed(letter, self._clock.now()) else None

    async def _still_wanted(self, letter: Letter, nudge: str) -> bool:
        loaded = await self._storage.load(letter.address)
        if loaded.body is None:
            return False
        try:
            return still_wanted(self._shelf.coach.library, load(loaded.body), nudge)
        except BadConversationError:
            return False

    async def _send(self, letter: Letter, message: OutgoingMessage) -> Delivery:
        try:
            return await self._platforms[letter.address.platform].send(letter.address, message, letter)
        except UnopenedError as error:
            log.warning("A platform waits for a key.", extra={"action": "send", "reason": type(error).__name__})
            return NotNow(UNOPENED, tried=False)
        except Exception as error:  # noqa: BLE001 - a platform promises not to raise; if it does, nobody knows how far it came
            log.error("A platform failed while sending.", extra={"action": "send", "reason": type(error).__name__})
            return Ambiguous(type(error).__name__)

    async def _record(self, letter: Letter, delivery: Delivery) -> bool:
        match delivery:
            case Sent():
                self._watcher.settled("sent", nudge=letter.nudge is not None)
                return await self._storage.delivered(letter, self._clock.now())
            case NotNow(seconds, tried):
                return await self._again(letter, seconds, tried)
            case Ambiguous(reason) if letter.nudge is not None:
                return await self._bury(letter, reason)
            case Ambiguous():
                return await self._again(letter, 2.0 ** min(letter.tries, MOST_DOUBLINGS))
            case Refused(reason, gone):
                buried = await self._bury(letter, reason)
                if gone:
                    await self._let_be(letter.address)
                return buried

    async def _let_be(self, address: Address) -> None:
        """Nobody who cannot be reached is tried again and again."""
        try:
            await drop_reminders(self._storage, self._clock, address)
        except (BadConversationError, UnopenedError) as error:
            reason = type(error).__name__
            log.error("Reminders that reach nobody could not be dropped.", extra={"action": "send", "reason": reason})

    async def _again(self, letter: Letter, seconds: float, tried: bool = True) -> bool:
        self._watcher.settled("later", nudge=letter.nudge is not None)
        return await self._storage.retry(letter, self._later(seconds), tried)

    async def _bury(self, letter: Letter, reason: str) -> bool:
        self._watcher.settled("buried", reason, letter.nudge is not None)
        log.warning("A message was not delivered.", extra={"action": "send", "letter": letter.id, "reason": reason})
        return await self._storage.bury(letter, reason, self._clock.now())

    def _later(self, seconds: float) -> datetime:
        """The next attempt: spread out, so that what failed together does not come back together."""
        pause = min(max(seconds, 0.5), LONGEST_PAUSE)
        return self._clock.now() + timedelta(seconds=pause * (1 + self._jitter() / 2))
