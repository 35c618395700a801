"""Tokens: whether a request comes from the Bot Connector, by the bearer token that it carries.

The token is checked in two steps, because half of it is about the activity: first on its own, before a byte of the body
is used, then against what the body says of itself. Only tokens of the Bot Connector for Teams count: none of the
emulator, of another bot that would use us as a skill, or of another channel. The key server is asked for a key that
nobody knows only when nothing else speaks against the token.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.platforms.teams.claims import BadTokenError, Claims, is_signed_with, key_id_of, read_claims
from bot.platforms.teams.hosts import ServiceHosts
from bot.platforms.teams.key_list import SigningKey
from bot.platforms.teams.keys import Keys

CHANNEL = "msteams"
LONGEST = 8 * 1024
MOST_REMEMBERED = 2_000


@dataclass(frozen=True, slots=True)
class Pass:
    """A token that is good in itself: the service that it names, if we may call it, and its key's channels."""

    service: str | None
    endorsements: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Verified:
    """A token whose signature was checked; what it claims counts while its key is known."""

    key_id: str
    key: SigningKey
    claims: Claims


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
        key_id = key_id_of(token) if known is None else known.key_id
        key = self._keys.known(key_id) or await self._new_key(token, key_id)
        verified = known if known is not None and known.key is key else self._verify(token, key_id, key)
        verified.claims.check_time(self._now())
        return Pass(verified.claims.service, key.endorsements)

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

    async def _new_key(self, token: str, key_id: str) -> SigningKey:
        """The key of a token that names one which nobody knows yet.

        Raises:
            BadTokenError: there is none, it may not be asked for now, or the token would be refused with any.
        """
        key = await self._keys.bring(key_id) if self._keys.may_bring(key_id) and self._may_be_good(token) else None
        if key is None:
            raise BadTokenError("unknown key")
        return key

    def _may_be_good(self, token: str) -> bool:
        """Whether it claims what a good token does. Whoever has a known key has no need to name an unknown one."""
        claims = read_claims(token, self._app_id, self._hosts, None)
        claims.check_time(self._now())
        return claims.service is not None and not any(is_signed_with(token, key) for key in self._keys.all_known())

    def _verify(self, token: str, key_id: str, key: SigningKey) -> _Verified:
        """The connector uses a token for many requests; its signature is checked once with each key."""
        verified = _Verified(key_id, key, read_claims(token, self._app_id, self._hosts, key))
        if len(self._remembered) >= MOST_REMEMBERED:
            self._remembered.clear()
        self._remembered[token] = verified
        return verified


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
