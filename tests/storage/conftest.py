"""Every engine that the contract is kept by."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.runtime.ports import Storage
from bot.storage.crypto import Key, KeyRing
from bot.storage.opening import open_storage
from tests.storage.postgres.server import NoServerError, Server, new_database


@pytest.fixture
def keys() -> KeyRing:
    return KeyRing([Key.fresh()])


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One server for all tests of the run, started by the first that asks for it."""
    try:
        started = Server()
    except NoServerError as reason:
        pytest.skip(f"no PostgreSQL here: {reason}")
    yield started
    started.close()


@pytest.fixture(scope="session")
def server_url(request: pytest.FixtureRequest) -> str:
    """A server on which databases may be made: ours, or the one that ``AFTERWORD_TEST_POSTGRES`` names."""
    return os.environ.get("AFTERWORD_TEST_POSTGRES") or request.getfixturevalue("server").url()


@pytest.fixture(params=["sqlite file", "sqlite memory", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    match request.param:
        case "sqlite file":
            return f"sqlite:///{tmp_path}/afterword.db"
        case "sqlite memory":
            return "sqlite://"
        case _:
            return new_database(request.getfixturevalue("server_url"))


@pytest_asyncio.fixture
async def storage(url: str, keys: KeyRing) -> AsyncIterator[Storage]:
    opened = await open_storage(url, keys)
    yield opened
    await opened.close()
