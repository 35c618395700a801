"""The door: who is there is found out before anything that they brought is opened, parsed or logged.

A genuine request that we can do nothing with is refused in a way that lets Slack not send it again; one that could not
be saved is refused in a way that lets it.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.platforms.slack.ids import NAME, Payload
from bot.platforms.slack.parsing import UnusableError, parse
from bot.platforms.slack.replies import Reply
from bot.platforms.slack.signature import Forged, Genuine, Late, verdict
from bot.platforms.surface import read_body
from bot.runtime.clock import Clock
from bot.runtime.ports import Address

log = logging.getLogger(__name__)

ALARM_EVERY = 60.0
NO_RETRY = {"X-Slack-No-Retry": "1"}
LONGEST_CHALLENGE = 500


class Door:
    """Lets requests in that Slack signed."""

    def __init__(
        self,
        secret: str,
        dispatch: Callable[[Payload], Awaitable[Reply]],
        bury: Callable[[Address, str], Awaitable[None]],
        count: Callable[[str], None],
        clock: Clock,
    ) -> None:
        assert secret, "without a secret every request would be genuine"
        self._secret = secret
        self._dispatch = dispatch
        self._bury = bury
        self._count = count
        self._clock = clock
        self._alarmed = 0.0

    async def receive(self, request: web.Request) -> web.Response:
        """Answer whatever comes to our address."""
        body = await read_body(request)
        refused = self._refused(request, body)
        if refused is not None:
            return refused
        try:
            payload = parse(body, request.headers.get("Content-Type", ""))
        except UnusableError as error:
            return await self._unusable(error.reason)
        return await self._answer(payload)

    async def _answer(self, payload: Payload) -> web.Response:
        """Answer what Slack asks of the app itself; everything else is dispatched."""
        match payload:
            case {"type": "url_verification", "challenge": str(challenge)} if len(challenge) <= LONGEST_CHALLENGE:
                return web.json_response({"challenge": challenge})
            case {"type": "url_verification"}:
                return await self._unusable("unusable_challenge")
            case {"ssl_check": "1"}:
                return web.Response()
            case {"type": "app_rate_limited"}:
                log.error("Slack holds back events of a workspace.", extra={"action": "receive"})
                self._count("app_rate_limited")
                return web.Response()
            case _:
                return self._response(await self._dispatch(payload))

    def _response(self, reply: Reply) -> web.Response:
        if not reply.body:
            return web.Response(status=reply.status)
        return web.json_response(reply.body, status=reply.status)

    def _refused(self, request: web.Request, body: bytes) -> web.Response | None:
        stamps = request.headers.getall("X-Slack-Request-Timestamp", [])
        signatures = request.headers.getall("X-Slack-Signature", [])
        now = self._clock.now().timestamp()
        match verdict(self._secret, body, stamps, signatures, now):
            case Genuine():
                return None
            case Late(seconds):
                self._alarm(seconds, now)
                self._count("late")
                return web.Response(status=401)
            case Forged():
                self._count("forged")
                return web.Response(status=401, headers=NO_RETRY)

    def _alarm(self, seconds: int, now: float) -> None:
        """Every request is refused while a clock is wrong, so somebody has to hear of it; a replay looks the same."""
        if abs(now - self._alarmed) >= ALARM_EVERY:
            self._alarmed = now
            log.error(
                "This computer's clock differs from Slack's by %s s, so requests are refused. Set it right."
                " If it is right, somebody replays old requests.",
                abs(seconds),
                extra={"action": "receive", "seconds": seconds},
            )

    async def _unusable(self, reason: str) -> web.Response:
        """Nothing of it was understood, so nobody knows from which workspace it is."""
        log.warning("A request of Slack's could not be used.", extra={"action": "receive", "reason": reason})
        self._count(reason)
        await self._bury(Address(NAME, "", ""), reason)
        return web.Response(status=400, headers=NO_RETRY)
