"""A whole server in the test: our own, on a free port, with the stand-in for Teams on the other side."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from bot.bootstrap import Service, build_service
from bot.platforms.teams.surface import TeamsSurface
from bot.runtime.clock import Clock, RealClock
from bot.runtime.coach import Coach
from bot.runtime.ports import Storage
from bot.settings import TeamsSettings, read_settings
from tests.platforms.serving import serving
from tests.standins.teams import TeamsStandIn


@dataclass(slots=True)
class Running:
    """A server that runs; ``counted`` are the requests that led to no turn, by reason."""

    url: str
    service: Service
    surface: TeamsSurface
    counted: Counter[str]

    @property
    def messages(self) -> str:
        return f"{self.url}/api/messages"


class FaultyStorage:
    """A storage of which one method does something else first, as ``before`` says: wait, or fail."""

    def __init__(self, inner: Storage) -> None:
        self._inner = inner
        self.before: dict[str, Callable[[], Any]] = {}

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._inner, name)
        if name not in self.before:
            return method

        async def call(*arguments: Any, **named: Any) -> Any:
            await self.before[name]()
            return await method(*arguments, **named)

        return call


def settings_for(teams: TeamsStandIn, **more: str) -> TeamsSettings:
    """What the stand-in has to be told of, as the environment says it; ``more`` replaces variables."""
    return read_settings({**teams.environment(), **more}).teams


def no_count(reason: str) -> None:
    """For tests in which nobody asks what led to no turn."""


@asynccontextmanager
async def running(
    settings: TeamsSettings, coach: Coach, storage: Storage, clock: Clock | None = None, works: bool = True
) -> AsyncIterator[Running]:
    """Serve until the end of the block; the storage stays open."""
    counted: Counter[str] = Counter()
    service, surface = built(settings, coach, storage, clock or RealClock(), counted)
    async with serving(service, surface, works) as url:
        yield Running(url, service, surface, counted)


def built(
    settings: TeamsSettings, coach: Coach, storage: Storage, clock: Clock, counted: Counter[str]
) -> tuple[Service, TeamsSurface]:
    """A service and its surface; ``counted`` are the requests that lead to no turn, by reason."""
    surface = TeamsSurface(settings, clock, lambda reason: counted.update([reason]), lambda: clock.now().timestamp())
    return build_service(coach, storage, {"teams": surface.platform}, clock, jitter=lambda: 0.0), surface
