"""Sending: one message into one direct message, at Slack's pace, and never twice.

Slack knows no key that would make a repeated post harmless. So every message carries our letter's id as metadata, and
whoever cannot know whether an earlier attempt arrived looks for it in the direct message before posting again.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from bot.content.message import OutgoingMessage
from bot.platforms.slack.api import CallError, No, NotReached, SlackApi, TooMuch, Unknown
from bot.platforms.slack.blocks import blocks_of, fallback
from bot.platforms.slack.ids import NAME
from bot.platforms.slack.pacing import Pace
from bot.platforms.slack.workspaces import Workspaces
from bot.runtime.clock import Clock
from bot.runtime.ports import Address, Ambiguous, Delivery, Letter, NotNow, Refused, Sent, StorageUnavailableError
from bot.runtime.turn import REPLY_LIVES

log = logging.getLogger(__name__)

LETTER = "afterword_letter"
"""The ``event_type`` of our metadata."""

LOOK_BACK = 50
"""Messages in which an earlier attempt is looked for. Lanes keep order, so ours would be among the newest."""

AWAY = 2.0
MOST_REMEMBERED = 10_000

GONE = frozenset(
    {
        "account_inactive",
        "cannot_dm_bot",
        "channel_not_found",
        "invalid_auth",
        "is_archived",
        "messages_tab_disabled",
        "not_authed",
        "not_in_channel",
        "token_expired",
        "token_revoked",
        "user_disabled",
        "user_not_found",
    }
)
"""Codes after which the person, or the whole workspace, cannot be reached any more."""

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
        self._unsent: OrderedDict[int, int] = OrderedDict()

    async def send(self, address: Address, message: OutgoingMessage, letter: Letter) -> Delivery:
        try:
            delivery = await self._send(address, message, letter)
        except StorageUnavailableError:
            delivery = NotNow(AWAY)
        except CallError as error:
            delivery = self._failed(address, error)
        if isinstance(delivery, NotNow):
            self._remember(letter)
        elif isinstance(delivery, Sent):
            self.sent(address)
        return delivery

    async def _send(self, address: Address, message: OutgoingMessage, letter: Letter) -> Delivery:
        token = await self._workspaces.token(address.tenant)
        if token is None:
            return Refused("not_installed", gone=True)
        wait = self._pace.wait_for_post(address.tenant, address.user)
        if wait > 0:
            return NotNow(wait)
        if self._may_have_arrived(letter) and await self._has_arrived(token, address, letter):
            return Sent()
        return await self._post(token, address, message, letter)

    async def _post(self, token: str, address: Address, message: OutgoingMessage, letter: Letter) -> Delivery:
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
        if self._clock.now() >= letter.due_at:
            return NotNow(0)  # somebody else may hold it by now
        try:
            await self._api.call("chat.postMessage", token, blocks=blocks or None, **content)
        except CallError as error:
            if not isinstance(error.failure, No) or error.failure.code not in _TOO_COMPLEX:
                raise
            log.error("Slack refused our blocks; the text alone was sent.", extra={"action": "send"})
            await self._api.call("chat.postMessage", token, **content)
        return Sent()

    # ----------------------------------------------------------------------------------------- earlier attempts

    def _remember(self, letter: Letter) -> None:
        """Nothing arrived of it up to this attempt; so the next one need not look."""
        self._unsent.pop(letter.id, None)
        self._unsent[letter.id] = letter.tries
        if len(self._unsent) > MOST_REMEMBERED:
            self._unsent.popitem(last=False)

    def _may_have_arrived(self, letter: Letter) -> bool:
        return letter.tries > 1 and self._unsent.pop(letter.id, 0) != letter.tries - 1

    async def _has_arrived(self, token: str, address: Address, letter: Letter) -> bool:
        oldest = letter.expires_at - REPLY_LIVES - timedelta(minutes=5)
        try:
            found = await self._api.call(
                "conversations.history",
                token,
                channel=address.channel or await self._direct_message(token, address),
                oldest=f"{oldest.timestamp():.6f}",
                limit=LOOK_BACK,
                include_all_metadata=True,
            )
        except CallError as error:
            if isinstance(error.failure, TooMuch | No):
                raise
            raise CallError("conversations.history", NotReached()) from None  # looking changes nothing
        return any(_carries(message, letter) for message in found.get("messages") or ())

    async def _direct_message(self, token: str, address: Address) -> str:
        opened = await self._api.call("conversations.open", token, users=address.user)
        channel = opened.get("channel")
        return str(channel.get("id", "")) if isinstance(channel, dict) else ""

    # ----------------------------------------------------------------------------------------------- failures

    def _failed(self, address: Address, error: CallError) -> Delivery:
        match error.failure:
            case TooMuch(seconds):
                self._pace.hold_channel(address.tenant, address.user, seconds)
                return NotNow(seconds)
            case NotReached():
                return NotNow(AWAY)
            case Unknown(reason):
                return Ambiguous(reason)
            case No(code):
                return Refused(code, gone=code in GONE)


def _carries(message: object, letter: Letter) -> bool:
    metadata = message.get("metadata") if isinstance(message, dict) else None
    if not isinstance(metadata, Mapping) or metadata.get("event_type") != LETTER:
        return False
    payload = metadata.get("event_payload")
    return isinstance(payload, Mapping) and str(payload.get("letter")) == str(letter.id)
