"""Dispatch: a genuine, parsed request through Bolt to the desk, and its answer back.

Bolt is given what was parsed here, because it would parse the body again and take a slash command whose text contains
``payload`` for something else. It finds out for whom the request is and which listener takes it; there is one of each
kind, because every earlier one costs all later ones their matching.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import place_of
from bot.platforms.slack.desk import Desk, Meaning
from bot.platforms.slack.ids import NAME, Payload, whose
from bot.platforms.slack.incoming import Ignored, NoTurn, Uninstalled, Unusable, read_event
from bot.platforms.slack.interactions import Command, FormWanted, read_command, read_press, read_submission
from bot.platforms.slack.replies import AGAIN, Reply
from bot.platforms.slack.workspaces import Workspaces
from bot.runtime.ports import Address, StorageUnavailableError
from bot.runtime.turn import LONGEST_WAIT, NotSavedError

log = logging.getLogger(__name__)

Count = Callable[[str], None]
"""Counts a request from which no turn came, by its reason."""

_ANY = re.compile("")
_MEANING = "meaning"
_REPLY = "reply"

_READERS: Mapping[str, Callable[[Payload], Meaning | NoTurn]] = {
    "event_callback": read_event,
    "block_actions": read_press,
    "view_submission": read_submission,
}


class NotInstalledError(Exception):
    """The request is from a workspace in which we are not, or not any more."""


class Dispatcher:
    """One way for all requests, however they came."""

    def __init__(
        self,
        client: AsyncWebClient,
        desk: Desk,
        workspaces: Workspaces,
        bury: Callable[[Address, str], Awaitable[None]],
        count: Count,
        longest_wait: float = LONGEST_WAIT,
    ) -> None:
        self._desk = desk
        self._workspaces = workspaces
        self._bury = bury
        self._count = count
        self._longest_wait = longest_wait
        self._bolt = _bolt(client, self, desk)

    async def dispatch(self, payload: Payload) -> Reply:
        """Take one request to its end; what is not for us, or cannot be used, is acknowledged and counted."""
        meaning = read(payload)
        if isinstance(meaning, Unusable):
            await self._bury(Address(NAME, *whose(payload)), meaning.reason)
        if isinstance(meaning, Ignored | Unusable):
            self._count(meaning.reason)
            return Reply()
        try:
            async with asyncio.timeout(self._longest_wait):
                reply = await self._through_bolt(payload, meaning)
        except TimeoutError:
            reply = AGAIN
        return await self._desk.not_saved(meaning) if reply == AGAIN else reply

    async def _through_bolt(self, payload: Payload, meaning: Meaning) -> Reply:
        # Bolt parses a body itself unless it believes that a socket brought it.
        request = AsyncBoltRequest(body=dict(payload), mode="socket_mode", context={_MEANING: meaning})
        response = await self._bolt.async_dispatch(request)
        reply: Reply | None = request.context.get(_REPLY)
        return reply or Reply(response.status)

    async def authorize(self, meaning: Meaning) -> AuthorizeResult:
        """Find out with which token we may speak where the request comes from.

        Raises:
            NotInstalledError: with none.
        """
        team = _team(meaning)
        # What opens a form must not wait for storage; it comes from an installed app alone, and never a second time.
        opens = isinstance(meaning, Command | FormWanted)
        token = await (self._workspaces.token_at_once(team) if opens else self._workspaces.token(team))
        if token is None:
            raise NotInstalledError
        return AuthorizeResult(enterprise_id=None, team_id=team, bot_token=token)

    def failed(self, error: Exception) -> BoltResponse:
        """What a request that failed is answered with."""
        match error:
            case NotInstalledError():
                self._count("not_installed")
                return BoltResponse(status=200)
            case NotSavedError() | StorageUnavailableError():
                return BoltResponse(status=AGAIN.status)
            case _:
                # A turn that fails is answered by the bot; this is a fault of ours on the way there or back.
                log.error("A request failed inside.", extra={"action": "dispatch", "reason": place_of(error)})
                return BoltResponse(status=AGAIN.status)


def read(payload: Payload) -> Meaning | NoTurn:
    """What a request of any kind means."""
    if "command" in payload:
        return read_command(payload)
    reader = _READERS.get(str(payload.get("type")))
    return Ignored("unknown_request") if reader is None else reader(payload)


def _team(meaning: Meaning) -> str:
    return meaning.team if isinstance(meaning, Uninstalled) else meaning.address.tenant


def _bolt(client: AsyncWebClient, dispatcher: Dispatcher, desk: Desk) -> AsyncApp:
    """Bolt looks at the names of arguments to know what to give; ``self`` would be one, so these are functions."""

    async def authorize(context: AsyncBoltContext) -> AuthorizeResult:
        return await dispatcher.authorize(context[_MEANING])

    async def listen(context: AsyncBoltContext) -> BoltResponse:
        context[_REPLY] = reply = await desk.take(context[_MEANING])
        return BoltResponse(status=reply.status)

    async def failed(error: Exception) -> BoltResponse:
        return dispatcher.failed(error)

    logger = logging.getLogger("slack_bolt.afterword")
    logger.setLevel(logging.CRITICAL)  # it logs bodies; what goes wrong is said in `failed`
    bolt = AsyncApp(
        logger=logger,
        name="afterword",
        client=client,
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,  # the door has done all of these
        ssl_check_enabled=False,
        url_verification_enabled=False,
        ignoring_self_events_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    bolt.error(failed)
    bolt.event(_ANY)(listen)
    bolt.command(_ANY)(listen)
    bolt.action({"type": "block_actions", "action_id": _ANY})(listen)
    bolt.view({"type": "view_submission", "callback_id": _ANY})(listen)
    return bolt
