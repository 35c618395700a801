"""Credentials: the token with which we speak, asked for in time and never by two at once.

With a client secret it is one form posted to the token service. With a managed identity there is no secret; the SDK
knows the places where Azure keeps such identities, and its blocking calls run in a thread.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp

LOGIN_URL = "https://login.microsoftonline.com"
SCOPE = "https://api.botframework.com/.default"
OLD_MULTI_TENANT = "botframework.com"
"""The tenant of bots that were registered for many tenants before July 2025; new ones name their own."""

PATIENCE = 4.0
EARLY = 300.0
"""Seconds before its end from which a token is replaced, in the background while it still serves."""

PAUSE = 5.0
"""Seconds for which nobody asks again after the token service did not give one."""


class NoTokenError(Exception):
    """The token service gave no token; the message is its code, never what was sent."""


@dataclass(frozen=True, slots=True)
class Granted:
    """A token and the seconds for which it is good."""

    token: str
    seconds: float

    def __repr__(self) -> str:
        return "Granted(...)"


Ask = Callable[[], Awaitable[Granted]]
"""Asks for a new token. Raises ``NoTokenError``."""


class Credentials:
    """The token of the bot. ``monotonic`` gives seconds."""

    def __init__(self, ask: Ask, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._ask = ask
        self._monotonic = monotonic
        self._token = ""
        self._good_until = float("-inf")
        self._failed: tuple[float, str] = (float("-inf"), "")
        self._asking: asyncio.Task[None] | None = None

    async def token(self) -> str:
        """A token that is good now.

        Raises:
            NoTokenError: there is none just now.
        """
        left = self._good_until - self._monotonic()
        if left > EARLY:
            return self._token
        asking = self._begin()
        if left <= 0:
            await asyncio.shield(asking)
        if self._good_until <= self._monotonic():
            raise NoTokenError(self._failed[1])
        return self._token

    def refused(self, token: str) -> None:
        """The connector did not take the token: the next one is asked for anew."""
        if token == self._token:
            self._good_until = float("-inf")

    async def close(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)

    def _begin(self) -> asyncio.Task[None]:
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._renew())
        return self._asking

    async def _renew(self) -> None:
        if self._monotonic() - self._failed[0] < PAUSE:
            return
        try:
            granted = await self._ask()
        except NoTokenError as error:
            self._failed = (self._monotonic(), str(error))
            return
        self._token, self._good_until = granted.token, self._monotonic() + granted.seconds


def with_secret(session: aiohttp.ClientSession, app_id: str, secret: str, tenant: str, url: str = "") -> Ask:
    """Ask with a client secret. ``url`` is the token service, or the whole address when it ends in ``/token``."""
    base = (url or LOGIN_URL).rstrip("/")
    address = base if base.endswith("/token") else f"{base}/{tenant or OLD_MULTI_TENANT}/oauth2/v2.0/token"
    form = {"grant_type": "client_credentials", "client_id": app_id, "client_secret": secret, "scope": SCOPE}

    async def ask() -> Granted:
        try:
            async with (
                asyncio.timeout(PATIENCE),
                session.post(address, data=form, allow_redirects=False) as response,
            ):
                answer = await response.json(content_type=None)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise NoTokenError(type(error).__name__) from None
        return read_grant(answer)

    return ask


def read_grant(answer: Any) -> Granted:
    """Read what the token service said.

    Raises:
        NoTokenError: it is no token.
    """
    token = answer.get("access_token") if isinstance(answer, dict) else None
    if not isinstance(token, str) or not token or not token.isascii() or not token.isprintable():
        code = answer.get("error") if isinstance(answer, dict) else None
        raise NoTokenError(code[:80] if isinstance(code, str) else "no token in the answer")
    seconds = answer.get("expires_in")
    return Granted(token, float(seconds) if str(seconds).isascii() and str(seconds).isdigit() else 3600.0)
