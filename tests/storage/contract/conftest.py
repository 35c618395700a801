"""The contract is kept beside neighbours: whatever a test does to Sam, nothing of theirs may change."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from bot.runtime.ports import Storage
from tests.storage.people import NEIGHBOURS, settle_in


@pytest_asyncio.fixture(autouse=True)
async def untouched_neighbours(storage: Storage) -> AsyncIterator[None]:
    before = await settle_in(storage)
    yield
    assert [await storage.kept(person) for person in NEIGHBOURS] == before
