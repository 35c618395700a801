"""Claims: what a token says of itself, held against who we are and whom we may call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt
from jwt.types import Options

from bot.platforms.teams.hosts import ServiceHosts
from bot.platforms.teams.key_list import SigningKey

ISSUER = "https://api.botframework.com"
ALGORITHM = "RS256"
SKEW = 300.0
"""Seconds by which the two clocks may differ."""

_RULES: Options = {"require": ["exp", "iss", "aud"], "verify_exp": False, "verify_nbf": False, "verify_iat": False}
"""What PyJWT sees to. The moments are held against our own clock, each time that a token comes."""

_UNSIGNED: Options = {**_RULES, "verify_signature": False, "verify_aud": True, "verify_iss": True}
"""The same of a token whose key nobody knows yet."""

_ASKERS = ("appid", "azp")


class BadTokenError(Exception):
    """The request is not from the Bot Connector for Teams, or not for us; ``status`` is what it is answered with."""

    def __init__(self, reason: str, status: int = 401) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token claims: the service, if we may call it, and from and until when it is good (seconds since 1970)."""

    service: str | None
    good_from: float
    good_until: float

    def check_time(self, now: float) -> None:
        """Hold a token against the clock.

        Raises:
            BadTokenError: it is not good now.
        """
        if now >= self.good_until:
            raise BadTokenError("expired")
        if now < self.good_from:
            raise BadTokenError("not valid yet")


def read_claims(token: str, app_id: str, hosts: ServiceHosts, key: SigningKey | None) -> Claims:
    """The claims of a token that is signed with the key; without a key, whatever it claims.

    Raises:
        BadTokenError: it is signed with another key, or claims what no token for us does.
    """
    try:
        claims = jwt.decode(
            token,
            key.key if key is not None else "",
            algorithms=[ALGORITHM],
            audience=app_id,
            issuer=ISSUER,
            options=_RULES if key is not None else _UNSIGNED,
        )
        _check_audience(claims, app_id)
        good_from, good_until = _seconds(claims, "nbf", 0.0) - SKEW, _seconds(claims, "exp") + SKEW
        service = _service(claims)
    except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise BadTokenError(type(error).__name__) from error
    return Claims(service if hosts.trusts(service) else None, good_from, good_until)


def is_signed_with(token: str, key: SigningKey) -> bool:
    """Whether a key signed a token, whatever key it names."""
    try:
        jwt.decode(token, key.key, algorithms=[ALGORITHM], options={"verify_aud": False, **_RULES})
    except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError):
        return False
    return True


def key_id_of(token: str) -> str:
    """The key id that a token names, of tokens that name our algorithm; empty when it names none.

    Raises:
        BadTokenError: it names another algorithm, or is no token.
    """
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as error:
        raise BadTokenError("not a token") from error
    if header.get("alg") != ALGORITHM:
        raise BadTokenError("wrong algorithm")
    key_id = header.get("kid")
    return key_id if isinstance(key_id, str) else ""


def _check_audience(claims: Mapping[str, Any], app_id: str) -> None:
    """One audience, us. A token that names who asked for it is another bot's, which would use us as a skill."""
    if claims["aud"] != app_id or any(claims.get(name, app_id) != app_id for name in _ASKERS):
        raise BadTokenError("another bot's token")


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
