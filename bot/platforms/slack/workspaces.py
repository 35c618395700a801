"""Workspaces: where the coach is installed, and with which token it speaks there."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.platforms.slack.ids import NAME
from bot.runtime.ports import Installation, Installations

REMEMBERED = 60.0
"""Seconds for which a token may be taken from memory where every millisecond counts: a form has to open in three."""

MOST_REMEMBERED = 1_000


@dataclass(frozen=True, slots=True)
class Workspace:
    """What was granted at the installation."""

    team: str
    token: str = field(repr=False)
    bot_user: str = ""
    scopes: str = ""


class Workspaces:
    """Looks workspaces up; ``own_token`` speaks in those that have no installation of their own.

    ``installs`` says whether there are any; without it, nothing is ever looked up.
    """

    def __init__(
        self, installations: Installations, installs: bool, own_token: str, monotonic: Callable[[], float]
    ) -> None:
        self._installations = installations
        self._installs = installs
        self._own_token = own_token
        self._monotonic = monotonic
        self._seen: OrderedDict[str, tuple[float, str]] = OrderedDict()

    async def token(self, team: str) -> str | None:
        """The token for a workspace, ``None`` where we are not installed.

        Raises:
            StorageUnavailableError: nobody knows just now.
        """
        token = await self._look_up(team)
        self._remember(team, token)
        return token

    async def token_at_once(self, team: str) -> str | None:
        """The same, from memory where it was looked up a moment ago. A token taken away since is refused by Slack."""
        found = self._seen.get(team)
        if found is not None and self._monotonic() - found[0] < REMEMBERED:
            return found[1]
        return await self.token(team)

    async def keep(self, workspace: Workspace, at: datetime) -> None:
        """Keep a new installation, or the newer one of a workspace."""
        secret = json.dumps({"token": workspace.token, "bot_user": workspace.bot_user, "scopes": workspace.scopes})
        await self._installations.install(Installation(NAME, workspace.team, at, secret))
        self._seen.pop(workspace.team, None)

    async def leave(self, team: str, at: datetime) -> bool:
        """Delete the installation and everything that is kept of its people, unless it was installed after ``at``."""
        self._seen.pop(team, None)
        return await self._installations.uninstall(NAME, team, at)

    async def first_use(self, state: str, now: datetime) -> bool:
        return await self._installations.first_use(NAME, state, now)

    async def _look_up(self, team: str) -> str | None:
        found = await self._installations.installation(NAME, team) if self._installs else None
        if found is None:
            return self._own_token or None
        token = json.loads(found.secret).get("token")
        return token if isinstance(token, str) else None

    def _remember(self, team: str, token: str | None) -> None:
        self._seen.pop(team, None)
        if token is not None:
            self._seen[team] = (self._monotonic(), token)
        while len(self._seen) > MOST_REMEMBERED:
            self._seen.popitem(last=False)
