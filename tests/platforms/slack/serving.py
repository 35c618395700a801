"""A whole server in the test: our own, on a free port of this computer, with the stand-in on the other side."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from bot.bootstrap import Service, build_service
from bot.engine.conversation import Conversation
from bot.platforms.slack.surface import SlackSurface
from bot.runtime.clock import Clock, RealClock
from bot.runtime.coach import Coach
from bot.runtime.ports import Address, Storage
from bot.settings import SlackSettings
from tests.platforms.serving import serving
from tests.standins.slack import SIGNING_SECRET, SlackStandIn

TEAM = "T0ONE"


@dataclass(slots=True)
class Running:
    """A server that runs; ``counted`` are the requests that led to no turn, by reason."""

    url: str
    service: Service
    counted: Counter[str] = field(default_factory=Counter)

    @property
    def events(self) -> str:
        return f"{self.url}/slack/events"

    async def recall(self, user: str, team: str = TEAM) -> Conversation | None:
        return await self.service.bot.recall(Address("slack", team, user))


def settings_for(slack: SlackStandIn, **more: object) -> SlackSettings:
    """One workspace with the token of ``TEAM``; ``more`` replaces fields."""
    plain = SlackSettings(bot_token=f"xoxb-{TEAM}", signing_secret=SIGNING_SECRET, api_url=slack.api_url)
    return replace(plain, **more)  # type: ignore[arg-type]


@asynccontextmanager
async def running(
    settings: SlackSettings, coach: Coach, storage: Storage, clock: Clock | None = None, works: bool = True
) -> AsyncIterator[Running]:
    """Serve until the end of the block; the storage stays open."""
    counted: Counter[str] = Counter()
    service, surface = built(settings, coach, storage, clock or RealClock(), counted)
    async with serving(service, surface, works) as url:
        yield Running(url, service, counted)


def built(
    settings: SlackSettings, coach: Coach, storage: Storage, clock: Clock, counted: Counter[str]
) -> tuple[Service, SlackSurface]:
    """A service and its surface; ``counted`` are the requests that lead to no turn, by reason."""
    surface = SlackSurface(settings, storage, clock, lambda reason: counted.update([reason]))
    return build_service(coach, storage, {"slack": surface.platform}, clock, jitter=lambda: 0.0), surface
