"""Connector: calls to the Bot Connector's REST interface, each made once, and what became of it."""

from __future__ import annotations

import asyncio
import json
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import aiohttp

from bot.platforms.deadline import keeping_deadlines, sending_until, was_too_late
from bot.platforms.teams.credentials import Credentials, NoTokenError
from bot.platforms.teams.hosts import ServiceHosts

PATIENCE = 3.0
"""Seconds for one call; with its token it has to fit into the five that a letter is ours."""

CONNECT_WITHIN = 1.5
LONGEST_CODE = 80
LARGEST_ANSWER = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answered:
    """The connector's answer: its status, the code of its error, if any, and for how long it asks us to wait."""

    status: int
    code: str = ""
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class NoToken:
    """Nothing was sent, because the token service gave us no token: why."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotReached:
    """Nothing was sent: why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It was sent, or partly, and nobody knows what became of it."""

    reason: str


Call = Answered | NoToken | NotReached | Unknown


class Connector:
    """Posts activities. ``session`` is shared by all calls and makes none of them a second time.

    ``monotonic`` gives seconds, the same as for the session.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        credentials: Credentials,
        hosts: ServiceHosts,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._session = session
        self._credentials = credentials
        self._hosts = hosts
        self._monotonic = monotonic

    async def post(self, service: str, conversation: str, activity: Mapping[str, Any], until: float = math.inf) -> Call:
        """Post an activity into a conversation. Never raises for what the other side says.

        By the monotonic second ``until`` it has ended, a second try included; what does not fit is not begun.
        """
        if not self._hosts.trusts(service):
            return NotReached("foreign service")
        url = f"{service.rstrip('/')}/v3/conversations/{quote(conversation, safe='')}/activities"
        body = json.dumps(activity, separators=(",", ":")).encode()
        call = await self._call(url, body, until)
        return await self._call(url, body, until) if isinstance(call, Answered) and call.status == 401 else call

    async def _call(self, url: str, body: bytes, until: float) -> Call:
        try:
            token = await self._credentials.token()
        except NoTokenError as error:
            return NoToken(str(error))
        if until - self._monotonic() < PATIENCE:  # the token may have taken long
            return NotReached("too late")
        try:
            with sending_until(until):
                return await self._post(url, body, token)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            return NotReached(type(error).__name__)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return NotReached("too late") if was_too_late(error) else Unknown(type(error).__name__)

    async def _post(self, url: str, body: bytes, token: str) -> Answered:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        async with (
            asyncio.timeout(PATIENCE),
            self._session.post(url, data=body, headers=headers, allow_redirects=False) as response,
        ):
            if response.status == 401:
                self._credentials.refused(token)
            return Answered(response.status, await _code(response), _seconds(response.headers))


def open_session(monotonic: Callable[[], float] = time.monotonic) -> aiohttp.ClientSession:
    """The session for calls to the connector and to the token service; each says itself how long it may take."""
    return aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_WITHIN),
        connector=aiohttp.TCPConnector(limit=100),
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        trace_configs=[keeping_deadlines(monotonic)],
    )


async def _code(response: aiohttp.ClientResponse) -> str:
    """The code of an error, a word of the connector's and none of a person's."""
    if response.status < 400:
        return ""
    try:
        answer = json.loads(await response.content.read(LARGEST_ANSWER))
        code = answer["error"]["code"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return code[:LONGEST_CODE] if isinstance(code, str) and code.isascii() and code.isprintable() else ""


def _seconds(headers: Mapping[str, str]) -> float | None:
    """``Retry-After`` in seconds; rubbish is as good as nothing."""
    said = headers.get("Retry-After", "")
    return float(said) if said.isascii() and said.isdigit() and len(said) < 10 else None
