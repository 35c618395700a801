"""Sending: one message into one direct message, at Slack's pace, and never twice.

Slack knows no key that would make a repeated post harmless. So every message carries our letter's id as metadata, and
whoever cannot know whether an earlier attempt arrived looks for it in the direct message before posting again.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from bot.content.message import OutgoingMessage
from bot.platforms.complaining import Complaints
from bot.platforms.slack.api import PATIENCE, CallError, No, NotReached, SlackApi, TooMuch, Unknown
from bot.platforms.slack.blocks import blocks_of, fallback
from bot.platforms.slack.ids import NAME
from bot.platforms.slack.pacing import Pace
from bot.platforms.slack.workspaces import Workspaces
from bot.runtime.clock import Clock
from bot.runtime.delivery import Ambiguous, Delivery, NotNow, Refused, Sent
from bot.runtime.ports import Address, Letter, StorageUnavailableError
from bot.runtime.turn import REPLY_LIVES

log = logging.getLogger(__name__)

LETTER = "afterword_letter"
"""The ``event_type`` of our metadata."""

LOOK_BACK = 100
"""Messages in one page of those among which an earlier attempt is looked for."""

LOOK_WITHIN = 1.5
"""Seconds; with those that a post may take it has to fit into the five that a letter is ours."""

SPARE = timedelta(seconds=0.5)
"""So long before somebody else may hold a letter its post must have begun."""

AWAY = 2.0
SHORT_PAUSES = 8
MOST_DOUBLINGS = 5
LONGEST_PAUSE = 60.0
"""Seconds; so long at most somebody waits for an answer once Slack is back."""

MOST_REMEMBERED = 10_000

POST = "chat.postMessage"

GONE = frozenset(
    {
        "account_inactive",
        "cannot_dm_bot",
        "channel_not_found",
        "is_archived",
        "messages_tab_disabled",
        "not_in_channel",
        "token_revoked",
        "user_disabled",
        "user_not_found",
    }
)
"""Codes after which the person, or the whole workspace, cannot be reached any more."""

NOT_TAKEN = frozenset({"invalid_auth", "not_authed", "token_expired"})
"""Codes of a token that is wrong or too old. They tell nothing of the workspace; whoever runs the coach has to look."""

WRONG_TOKEN = (
    "Slack does not take our token, so messages wait. Put the right one into SLACK_BOT_TOKEN and restart,"
    " or install the app in that workspace again."
)

_TOO_COMPLEX = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"})


class SlackPlatform:
    """Implements ``Platform``. ``sent`` is called with the way to everybody who was just sent something."""

    name = NAME

    def __init__(
        self,
        api: SlackApi,
        workspaces: Workspaces,
        pace: Pace,
        clock: Clock,
        sent: Callable[[Address], None] = lambda address: None,
    ) -> None:
        self._api = api
        self._workspaces = workspaces
        self._pace = pace
        self._clock = clock
        self.sent = sent
        self._complaints = Complaints(clock)
        self._unsent: OrderedDict[int, int] = OrderedDict()

    async def send(self, address: Address, message: OutgoingMessage, letter: Letter) -> Delivery:
        if letter.nudge is not None or letter.tries == 1 or self._unsent.get(letter.id) == letter.attempts - 2:
            self._note_unsent(letter)
        try:
            delivery = await self._send(address, message, letter)
        except StorageUnavailableError:
            return NotNow(AWAY, tried=False)
        except CallError as error:
            return self._failed(address, letter, error)
        if isinstance(delivery, Sent):
            self.sent(address)
        return delivery

    async def _send(self, address: Address, message: OutgoingMessage, letter: Letter) -> Delivery:
        token = await self._workspaces.token(address.tenant)
        if token is None:
            return Refused("not_installed", gone=True)
        wait = self._pace.wait_for_post(address.tenant, address.user, letter.id, letter.urgent)
        if wait > 0:
            return NotNow(wait, tried=False)
        if self._unsent.get(letter.id) != letter.attempts:
            if await self._has_arrived(token, address, letter):
                return Sent()
            self._note_unsent(letter)
        if self._is_too_late(letter):
            return NotNow(0, tried=False)
        return await self._post(token, address, message, letter)

    async def _post(self, token: str, address: Address, message: OutgoingMessage, letter: Letter) -> Delivery:
        until = time.monotonic() + (letter.due_at - SPARE - self._clock.now()).total_seconds()
        content: dict[str, Any] = {
            "channel": address.channel or address.user,
            "text": fallback(message),
            "metadata": {"event_type": LETTER, "event_payload": {"letter": str(letter.id)}},
            "mrkdwn": False,
            "parse": "none",
            "unfurl_links": False,
            "unfurl_media": False,
        }
        blocks = blocks_of(message, address.person)
        self._unsent.pop(letter.id, None)
        try:
            await self._api.call_until(until, POST, token, blocks=blocks or None, **content)
        except CallError as error:
            if not isinstance(error.failure, No) or error.failure.code not in _TOO_COMPLEX:
                raise
            if self._is_too_late(letter):
                self._note_unsent(letter)
                return NotNow(AWAY)
            log.error("Slack refused our blocks; the text alone is sent.", extra={"action": "send"})
            await self._api.call_until(until, POST, token, **content)
        return Sent()

    def _is_too_late(self, letter: Letter) -> bool:
        """Whether somebody else may hold the letter before another call ends."""
        return letter.due_at - self._clock.now() < timedelta(seconds=PATIENCE)

    # ----------------------------------------------------------------------------------------- earlier attempts

    def _note_unsent(self, letter: Letter) -> None:
        """Nothing has arrived of it so far, for certain; so before this attempt nobody has to look.

        It goes by claims and not by tries: whoever claimed it in between may have sent it. A nudge of which anybody is
        unsure never comes here.
        """
        self._unsent[letter.id] = letter.attempts
        if len(self._unsent) > MOST_REMEMBERED:
            self._unsent.popitem(last=False)

    async def _has_arrived(self, token: str, address: Address, letter: Letter) -> bool:
        try:
            async with asyncio.timeout(LOOK_WITHIN):
                return await self._is_there(token, address, letter)
        except TimeoutError:
            raise CallError("conversations.history", NotReached()) from None
        except CallError as error:
            match error.failure:
                case Unknown():
                    raise CallError("conversations.history", NotReached()) from None  # looking changes nothing
                case No(code) if code not in GONE | NOT_TAKEN:
                    return False  # nobody may look; an answer twice is better than none
                case _:
                    raise

    async def _is_there(self, token: str, address: Address, letter: Letter) -> bool:
        """Look through all that was said since the letter was written: who waits for an answer goes on writing."""
        channel, latest = address.channel or await self._direct_message(token, address), None
        while True:
            page = await self._look_back(token, channel, letter, latest)
            messages = page.get("messages") or ()
            if any(_carries(message, letter) for message in messages):
                return True
            if not page.get("has_more") or not messages:
                return False
            latest = str(messages[-1]["ts"])

    async def _look_back(self, token: str, channel: str, letter: Letter, latest: str | None) -> Mapping[str, Any]:
        oldest = letter.expires_at - REPLY_LIVES - timedelta(minutes=5)
        return await self._api.call(
            "conversations.history",
            token,
            channel=channel,
            oldest=f"{oldest.timestamp():.6f}",
            latest=latest,
            limit=LOOK_BACK,
            include_all_metadata=True,
        )

    async def _direct_message(self, token: str, address: Address) -> str:
        opened = await self._api.call("conversations.open", token, users=address.user)
        channel = opened.get("channel")
        return str(channel.get("id", "")) if isinstance(channel, dict) else ""

    # ----------------------------------------------------------------------------------------------- failures

    def _failed(self, address: Address, letter: Letter, error: CallError) -> Delivery:
        match error.failure:
            case TooMuch(seconds):
                self._pace.hold_channel(address.tenant, address.user, seconds)
                self._still_unsent(letter, error)
                return NotNow(seconds, tried=False)
            case NotReached():
                self._still_unsent(letter, error)
                return NotNow(AWAY)
            case Unknown(reason) if letter.nudge is not None:
                return Ambiguous(reason)
            case Unknown():
                return NotNow(_pause(letter.tries))  # it is looked for before it is sent again
            case No(code) if code in NOT_TAKEN:
                self._complaints.say(WRONG_TOKEN, code, address.tenant)
                self._still_unsent(letter, error)
                return NotNow(_pause(letter.tries))
            case No(code):
                return Refused(code, gone=code in GONE)

    def _still_unsent(self, letter: Letter, error: CallError) -> None:
        if error.method == POST:
            self._note_unsent(letter)


def _pause(tries: int) -> float:
    """Seconds until the next attempt: short at first, growing while Slack is away for longer."""
    doublings = min(max(tries - SHORT_PAUSES, 0), MOST_DOUBLINGS)
    return min(AWAY * 2.0**doublings, LONGEST_PAUSE)


def _carries(message: object, letter: Letter) -> bool:
    metadata = message.get("metadata") if isinstance(message, dict) else None
    if not isinstance(metadata, Mapping) or metadata.get("event_type") != LETTER:
        return False
    payload = metadata.get("event_payload")
    return isinstance(payload, Mapping) and str(payload.get("letter")) == str(letter.id)
