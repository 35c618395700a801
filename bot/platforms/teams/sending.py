"""Sending: one message from the outbox into a personal chat, and what Teams made of it.

Posting has no key by which a repeated message would be known, so what may have arrived is never called "not now": the
outbox then says a reply once more and a reminder never again.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.content.message import OutgoingMessage
from bot.platforms.teams.cards import activity_of, text_activity_of
from bot.platforms.teams.connector import Answered, Call, Connector, NotReached, Unknown
from bot.platforms.teams.elements import Element
from bot.platforms.teams.incoming import NAME
from bot.platforms.teams.pacing import Pace
from bot.platforms.teams.welcome import suggestions
from bot.runtime.clock import Clock
from bot.runtime.delivery import Ambiguous, Delivery, NotNow, Refused, Sent
from bot.runtime.ports import Address, Letter

log = logging.getLogger(__name__)

LONGEST_PAUSE = 300.0

SPARE = 0.5
"""Seconds before somebody else may hold a letter, by which the last call for it has ended."""

_NOT_YET = frozenset({412, 429})
"""Refused before anything was done."""

_UNSURE = frozenset({408, 500, 502, 503, 504})
"""Said by something on the way that may not know what was done."""

_BAD_CARD = frozenset({400, 413})


class TeamsPlatform:
    """Sends through the connector, once it is open.

    ``monotonic`` gives seconds, ``extras`` more buttons for a message. ``uncertain`` counts what may have arrived.
    """

    name = NAME

    def __init__(self, clock: Clock, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._monotonic = monotonic
        self._pace = Pace(monotonic)
        self._connector: Connector | None = None
        self.extras: Callable[[OutgoingMessage], Sequence[Element]] = lambda message: ()
        self.uncertain = 0

    def open(self, connector: Connector) -> None:
        self._connector = connector

    async def send(self, address: Address, message: OutgoingMessage, letter: Letter) -> Delivery:
        wait = self._pace.wait(address.tenant, address.channel)
        if wait > 0:
            return NotNow(wait, tried=False)
        until = self._monotonic() + (letter.due_at - self._clock.now()).total_seconds() - SPARE
        card = activity_of(message, self.extras(message)) | suggestions(address, message)
        call = await self._post(address, card, until)
        if isinstance(call, Answered) and call.status in _BAD_CARD:
            log.error(
                "Teams did not take a card; its text alone is sent.",
                extra={"action": "send", "status": call.status, "reason": call.code},
            )
            call = await self._post(address, text_activity_of(message), until)
        return self._delivery(address, call, letter.tries)

    async def mention(self, address: Address, activity: Mapping[str, Any]) -> None:
        """Post something that may be lost: that we are typing, that we only talk in private.

        What Teams would not take just now is not sent at all; the room is for what the coach says.
        """
        if self._pace.wait(address.tenant, address.channel) == 0:
            await self._post(address, activity)

    async def _post(self, address: Address, activity: Mapping[str, Any], until: float = math.inf) -> Call:
        assert self._connector is not None, "it was opened"
        service = address.route.get("service", "")
        return await self._connector.post(service, address.channel, _addressed(address, activity), until)

    def _delivery(self, address: Address, call: Call, tries: int) -> Delivery:
        match call:
            case Answered(status) if 200 <= status < 300:
                return Sent()
            case Answered(status, _, asked) if status in _NOT_YET:
                pause = min(asked if asked is not None else 2.0**tries, LONGEST_PAUSE)
                self._pace.hold(address.channel, pause)
                return NotNow(pause, tried=asked is None)
            case Answered(401):
                return NotNow(min(30.0 * 2.0**tries, LONGEST_PAUSE))
            case Answered(status, code) if status in _UNSURE:
                self.uncertain += 1
                return Ambiguous(code or f"status {status}")
            case Answered(status, code):
                return Refused(code or f"status {status}", gone=status in (403, 404))
            case NotReached("foreign service"):
                return Refused("foreign service")
            case NotReached():
                return NotNow(min(2.0**tries, LONGEST_PAUSE))
            case Unknown(reason):
                self.uncertain += 1
                return Ambiguous(reason)


def _addressed(address: Address, activity: Mapping[str, Any]) -> dict[str, Any]:
    """The activity with who speaks to whom, and where."""
    return {
        **activity,
        "from": {"id": address.route.get("bot", "")},
        "recipient": {"id": address.route.get("user", "")},
        "conversation": {"id": address.channel, "conversationType": "personal", "tenantId": address.tenant},
    }
