"""Every engine that the contract is kept by; PostgreSQL will be one more line."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.runtime.ports import Storage
from bot.storage.crypto import Key, KeyRing
from bot.storage.opening import open_storage


@pytest.fixture
def keys() -> KeyRing:
    return KeyRing([Key.fresh()])


@pytest.fixture(params=["sqlite file", "sqlite memory"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return {"sqlite file": f"sqlite:///{tmp_path}/afterword.db", "sqlite memory": "sqlite://"}[request.param]


@pytest_asyncio.fixture
async def storage(url: str, keys: KeyRing) -> AsyncIterator[Storage]:
    opened = await open_storage(url, keys)
    yield opened
    await opened.close()
