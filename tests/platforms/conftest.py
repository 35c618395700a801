"""What every platform's tests need: a real database that is gone with them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from bot.runtime.ports import Storage
from bot.storage.crypto import Key, KeyRing
from bot.storage.opening import open_storage


@pytest_asyncio.fixture
async def storage() -> AsyncIterator[Storage]:
    opened = await open_storage("sqlite://", KeyRing([Key.fresh()]))
    yield opened
    await opened.close()
