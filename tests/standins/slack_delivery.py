"""Delivery: how Slack hands something to an app over HTTP, with its signature, its deadline and its retries."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlencode

import aiohttp

DEADLINE = 3.0


@dataclass(slots=True)
class Attempt:
    """One try; ``status`` is ``None`` when no answer came in time or the connection broke."""

    status: int | None
    seconds: float
    reason: str = ""
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def accepted(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class Delivery(Protocol):
    """Takes what happened to the app; gives back every attempt, the last one last."""

    async def event(self, payload: Mapping[str, Any]) -> list[Attempt]: ...
    async def interaction(self, payload: Mapping[str, Any]) -> Attempt: ...
    async def command(self, fields: Mapping[str, str]) -> Attempt: ...


@dataclass(slots=True)
class Http:
    """Over HTTP to one address. ``waits`` are the seconds before each retry: 0, 60 and 300 in fast motion."""

    url: str
    secret: str
    clock: Callable[[], float]
    session: aiohttp.ClientSession
    waits: Sequence[float] = (0.0, 0.05, 0.1)
    deadline: float = DEADLINE

    async def event(self, payload: Mapping[str, Any]) -> list[Attempt]:
        body = json.dumps(payload)
        attempts = [await self.post(body, "application/json")]
        for number, wait in enumerate(self.waits, start=1):
            last = attempts[-1]
            if last.accepted or last.headers.get("X-Slack-No-Retry") == "1":
                break
            await asyncio.sleep(wait)
            again = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": last.reason}
            attempts.append(await self.post(body, "application/json", again))
        return attempts

    async def interaction(self, payload: Mapping[str, Any]) -> Attempt:
        return await self.post(urlencode({"payload": json.dumps(payload)}), "application/x-www-form-urlencoded")

    async def command(self, fields: Mapping[str, str]) -> Attempt:
        return await self.post(urlencode(fields), "application/x-www-form-urlencoded")

    async def post(self, body: str, content_type: str, extra: Mapping[str, str] | None = None) -> Attempt:
        """Sign a body now and send it once."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        headers = {"Content-Type": content_type, **signature(self.secret, body, self.clock()), **(extra or {})}
        try:
            async with asyncio.timeout(self.deadline):
                async with self.session.post(
                    self.url, data=body.encode(), headers=headers, allow_redirects=False
                ) as got:
                    text = await got.text()
        except TimeoutError:
            return Attempt(None, loop.time() - began, "http_timeout")
        except aiohttp.ClientError:
            return Attempt(None, loop.time() - began, "connection_failed")
        return Attempt(got.status, loop.time() - began, "http_error", text, dict(got.headers))


def signature(secret: str, body: str, now: float) -> dict[str, str]:
    """The two headers by which an app knows that a body comes from Slack."""
    stamp = str(int(now))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}
