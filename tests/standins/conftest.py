"""A stand-in that runs, with one workspace and one person."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes import Watch
from tests.standins.slack import SlackStandIn, Someone


@pytest.fixture
def watch() -> Watch:
    return Watch(1_772_618_000.0)


@pytest.fixture
async def slack(watch: Watch) -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn(clock=watch) as running:
        yield running


@pytest.fixture
def sam(slack: SlackStandIn) -> Someone:
    return slack.person(slack.install("T0ONE"), "U0SAM")


@pytest.fixture
def client(slack: SlackStandIn, sam: Someone) -> AsyncWebClient:
    """The real SDK, pointed at the stand-in."""
    return AsyncWebClient(token=sam.team.token, base_url=slack.api_url)
