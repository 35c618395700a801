"""The API: one client for every workspace, on one session, that sends nothing a second time by itself.

What goes wrong comes out as one of four answers: it was too much, it never arrived, nobody knows, or Slack said no.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.deadline import keeping_deadlines, sending_until, was_too_late

SLACK_API = "https://slack.com/api/"
PATIENCE = 3.0
"""Seconds for one call; a letter is ours for five."""

CONNECT_WITHIN = 1.5
USUAL_PAUSE = 1.0

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class TooMuch:
    """Wait so many seconds; nothing was done."""

    seconds: float


@dataclass(frozen=True, slots=True)
class NotReached:
    """Nothing was done, because it never arrived."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have been done."""

    reason: str


@dataclass(frozen=True, slots=True)
class No:
    """Slack will not do it, by the code of its reason."""

    code: str


Failure = TooMuch | NotReached | Unknown | No

_UNSURE = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout", "accesslimited"})

_DIGITS = re.compile(r"[0-9]{1,9}")

_READS = frozenset({"conversations.history", "users.info"})
"""Methods that take forms alone."""


class CallError(Exception):
    """A call that failed, with how it failed; it never holds what was sent."""

    def __init__(self, method: str, failure: Failure) -> None:
        super().__init__(f"{method}: {failure}")
        self.method = method
        self.failure = failure


class SlackApi:
    """Calls Slack. ``url`` ends in ``/api/``; ``monotonic`` gives seconds."""

    def __init__(self, url: str = SLACK_API, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.url = url
        self._monotonic = monotonic
        self._client: AsyncWebClient | None = None
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Make the session; nothing is called."""
        timeout = aiohttp.ClientTimeout(total=PATIENCE, sock_connect=CONNECT_WITHIN)
        self._session = aiohttp.ClientSession(
            timeout=timeout,
            connector=aiohttp.TCPConnector(limit=100),
            trace_configs=[keeping_deadlines(self._monotonic)],
        )
        logger = logging.getLogger("slack_sdk.afterword")
        logger.setLevel(logging.ERROR)  # below that it logs what is sent, tokens and all
        self._client = AsyncWebClient(base_url=self.url, session=self._session, retry_handlers=[], logger=logger)
        if urlsplit(self.url).hostname in LOOPBACK:
            self._client.proxy = None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    @property
    def client(self) -> AsyncWebClient:
        assert self._client is not None, "it was opened"
        return self._client

    @property
    def session(self) -> aiohttp.ClientSession:
        assert self._session is not None, "it was opened"
        return self._session

    async def call(self, method: str, token: str, **arguments: object) -> Mapping[str, Any]:
        """Call a method once.

        Raises:
            CallError: it failed.
        """
        given = {name: value for name, value in arguments.items() if value is not None}
        body = {"data": _form(given)} if method in _READS else {"json": given}
        return await self._call(method, headers={"Authorization": f"Bearer {token}"}, **body)

    async def call_until(self, until: float, method: str, token: str, **arguments: object) -> Mapping[str, Any]:
        """Call a method once, and send nothing of it any more after the monotonic second ``until``.

        Raises:
            CallError: it failed; ``NotReached`` is what it also is when it was too late.
        """
        with sending_until(until):
            return await self.call(method, token, **arguments)

    async def exchange(self, code: str, client_id: str, client_secret: str) -> Mapping[str, Any]:
        """Give the code of an installation for its token.

        Raises:
            CallError: it failed.
        """
        given = {"code": code, "client_id": client_id, "client_secret": client_secret}
        return await self._call("oauth.v2.access", data=given)

    async def _call(self, method: str, **request: Any) -> Mapping[str, Any]:
        try:
            response = await self.client.api_call(method, **request)
        except SlackApiError as error:
            raise CallError(method, _refusal(error)) from None
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            raise CallError(method, NotReached()) from None
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            unsent = was_too_late(error)
            raise CallError(method, NotReached() if unsent else Unknown(type(error).__name__)) from None
        return response.data if isinstance(response.data, dict) else {}


def _refusal(error: SlackApiError) -> Failure:
    response = error.response
    # An answer that is no JSON is handed over as aiohttp's own.
    status = int(getattr(response, "status_code", getattr(response, "status", 0)))
    data = getattr(response, "data", None)
    code = data.get("error") if isinstance(data, dict) else None
    if status == 429 or code in ("ratelimited", "rate_limited"):
        return TooMuch(_seconds(response.headers.get("Retry-After")))
    if status >= 500 or not isinstance(code, str) or code in _UNSURE:
        return Unknown(f"status {status}" if not isinstance(code, str) else code)
    return No(code)


def _seconds(retry_after: object) -> float:
    """How long Slack asks us to wait; rubbish is a second."""
    if isinstance(retry_after, str) and _DIGITS.fullmatch(retry_after):
        return float(retry_after)
    return USUAL_PAUSE


def _form(arguments: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in arguments.items()}
