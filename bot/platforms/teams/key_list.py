"""The key list: the public keys that the Bot Connector publishes, fetched and read with distrust."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
from jwt import PyJWK
from jwt.exceptions import PyJWTError

from bot.platforms.teams.hosts import is_safe_origin

CONNECT_WITHIN = 5.0
ANSWER_WITHIN = 45.0
"""Seconds for one answer: a key server that takes half a minute is slow and not away."""

LARGEST = 1024 * 1024

_KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,128}")


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One RSA key and the channels that it may speak for."""

    key: Any
    endorsements: frozenset[str]


KeyList = Mapping[str, SigningKey]
"""Keys by id."""


class BadKeyListError(Exception):
    """The key server answered with something that is no list of keys, or not at all."""


def open_session() -> aiohttp.ClientSession:
    """The session for calls to the key server."""
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_WITHIN, sock_connect=CONNECT_WITHIN))


async def fetch_keys(session: aiohttp.ClientSession, url: str) -> KeyList:
    """The keys of the list to which the metadata at ``url`` points.

    Raises:
        BadKeyListError: there is none to be had; its message is one of ours, or the kind of what went wrong.
    """
    try:
        address = address_of_keys(await _get(session, url))
        return read_keys(await _get(session, address))
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        raise BadKeyListError(type(error).__name__) from error


def is_key_id(text: str) -> bool:
    """Whether a key may be named so."""
    return _KEY_ID.fullmatch(text) is not None


def address_of_keys(metadata: Mapping[str, Any]) -> str:
    """Where the metadata says that the keys are.

    Raises:
        BadKeyListError: nowhere, or where nobody should fetch keys.
    """
    address = metadata.get("jwks_uri")
    if not isinstance(address, str) or not is_safe_origin(address):
        raise BadKeyListError("no address of keys")
    return address


def read_keys(document: Mapping[str, Any]) -> KeyList:
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
    if not isinstance(key_id, str) or not is_key_id(key_id):
        return None
    try:
        key = PyJWK(item, algorithm="RS256").key
    except (PyJWTError, ValueError, TypeError):
        return None
    channels = frozenset(one for one in endorsed if isinstance(one, str)) if isinstance(endorsed, list) else frozenset()
    return key_id, SigningKey(key, channels)


async def _get(session: aiohttp.ClientSession, url: str) -> Mapping[str, Any]:
    async with session.get(url, allow_redirects=False) as response:
        if response.status != 200:
            raise BadKeyListError(f"status {response.status}")
        body = await response.content.read(LARGEST + 1)
        while len(body) <= LARGEST and (piece := await response.content.read(LARGEST)):
            body += piece
    return _object(body)


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        read = json.loads(body) if len(body) <= LARGEST else None
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        raise BadKeyListError("not an object")
    return read
