"""Keys: the public keys with which the Bot Connector signs, fetched without keeping anybody waiting.

What is known stays good while the key server is slow, down or talks rubbish. A key id that nobody knows is asked for
once a minute; several unknown ones share ``MOST_ASKED`` questions, one more each minute, so that a rotation is noticed
at its first use and a forger who makes up ids cannot make us knock.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
from jwt import PyJWK
from jwt.exceptions import PyJWTError

from bot.platforms.teams.hosts import is_safe_origin

log = logging.getLogger(__name__)

OPENID_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"

FRESH = 24 * 3600.0
"""Seconds after which keys are fetched anew, beside whatever else is going on."""

ASK_EVERY = 60.0
MOST_ASKED = 3

PATIENCE = 2.0
"""Seconds that an event waits for a key that nobody knows yet."""

FETCH_WITHIN = 30.0
PAUSE = 0.5
MOST_TRIES = 60
LARGEST = 1024 * 1024

_KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,128}")


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One RSA key and the channels that it may speak for."""

    key: Any
    endorsements: frozenset[str]


class BadKeyListError(Exception):
    """The key server answered with something that is no list of keys."""


class Keys:
    """The keys by id. ``seconds`` is a clock that never goes back."""

    def __init__(self, url: str = OPENID_URL, seconds: Callable[[], float] = time.monotonic) -> None:
        self._url = url
        self._seconds = seconds
        self._known: Mapping[str, SigningKey] = {}
        self._fetched_at = float("-inf")
        self._failed_at = float("-inf")
        self._asked: dict[str, float] = {}
        self._questions = float(MOST_ASKED)
        self._counted_at = seconds()
        self._fetching: asyncio.Task[None] | None = None
        self._session: aiohttp.ClientSession | None = None

    def start(self) -> None:
        """Begin to fetch the keys; nobody waits for it."""
        self._begin()

    async def close(self) -> None:
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.gather(self._fetching, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    async def find(self, key_id: object) -> SigningKey | None:
        """The key with the id, if there is one now or a question that we may ask brings it."""
        if not isinstance(key_id, str) or not _KEY_ID.fullmatch(key_id):
            return None
        known = self._known.get(key_id)
        now = self._seconds()
        if known is not None:
            if now - self._fetched_at > FRESH and now - self._failed_at > ASK_EVERY:
                self._begin()
            return known
        if self._may_ask(key_id, now):
            await asyncio.wait([self._begin()], timeout=PATIENCE)
        return self._known.get(key_id)

    def _may_ask(self, key_id: str, now: float) -> bool:
        if not self._known or (self._fetching is not None and not self._fetching.done()):
            return True
        if now - self._asked.get(key_id, float("-inf")) < ASK_EVERY:
            return False
        self._questions = min(MOST_ASKED, self._questions + (now - self._counted_at) / ASK_EVERY)
        self._counted_at = now
        if self._questions < 1:
            return False
        self._questions -= 1
        self._asked = {one: at for one, at in self._asked.items() if now - at < ASK_EVERY} | {key_id: now}
        return True

    def _begin(self) -> asyncio.Task[None]:
        if self._fetching is None or self._fetching.done():
            self._fetching = asyncio.create_task(self._fetch())
        return self._fetching

    async def _fetch(self) -> None:
        """Fetch the keys; while there are none at all, try for as long as somebody may still be helped by it."""
        for _ in range(MOST_TRIES):
            if await self._fetched() or self._known:
                return
            await asyncio.sleep(PAUSE)

    async def _fetched(self) -> bool:
        try:
            async with asyncio.timeout(FETCH_WITHIN):
                address = address_of_keys(await self._get(self._url))
                self._known = read_keys(await self._get(address))
            self._fetched_at = self._seconds()
            return True
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError, BadKeyListError) as error:
            self._failed_at = self._seconds()
            log.warning(
                "The keys of Teams could not be fetched.",
                extra={"action": "keys", "reason": type(error).__name__, "known": len(self._known)},
            )
            return False

    async def _get(self, url: str) -> Mapping[str, Any]:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        async with self._session.get(url, allow_redirects=False) as response:
            if response.status != 200:
                raise BadKeyListError(f"status {response.status}")
            body = await response.content.read(LARGEST + 1)
            while len(body) <= LARGEST and (piece := await response.content.read(LARGEST)):
                body += piece
        return _object(body)


def address_of_keys(metadata: Mapping[str, Any]) -> str:
    """Where the metadata says that the keys are.

    Raises:
        BadKeyListError: nowhere, or where nobody should fetch keys.
    """
    address = metadata.get("jwks_uri")
    if not isinstance(address, str) or not is_safe_origin(address):
        raise BadKeyListError("no address of keys")
    return address


def read_keys(document: Mapping[str, Any]) -> Mapping[str, SigningKey]:
    """The usable keys of a key list, by id.

    Raises:
        BadKeyListError: it has none.
    """
    listed = document.get("keys")
    found = dict(filter(None, map(_read_key, listed))) if isinstance(listed, list) else {}
    if not found:
        raise BadKeyListError("no keys")
    return found


def _read_key(item: object) -> tuple[str, SigningKey] | None:
    if not isinstance(item, dict) or item.get("kty") != "RSA" or item.get("use", "sig") != "sig":
        return None
    key_id, endorsed = item.get("kid"), item.get("endorsements")
    if not isinstance(key_id, str) or not _KEY_ID.fullmatch(key_id):
        return None
    try:
        key = PyJWK(item, algorithm="RS256").key
    except (PyJWTError, ValueError, TypeError):
        return None
    channels = frozenset(one for one in endorsed if isinstance(one, str)) if isinstance(endorsed, list) else frozenset()
    return key_id, SigningKey(key, channels)


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        read = json.loads(body) if len(body) <= LARGEST else None
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        raise BadKeyListError("not an object")
    return read
