"""The shipped coach in a tenant of the stand-in, served by our own server."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.runtime.ports import Storage
from tests.platforms.teams.serving import Running, running, settings_for
from tests.shipped import coach
from tests.standins.teams import Someone, TeamsStandIn


@pytest_asyncio.fixture
async def teams() -> AsyncIterator[TeamsStandIn]:
    async with TeamsStandIn() as stand_in:
        yield stand_in


@pytest_asyncio.fixture
async def served(teams: TeamsStandIn, storage: Storage) -> AsyncIterator[Running]:
    async with running(settings_for(teams), coach(), storage) as server:
        teams.deliver_to(server.messages)
        yield server


@pytest.fixture
def sam(teams: TeamsStandIn) -> Someone:
    return teams.person("sam")
