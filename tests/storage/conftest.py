"""Every engine that the contract is kept by."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.runtime.ports import Storage
from bot.storage.crypto import Key, KeyRing
from bot.storage.opening import open_storage
from tests.storage.databases import execute
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


@pytest.fixture(scope="session")
def empty_tables(server_url: str) -> str:
    """A database whose tables were made and hold nothing; for ``new_database`` to copy. Do not use it."""
    url = new_database(server_url)
    asyncio.run(_make_tables(url))
    return url


async def _make_tables(url: str) -> None:
    """Without the secret, which a key has sealed that nobody knows."""
    await (await open_storage(url, KeyRing([Key.fresh()]))).close()
    await execute(url, "DELETE FROM meta")


@pytest.fixture(params=["sqlite", "postgres"])
def lasting_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database that can be opened again."""
    return _url(request, tmp_path)


@pytest.fixture(params=["sqlite", "sqlite memory", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return _url(request, tmp_path)


@pytest.fixture
def postgres_url(empty_tables: str) -> str:
    """A database on PostgreSQL, with tables that hold nothing."""
    return new_database(empty_tables, like=empty_tables)


def _url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    match request.param:
        case "sqlite":
            return f"sqlite:///{tmp_path}/afterword.db"
        case "sqlite memory":
            return "sqlite://"
        case _:
            return str(request.getfixturevalue("postgres_url"))


@pytest_asyncio.fixture
async def storage(url: str, keys: KeyRing) -> AsyncIterator[Storage]:
    opened = await open_storage(url, keys)
    yield opened
    await opened.close()
