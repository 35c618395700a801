"""A server that comes and goes, one that does not answer, and poolers in between."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from itertools import chain, pairwise

import pytest
import pytest_asyncio

from bot.runtime.ports import Storage, StorageUnavailableError
from bot.storage.crypto import KeyRing
from bot.storage.opening import open_storage
from bot.storage.postgres.pool import MOST_CONNECTIONS, PATIENCE
from tests.storage.people import NOW, PRIYA, SAM, claimed_bodies, row, said, turn
from tests.storage.postgres.between import between
from tests.storage.postgres.server import Server, new_database

LONGEST_WAIT = 2.5


@pytest.fixture
def own_url(server: Server, empty_tables: str) -> str:
    """A database on the server that tests may stop."""
    return new_database(server.url(), like=empty_tables) if empty_tables.startswith(server.url("")) else ""


@pytest_asyncio.fixture
async def storage(own_url: str, keys: KeyRing) -> AsyncIterator[Storage]:
    if not own_url:
        pytest.skip("this needs a server that may be stopped")
    opened = await open_storage(own_url, keys)
    yield opened
    await opened.close()


async def test_after_a_restart_the_next_turn_is_taken_as_if_nothing_had_been(storage: Storage, server: Server) -> None:
    await said(storage, "before")

    await asyncio.to_thread(server.restart)
    await said(storage, "after")

    kept = await storage.kept(SAM)
    assert kept is not None
    assert [letter.body for letter in kept.letters] == ["before", "after"]


async def test_turns_wait_for_a_restart_that_takes_a_moment(storage: Storage, server: Server) -> None:
    await said(storage, "before")
    await asyncio.to_thread(server.stop)

    starting = asyncio.ensure_future(asyncio.to_thread(server.start))
    await said(storage, "meanwhile")

    await starting
    assert await claimed_bodies(storage) == ["before"]


async def test_a_process_may_start_while_the_database_starts_again(
    server: Server, own_url: str, storage: Storage, keys: KeyRing
) -> None:
    await asyncio.to_thread(server.stop)
    starting = asyncio.ensure_future(asyncio.to_thread(server.start))

    opened = await open_storage(own_url, keys)

    await starting
    assert await opened.commit(turn()) == "committed"
    await opened.close()


async def test_while_the_server_is_away_turns_are_refused_in_time_and_afterwards_they_are_taken(
    storage: Storage, server: Server
) -> None:
    await said(storage, "before")
    await asyncio.to_thread(server.stop)

    begun = time.monotonic()
    with pytest.raises(StorageUnavailableError):
        await storage.commit(turn(inbound="e2"))
    took = time.monotonic() - begun

    await asyncio.to_thread(server.start)
    assert took < LONGEST_WAIT
    assert (await storage.load(SAM, "e2")).known is False
    await said(storage, "after")


async def test_a_server_that_does_not_answer_is_given_up_in_time(postgres_url: str, keys: KeyRing) -> None:
    async with between(postgres_url) as (middle, url):
        storage = await open_storage(url, keys)
        await storage.commit(turn())
        middle.fall_silent()

        begun = time.monotonic()
        with pytest.raises(StorageUnavailableError, match="TimeoutError"):
            await storage.load(SAM)
        took = time.monotonic() - begun

        middle.speak_again()
        assert took < PATIENCE + 0.3
        assert (await storage.load(SAM)).body == turn().body
        await storage.close()


async def test_a_turn_that_was_given_up_half_way_leaves_its_connection_to_nobody(
    postgres_url: str, keys: KeyRing
) -> None:
    async with between(postgres_url) as (middle, url):
        storage = await open_storage(url, keys)
        await storage.commit(turn())
        await storage.commit(turn(PRIYA, inbound="e2", body='{"hers": 1}'))
        middle.fall_silent()
        given_up = asyncio.ensure_future(storage.load(SAM))
        await asyncio.sleep(0.05)

        given_up.cancel()
        await asyncio.gather(given_up, return_exceptions=True)
        middle.speak_again()

        assert (await storage.load(PRIYA)).body == '{"hers": 1}'
        await storage.close()


async def test_more_turns_at_once_than_connections_take_turns(postgres_url: str, keys: KeyRing) -> None:
    storage = await open_storage(postgres_url, keys)

    outcomes = await asyncio.gather(
        *(storage.commit(turn(inbound=f"e{n}", rows=[row()])) for n in range(5 * MOST_CONNECTIONS))
    )

    assert sorted(outcomes) == ["committed"] + ["conflict"] * (5 * MOST_CONNECTIONS - 1)
    await storage.close()


async def test_after_closing_nothing_is_taken(postgres_url: str, keys: KeyRing) -> None:
    storage = await open_storage(postgres_url, keys)
    await storage.close()
    await storage.close()

    with pytest.raises(StorageUnavailableError, match="closed"):
        await storage.load(SAM)


async def _live(storage: Storage) -> None:
    await storage.commit(turn(rows=[row()], next_due=NOW))
    await storage.load(SAM, "e1")
    await claimed_bodies(storage)
    await storage.kept(SAM)
    await storage.forget(SAM)


async def test_a_server_to_ourselves_prepares_each_statement_once(postgres_url: str, keys: KeyRing) -> None:
    async with between(postgres_url) as (middle, url):
        storage = await open_storage(url, keys)
        for _ in range(3):
            await storage.load(SAM)
        await storage.close()

        heard = chain.from_iterable(middle.messages())
        prepared = [held for kind, held in heard if kind == "P" and b"LEFT JOIN conversations" in held]

    assert len(prepared) == 1
    assert not prepared[0].startswith(b"\x00")


async def test_behind_a_pooler_no_statement_has_a_name_and_none_is_split_between_two_servers(
    postgres_url: str, keys: KeyRing
) -> None:
    async with between(postgres_url, pools=True) as (middle, url):
        storage = await open_storage(url, keys)
        await _live(storage)
        await storage.close()

        heard = middle.messages()

    parsed = [held for kind, held in chain.from_iterable(heard) if kind == "P"]
    pairs = chain.from_iterable(pairwise(kind for kind, _ in one if kind in "PBSQ") for one in heard)
    assert len(parsed) > 10
    assert all(held.startswith(b"\x00") for held in parsed)
    assert {before for before, after in pairs if after == "B"} == {"P"}


async def test_nothing_is_set_that_would_outlive_a_transaction(postgres_url: str, keys: KeyRing) -> None:
    async with between(postgres_url, pools=True) as (middle, url):
        storage = await open_storage(url, keys)
        await _live(storage)
        await storage.close()

        heard = chain.from_iterable(middle.messages())
        texts = b" ".join(held for kind, held in heard if kind in "PQ").upper()

    lasting = (b"LISTEN ", b"SET SESSION", b"SET_CONFIG", b"PG_ADVISORY_LOCK", b"TEMP ", b"RESET ")
    assert [word for word in lasting if word in texts] == []
