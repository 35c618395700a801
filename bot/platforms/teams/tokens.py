"""Tokens: whether a request comes from the Bot Connector, by the bearer token that it carries.

The token is checked in two steps, because half of it is about the activity: first on its own, before a byte of the body
is used, then against what the body says of itself. Only tokens of the Bot Connector for Teams count: none of the
emulator, of another bot that would use us as a skill, or of another channel.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import jwt
from jwt.types import Options

from bot.platforms.teams.hosts import ServiceHosts
from bot.platforms.teams.keys import Keys, SigningKey

ISSUER = "https://api.botframework.com"
ALGORITHM = "RS256"
CHANNEL = "msteams"
SKEW = 300.0
"""Seconds by which the two clocks may differ."""

LONGEST = 8 * 1024
MOST_REMEMBERED = 2_000

_RULES: Options = {"require": ["exp", "iss", "aud"], "verify_exp": False, "verify_nbf": False, "verify_iat": False}
"""What PyJWT sees to. The moments are held against our own clock, each time that a token comes."""

_ASKERS = ("appid", "azp")


class BadTokenError(Exception):
    """The request is not from the Bot Connector for Teams, or not for us; ``status`` is what it is answered with."""

    def __init__(self, reason: str, status: int = 401) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


@dataclass(frozen=True, slots=True)
class Pass:
    """A token that is good in itself: the service that it names, if we may call it, and its key's channels."""

    service: str | None
    endorsements: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Verified:
    """A token whose signature was checked; good from and until (seconds since the epoch) while its key is known."""

    key_id: object
    key: SigningKey
    service: str | None
    good_from: float
    good_until: float


class Tokens:
    """Checks for one bot. ``now`` gives seconds since the epoch."""

    def __init__(
        self,
        app_id: str,
        keys: Keys,
        hosts: ServiceHosts,
        tenants: frozenset[str],
        now: Callable[[], float] = time.time,
    ) -> None:
        self._app_id = app_id
        self._keys = keys
        self._hosts = hosts
        self._tenants = tenants
        self._now = now
        self._remembered: dict[str, _Verified] = {}

    async def check(self, authorization: str) -> Pass:
        """Check the header ``Authorization`` alone.

        Raises:
            BadTokenError: it holds no good token.
        """
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token or len(token) > LONGEST or not token.isascii():
            raise BadTokenError("no bearer token")
        known = self._remembered.get(token)
        key_id = _key_id(token) if known is None else known.key_id
        key = await self._keys.find(key_id)
        if key is None:
            raise BadTokenError("unknown key")
        verified = known if known is not None and known.key is key else self._verify(token, key_id, key)
        now = self._now()
        if now >= verified.good_until:
            raise BadTokenError("expired")
        if now < verified.good_from:
            raise BadTokenError("not valid yet")
        return Pass(verified.service, key.endorsements)

    def check_activity(self, good: Pass, activity: Mapping[str, Any]) -> None:
        """Hold an activity against the token that it came with.

        Raises:
            BadTokenError: the token does not stand for it, or it is not from where we are used.
        """
        channel, service = activity.get("channelId"), activity.get("serviceUrl")
        if channel != CHANNEL or channel not in good.endorsements:
            raise BadTokenError("channel not endorsed", 403)
        if good.service is None or service != good.service:
            raise BadTokenError("foreign service", 403)
        if not allowed_tenant(activity, self._tenants):
            raise BadTokenError("tenant not allowed", 403)

    def _verify(self, token: str, key_id: object, key: SigningKey) -> _Verified:
        """The connector uses a token for many requests; its signature is checked once with each key."""
        verified = self._read(token, key_id, key)
        if len(self._remembered) >= MOST_REMEMBERED:
            self._remembered.clear()
        self._remembered[token] = verified
        return verified

    def _read(self, token: str, key_id: object, key: SigningKey) -> _Verified:
        try:
            claims = jwt.decode(
                token, key.key, algorithms=[ALGORITHM], audience=self._app_id, issuer=ISSUER, options=_RULES
            )
            self._check_audience(claims)
            good_from, good_until = _seconds(claims, "nbf", 0.0) - SKEW, _seconds(claims, "exp") + SKEW
            service = _service(claims)
            return _Verified(key_id, key, service if self._hosts.trusts(service) else None, good_from, good_until)
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError) as error:
            raise BadTokenError(type(error).__name__) from error

    def _check_audience(self, claims: Mapping[str, Any]) -> None:
        """One audience, us. A token that names who asked for it is another bot's, which would use us as a skill."""
        if claims["aud"] != self._app_id or any(claims.get(name, self._app_id) != self._app_id for name in _ASKERS):
            raise BadTokenError("another bot's token")


def allowed_tenant(activity: Mapping[str, Any], tenants: frozenset[str]) -> bool:
    """Whether the tenant is allowed; an activity that names two is nobody's."""
    named = tenants_of(activity)
    return len(named) == 1 and named <= tenants


def tenants_of(activity: Mapping[str, Any]) -> frozenset[str]:
    """Every tenant that an activity names."""
    conversation, data = activity.get("conversation"), activity.get("channelData")
    inner = data.get("tenant") if isinstance(data, dict) else None
    named = (
        conversation.get("tenantId") if isinstance(conversation, dict) else None,
        inner.get("id") if isinstance(inner, dict) else None,
    )
    return frozenset(one for one in named if isinstance(one, str) and one)


def _key_id(token: str) -> object:
    """The key id that a token names, of tokens that name our algorithm."""
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as error:
        raise BadTokenError("not a token") from error
    if header.get("alg") != ALGORITHM:
        raise BadTokenError("wrong algorithm")
    return header.get("kid")


def _service(claims: Mapping[str, Any]) -> str:
    service = claims.get("serviceurl", claims.get("serviceUrl"))
    if not isinstance(service, str) or not service:
        raise BadTokenError("no service", 403)
    return service


def _seconds(claims: Mapping[str, Any], name: str, otherwise: float | None = None) -> float:
    """A moment that a token names; a number and nothing that might be read as one."""
    value = claims.get(name, otherwise)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e12:
        raise BadTokenError(f"odd {name}")
    return float(value)
