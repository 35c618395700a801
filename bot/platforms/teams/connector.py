"""Connector: calls to the Bot Connector's REST interface, each made once, and what became of it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import aiohttp

from bot.platforms.teams.credentials import Credentials, NoTokenError
from bot.platforms.teams.hosts import ServiceHosts

PATIENCE = 3.5
"""Seconds for one call; a letter is ours for five."""

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
class NotReached:
    """Nothing was sent: why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It was sent, or partly, and nobody knows what became of it."""

    reason: str


Call = Answered | NotReached | Unknown


class Connector:
    """Posts activities. ``session`` is shared by all calls and makes none of them a second time."""

    def __init__(self, session: aiohttp.ClientSession, credentials: Credentials, hosts: ServiceHosts) -> None:
        self._session = session
        self._credentials = credentials
        self._hosts = hosts

    async def post(self, service: str, conversation: str, activity: Mapping[str, Any]) -> Call:
        """Post an activity into a conversation. Never raises for what the other side says."""
        if not self._hosts.trusts(service):
            return NotReached("foreign service")
        url = f"{service.rstrip('/')}/v3/conversations/{quote(conversation, safe='')}/activities"
        body = json.dumps(activity, separators=(",", ":")).encode()
        call = await self._call(url, body)
        return await self._call(url, body) if isinstance(call, Answered) and call.status == 401 else call

    async def _call(self, url: str, body: bytes) -> Call:
        try:
            token = await self._credentials.token()
        except NoTokenError as error:
            return NotReached(f"no token: {error}")
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        try:
            async with (
                asyncio.timeout(PATIENCE),
                self._session.post(url, data=body, headers=headers, allow_redirects=False) as response,
            ):
                if response.status == 401:
                    self._credentials.refused(token)
                return Answered(response.status, await _code(response), _seconds(response.headers))
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            return NotReached(type(error).__name__)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return Unknown(type(error).__name__)


def open_session() -> aiohttp.ClientSession:
    """The session for calls to the connector and to the token service."""
    timeout = aiohttp.ClientTimeout(total=PATIENCE, sock_connect=CONNECT_WITHIN)
    return aiohttp.ClientSession(
        timeout=timeout,
        connector=aiohttp.TCPConnector(limit=100),
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
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
