"""A bot with a real database in memory and a clock that stands still."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.runtime.clock import SimulatedClock
from bot.runtime.coach import Coach
from bot.runtime.ports import Storage
from bot.runtime.turn import Bot
from bot.storage.crypto import Key, KeyRing
from bot.storage.opening import open_storage
from tests.fakes import MORNING, small_coach


@pytest_asyncio.fixture
async def storage() -> AsyncIterator[Storage]:
    opened = await open_storage("sqlite://", KeyRing([Key.fresh()]))
    yield opened
    await opened.close()


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(MORNING)


@pytest.fixture
def coach() -> Coach:
    return small_coach()


@pytest.fixture
def bot(coach: Coach, storage: Storage, clock: SimulatedClock) -> Bot:
    return Bot(coach, storage, clock)
