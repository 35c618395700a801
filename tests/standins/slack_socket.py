"""Socket Mode: the same deliveries as envelopes over web sockets that Slack opens and closes as it likes."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.standins.slack_delivery import DEADLINE, Attempt
from tests.standins.slack_world import APP

MOST_SOCKETS = 10


@dataclass(slots=True)
class Sockets:
    """The open sockets of the app. Each envelope goes to one of them, and again to another while nobody took it."""

    waits: Sequence[float] = (0.0, 0.05, 0.1)
    deadline: float = DEADLINE
    open: list[web.WebSocketResponse] = field(default_factory=list)
    opened: int = 0
    refusals: int = 0
    """How many handshakes more are refused."""
    _waiting: dict[str, asyncio.Future[str]] = field(default_factory=dict)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One socket, until one side closes it."""
        if self.refusals > 0:
            self.refusals -= 1
            raise web.HTTPServiceUnavailable
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if len(self.open) >= MOST_SOCKETS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        self.open.append(socket)
        self.opened += 1
        await socket.send_json(self._hello())
        self._arrived.set()
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    self._acknowledged(json.loads(frame.data))
        finally:
            self._left(socket)
        return socket

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Tell every socket to reconnect, then close it."""
        for socket in list(self.open):
            self._left(socket)
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "stand-in"}})
            await socket.close()

    async def drop(self) -> None:
        """Cut every connection without a word."""
        for socket in list(self.open):
            self._left(socket)
            transport = socket._req.transport if socket._req is not None else None
            if transport is not None:
                transport.abort()

    async def event(self, payload: Mapping[str, Any]) -> list[Attempt]:
        attempts: list[Attempt] = []
        for number, wait in enumerate((0.0, *self.waits)):
            await asyncio.sleep(wait)
            retry = {"retry_attempt": number, "retry_reason": attempts[-1].reason if attempts else ""}
            attempts.append(await self._send("events_api", payload, answers=False, extra=retry))
            if attempts[-1].accepted:
                break
        return attempts

    async def interaction(self, payload: Mapping[str, Any]) -> Attempt:
        return await self._send("interactive", payload)

    async def command(self, fields: Mapping[str, str]) -> Attempt:
        return await self._send("slash_commands", fields)

    async def _send(
        self, kind: str, payload: Mapping[str, Any], answers: bool = True, extra: Mapping[str, Any] | None = None
    ) -> Attempt:
        loop = asyncio.get_running_loop()
        began, number = loop.time(), next(self._numbers)
        name = f"envelope-{number}"
        envelope = {"envelope_id": name, "payload": payload, "type": kind, "accepts_response_payload": answers}
        self._waiting[name] = loop.create_future()
        try:
            async with asyncio.timeout(self.deadline):
                while not self.open:
                    self._arrived.clear()
                    await self._arrived.wait()
                await self.open[number % len(self.open)].send_json({**envelope, **(extra or {})})
                body = await self._waiting[name]
        except (TimeoutError, ConnectionError):
            return Attempt(None, loop.time() - began, "timeout")
        finally:
            self._waiting.pop(name, None)
        return Attempt(200, loop.time() - began, body=body)

    def _acknowledged(self, frame: Mapping[str, Any]) -> None:
        waiting = self._waiting.get(str(frame.get("envelope_id")))
        if waiting is not None and not waiting.done():
            payload = frame.get("payload")
            waiting.set_result(json.dumps(payload) if payload else "")

    def _left(self, socket: web.WebSocketResponse) -> None:
        if socket in self.open:
            self.open.remove(socket)

    def _hello(self) -> Mapping[str, Any]:
        debug = {"host": "stand-in", "build_number": 1, "approximate_connection_time": 18060}
        return {
            "type": "hello",
            "num_connections": len(self.open),
            "debug_info": debug,
            "connection_info": {"app_id": APP},
        }
