"""Faults: what can go wrong between an app and Slack's API, once or again and again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from aiohttp import web

Kind = Literal[
    "ratelimited",
    "error",
    "unavailable",
    "unavailable_after",
    "reset_before",
    "reset_after",
    "hang_before",
    "hang_after",
    "ok_false",
    "invalid_blocks",
    "rubbish",
]
"""``_after`` faults do what was asked and then fail, which leaves the app in doubt."""


@dataclass(slots=True)
class Fault:
    method: str
    kind: Kind
    times: int = 1
    retry_after: str = "1"
    seconds: float = 4.0


@dataclass(slots=True)
class Faults:
    """Waiting faults; the first that fits a call is used up by it."""

    waiting: list[Fault] = field(default_factory=list)

    def take(self, method: str) -> Fault | None:
        for fault in self.waiting:
            if fault.method in (method, "*") and fault.times > 0:
                fault.times -= 1
                return fault
        return None


async def suffer(fault: Fault, request: web.Request, answer: Callable[[], dict[str, Any]]) -> web.StreamResponse:
    """Answer a call as the fault wants; ``answer`` does what was asked."""
    if fault.kind.endswith("_after"):
        answer()
    match fault.kind:
        case "ratelimited":
            body = {"ok": False, "error": "ratelimited"}
            return web.json_response(body, status=429, headers={"Retry-After": fault.retry_after})
        case "error":
            return web.Response(status=500, text="<html>Internal Server Error</html>")
        case "unavailable" | "unavailable_after":
            return web.Response(status=503)
        case "reset_before" | "reset_after":
            assert request.transport is not None, "it is being answered"
            request.transport.abort()
            return web.Response()
        case "hang_before" | "hang_after":
            await asyncio.sleep(fault.seconds)
            return web.Response(status=504)
        case "ok_false":
            return web.json_response({"ok": False, "error": "internal_error"})
        case "invalid_blocks":
            return web.json_response({"ok": False, "error": "invalid_blocks"})
        case "rubbish":
            return web.Response(text='{"ok": tru', content_type="application/json")
