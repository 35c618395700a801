"""The shipped coach in a workspace of the stand-in, served by our own server."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from bot.runtime.ports import Storage
from tests.platforms.slack.serving import TEAM, Running, running, settings_for
from tests.shipped import coach
from tests.standins.slack import SlackStandIn, Someone


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn() as stand_in:
        stand_in.install(TEAM)
        yield stand_in


@pytest_asyncio.fixture
async def served(slack: SlackStandIn, storage: Storage) -> AsyncIterator[Running]:
    async with running(settings_for(slack), coach(), storage) as server:
        slack.deliver_to(server.events)
        yield server


@pytest_asyncio.fixture
async def sam(slack: SlackStandIn) -> Someone:
    return slack.person(slack.world.teams[TEAM], "U0SAM")
