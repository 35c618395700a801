"""Socket Mode: the same requests over a web socket that we open, for whoever has no public address.

An envelope is acknowledged once its turn is committed, never before. What was not acknowledged when a socket closes,
Slack sends again over the next one, and it counts once.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.errors import place_of
from bot.platforms.slack.api import LOOPBACK, CallError, NotReached, SlackApi
from bot.platforms.slack.ids import Payload, read_part, read_text
from bot.platforms.slack.replies import Reply

log = logging.getLogger(__name__)

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 8.0
HEARTBEAT = 4.0
"""Seconds between pings; a socket that is only half open is found out after one and a half of them."""

DRAIN = 10.0
MOST_AT_ONCE = 200


class NotSlackError(OSError):
    """We were told to open a socket to somebody else."""


class Socket:
    """Keeps one socket open. ``jitter`` gives numbers from 0 to 1."""

    def __init__(
        self,
        api: SlackApi,
        app_token: str,
        dispatch: Callable[[Payload], Awaitable[Reply]],
        jitter: Callable[[], float],
    ) -> None:
        self._api = api
        self._app_token = app_token
        self._dispatch = dispatch
        self._jitter = jitter
        self._taking: set[asyncio.Task[None]] = set()
        self._leaving: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(MOST_AT_ONCE)

    async def run(self) -> None:
        """Stay connected until cancelled."""
        pause = FIRST_PAUSE
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=5)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            while True:
                greeted = False
                try:
                    greeted = await self._connect(session)
                except (CallError, aiohttp.ClientError, OSError, TimeoutError) as error:
                    log.warning("The socket to Slack failed.", extra={"action": "socket", "reason": _reason(error)})
                pause = FIRST_PAUSE if greeted else min(pause * 2, LONGEST_PAUSE)
                await asyncio.sleep(pause * (0.5 + self._jitter() / 2))

    async def finish(self) -> None:
        """Let what was taken end and be acknowledged."""
        waiting = self._taking | self._leaving
        if waiting:
            await asyncio.wait(waiting, timeout=DRAIN)

    async def _connect(self, session: aiohttp.ClientSession) -> bool:
        """Take envelopes until the socket closes or is to be replaced; return whether Slack greeted us on it."""
        opened = await self._api.call("apps.connections.open", self._app_token)
        url = read_text(opened.get("url"))
        if not self._is_allowed(url):
            raise NotSlackError
        socket = await session.ws_connect(url, heartbeat=HEARTBEAT, max_msg_size=1024 * 1024)
        try:
            return await self._read(socket)
        finally:
            # Answers to what it brought may still go out on it while the next one is being opened.
            leaving = asyncio.ensure_future(self._leave(socket, frozenset(self._taking)))
            self._leaving.add(leaving)
            leaving.add_done_callback(self._leaving.discard)

    async def _read(self, socket: aiohttp.ClientWebSocketResponse) -> bool:
        greeted = False
        async for frame in socket:
            envelope = _envelope(frame)
            match envelope.get("type"):
                case "hello":
                    greeted = True
                case "disconnect":
                    break
                case _ if isinstance(envelope.get("envelope_id"), str):
                    await self._room.acquire()
                    taking = asyncio.ensure_future(self._take(socket, envelope))
                    self._taking.add(taking)
                    taking.add_done_callback(self._taken)
                case _:
                    continue
        return greeted

    def _taken(self, taking: asyncio.Task[None]) -> None:
        self._taking.discard(taking)
        self._room.release()

    async def _take(self, socket: aiohttp.ClientWebSocketResponse, envelope: Payload) -> None:
        try:
            reply = await self._dispatch(read_part(envelope, "payload"))
            if reply.status >= 500 or socket.closed:
                return  # not acknowledged, so it comes again
            answer: dict[str, Any] = {"envelope_id": envelope["envelope_id"]}
            await socket.send_json({**answer, "payload": reply.body} if reply.body else answer)
        except ConnectionError:
            return
        except Exception as error:  # noqa: BLE001 - nobody waits for this task; unacknowledged, the envelope comes again
            log.error("An envelope failed inside.", extra={"action": "socket", "reason": place_of(error)})

    async def _leave(self, socket: aiohttp.ClientWebSocketResponse, taking: frozenset[asyncio.Task[None]]) -> None:
        if taking:
            await asyncio.wait(taking, timeout=DRAIN)
        await socket.close()

    def _is_allowed(self, url: str) -> bool:
        """Slack's own hosts, or the stand-in on this computer whose API we call."""
        asked, api = urlsplit(url), urlsplit(self._api.url)
        if api.hostname in LOOPBACK:
            return asked.scheme == "ws" and asked.hostname in LOOPBACK
        return asked.scheme == "wss" and (asked.hostname or "").endswith(".slack.com")


def _reason(error: Exception) -> str:
    """Why a socket failed, without its address: whoever has the ticket in that hears what people write."""
    match error:
        case CallError(failure=NotReached()):
            return f"{error.method}: Slack was not reached; look at the network, the proxy and the name server"
        case CallError():
            return str(error)
        case aiohttp.WSServerHandshakeError(status=status):
            return f"status {status}"
        case _:
            return type(error).__name__


def _envelope(frame: aiohttp.WSMessage) -> Payload:
    if frame.type is not aiohttp.WSMsgType.TEXT:
        return {}
    try:
        found = json.loads(frame.data)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
