"""Workspaces: where the coach is installed, and with which token it speaks there.

A token given by settings outlives an uninstallation there. So a workspace that it was taken away from is kept as one
that was left, with that token's hash; it stays so until the settings hold another token.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.platforms.slack.ids import NAME, Payload, read_text
from bot.runtime.clock import Clock
from bot.runtime.installations import Installation, Installations
from bot.runtime.ports import StorageUnavailableError

REMEMBERED = 60.0
"""Seconds for which a token may be taken from memory where every millisecond counts: a form has to open in three."""

OWN_REMEMBERED = 1.0
"""Seconds for which a process may not have heard that another one was told of an uninstallation."""

LOOK_WITHIN = 0.2
"""Seconds; where storage takes longer, the token of the settings serves: a form has to open in time."""

MOST_REMEMBERED = 1_000


@dataclass(frozen=True, slots=True)
class Workspace:
    """What was granted at the installation."""

    team: str
    token: str = field(repr=False)
    bot_user: str = ""
    scopes: str = ""


class Workspaces:
    """Looks workspaces up; ``own_token`` speaks in those that have no installation of their own and were not left."""

    def __init__(
        self, installations: Installations, clock: Clock, own_token: str, monotonic: Callable[[], float]
    ) -> None:
        self._installations = installations
        self._clock = clock
        self._own_token = own_token
        self._own = hashlib.sha256(own_token.encode()).hexdigest()
        self._monotonic = monotonic
        self._seen: OrderedDict[str, tuple[float, str]] = OrderedDict()

    async def token(self, team: str) -> str | None:
        """The token for a workspace, ``None`` where we are not installed.

        Raises:
            StorageUnavailableError: nobody knows just now.
        """
        remembered = self._remembered(team, OWN_REMEMBERED)
        if remembered and remembered == self._own_token:
            return remembered
        token = await self._look_up(team)
        self._remember(team, token)
        return token

    async def token_at_once(self, team: str) -> str | None:
        """The same, from memory where it was looked up a moment ago. A token taken away since is refused by Slack."""
        return self._remembered(team, REMEMBERED) or await self.token(team)

    async def keep(self, workspace: Workspace, at: datetime) -> None:
        """Keep a new installation, or the newer one of a workspace."""
        secret = json.dumps({"token": workspace.token, "bot_user": workspace.bot_user, "scopes": workspace.scopes})
        await self._installations.install(Installation(NAME, workspace.team, at, secret))
        self._seen.pop(workspace.team, None)

    async def leave(self, team: str, at: datetime) -> bool:
        """Delete the installation and everything that is kept of its people, unless it was installed after ``at``.

        What is cut short between the two leaves the news unacknowledged, so it comes again.
        """
        self._seen.pop(team, None)
        left = await self._installations.uninstall(NAME, team, at)
        if left and self._own_token:
            await self._installations.install(Installation(NAME, team, at, json.dumps({"left": self._own})))
        return left

    async def first_use(self, state: str, now: datetime) -> bool:
        return await self._installations.first_use(NAME, state, now)

    async def _look_up(self, team: str) -> str | None:
        if not self._own_token:
            return _token_of(await self._secret(team))
        try:
            async with asyncio.timeout(LOOK_WITHIN):
                secret = await self._secret(team)
        except (StorageUnavailableError, TimeoutError):
            return self._own_token
        return _token_of(secret) or await self._own_where(team, read_text(secret.get("left")))

    async def _own_where(self, team: str, left: str) -> str | None:
        """Our own token, unless the workspace was left with it; with another one, it has been installed again."""
        if left == self._own:
            # A process that had not heard of it yet may have kept something since.
            await self.leave(team, self._clock.now())
            return None
        if left:
            # Dated now, so that late news of having been left do not undo it.
            again = Installation(NAME, team, self._clock.now(), json.dumps({"own": self._own}))
            await self._installations.install(again)
        return self._own_token

    async def _secret(self, team: str) -> Payload:
        found = await self._installations.installation(NAME, team)
        return {} if found is None else dict(json.loads(found.secret))

    def _remembered(self, team: str, seconds: float) -> str | None:
        at, token = self._seen.get(team, (0.0, None))
        return token if token and self._monotonic() - at < seconds else None

    def _remember(self, team: str, token: str | None) -> None:
        self._seen.pop(team, None)
        if token is not None:
            self._seen[team] = (self._monotonic(), token)
        while len(self._seen) > MOST_REMEMBERED:
            self._seen.popitem(last=False)


def _token_of(secret: Payload) -> str | None:
    return read_text(secret.get("token")) or None
