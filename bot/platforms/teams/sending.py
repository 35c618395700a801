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
from bot.platforms.complaining import Complaints
from bot.platforms.teams.cards import activity_of, text_activity_of
from bot.platforms.teams.connector import Answered, Call, Connector, NoToken, NotReached, Unknown
from bot.platforms.teams.elements import Element
from bot.platforms.teams.incoming import NAME
from bot.platforms.teams.pacing import Pace
from bot.platforms.teams.welcome import suggestions
from bot.runtime.clock import Clock
from bot.runtime.delivery import Ambiguous, Delivery, NotNow, Refused, Sent
from bot.runtime.ports import Address, Letter

log = logging.getLogger(__name__)

LONGEST_PAUSE = 300.0
"""Seconds; the longest pause that Teams is granted when it asks for one."""

LONGEST_AWAY = 60.0
"""Seconds; so long at most somebody waits for an answer once Teams is back."""

MOST_DOUBLINGS = 10

SPARE = 0.5
"""Seconds before somebody else may hold a letter, by which the last call for it has ended."""

_NOT_YET = frozenset({412, 429})
"""Refused before anything was done."""

_UNSURE = frozenset({408, 500, 502, 503, 504})
"""Said by something on the way that may not know what was done."""

_BAD_CARD = frozenset({400, 413})

_OURS_TO_MEND = frozenset({"InvalidBotApiHost", "NotEnoughPermissions"})
"""Codes of a refusal that tells nothing of the person."""

NO_TOKEN = (
    "There is no token for Teams, so messages wait. Look at MicrosoftAppId, MicrosoftAppPassword and"
    " MicrosoftAppTenantId, and whether the secret has ended."
)
WRONG_TOKEN = (
    "Teams does not take our token, so messages wait. Look at MicrosoftAppId and MicrosoftAppTenantId, and whether"
    " the bot is registered."
)


class TeamsPlatform:
    """Sends through the connector, once it is open.

    ``monotonic`` gives seconds, ``extras`` more buttons for a message. ``uncertain`` counts what may have arrived.
    """

    name = NAME

    def __init__(self, clock: Clock, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._monotonic = monotonic
        self._pace = Pace(monotonic)
        self._complaints = Complaints(clock)
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
                pause = min(asked, LONGEST_PAUSE) if asked is not None else _pause(tries, LONGEST_PAUSE)
                self._pace.hold(address.channel, pause)
                return NotNow(pause, tried=asked is None)
            case Answered(401, code):
                self._complaints.say(WRONG_TOKEN, code or "status 401", address.tenant)
                return NotNow(LONGEST_AWAY)
            case Answered(status, code) if status in _UNSURE:
                self.uncertain += 1
                return Ambiguous(code or f"status {status}")
            case Answered(status, code):
                return Refused(code or f"status {status}", gone=status in (403, 404) and code not in _OURS_TO_MEND)
            case NoToken(reason):
                self._complaints.say(NO_TOKEN, reason, address.tenant)
                return NotNow(_pause(tries, LONGEST_AWAY))
            case NotReached("foreign service"):
                return Refused("foreign service")
            case NotReached():
                return NotNow(_pause(tries, LONGEST_AWAY))
            case Unknown(reason):
                self.uncertain += 1
                return Ambiguous(reason)


def _pause(tries: int, longest: float) -> float:
    """Seconds until the next attempt, longer each time."""
    return min(2.0 ** min(tries, MOST_DOUBLINGS), longest)


def _addressed(address: Address, activity: Mapping[str, Any]) -> dict[str, Any]:
    """The activity with who speaks to whom, and where."""
    return {
        **activity,
        "from": {"id": address.route.get("bot", "")},
        "recipient": {"id": address.route.get("user", "")},
        "conversation": {"id": address.channel, "conversationType": "personal", "tenantId": address.tenant},
    }
