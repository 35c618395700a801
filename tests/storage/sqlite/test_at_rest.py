"""What a thief of the files finds: ids and moments, no words; and nothing of whoever was forgotten."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from bot.runtime.ports import DamagedDataError, Storage
from bot.storage.crypto import Key, KeyRing
from bot.storage.opening import open_storage
from bot.storage.rows import meta_place
from tests.storage.people import HOUR, NOW, PLATFORMS, PRIYA, SAM, claim, claimed_bodies, row, said, turn
from tests.storage.planting import READABLE, SECRETS, plant


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "afterword.db"


@pytest_asyncio.fixture
async def storage(path: Path, keys: KeyRing) -> AsyncIterator[Storage]:
    opened = await open_storage(f"sqlite:///{path}", keys)
    yield opened
    await opened.close()


def _all_bytes(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.parent.iterdir()}


def _found(path: Path, *words: str) -> set[str]:
    everything = b"".join(_all_bytes(path).values())
    return {word for word in words if word.encode() in everything or word.encode("utf-16-le") in everything}


async def test_no_word_is_readable_in_any_file_while_it_is_open(storage: Storage, path: Path) -> None:
    await plant(storage)

    assert _found(path, *SECRETS) == set()
    assert sorted(_all_bytes(path)) == ["afterword.db", "afterword.db-shm", "afterword.db-wal"]
    assert _found(path, READABLE) == {READABLE}


async def test_no_word_is_readable_after_closing(storage: Storage, path: Path) -> None:
    await plant(storage)

    await storage.close()

    assert _found(path, *SECRETS) == set()
    assert _found(path, READABLE) == {READABLE}


async def test_of_a_forgotten_person_not_even_the_id_is_left_in_any_file(storage: Storage, path: Path) -> None:
    await plant(storage)
    await storage.commit(turn(PRIYA, inbound="e9"))

    await storage.forget(replace(SAM, user=READABLE))

    assert _found(path, READABLE) == set()


async def test_a_turn_that_forgets_leaves_nothing_in_any_file_either(storage: Storage, path: Path) -> None:
    await plant(storage)
    person = replace(SAM, user=READABLE)
    version = (await storage.load(person)).version

    await storage.commit(turn(person, version, "e3", body=None))

    assert _found(path, READABLE) == set()


async def test_a_delivered_message_is_gone_from_every_file_after_tidying(storage: Storage, path: Path) -> None:
    await said(storage, "hello")
    sealed = _column(path, "SELECT body FROM outbox")[0]
    (letter,) = await claim(storage)

    await storage.delivered(letter, NOW)
    await storage.tidy(NOW)

    assert all(sealed not in content for content in _all_bytes(path).values())


async def test_bodies_swapped_between_two_people_do_not_open(storage: Storage, path: Path) -> None:
    await storage.commit(turn())
    await storage.commit(turn(PRIYA, inbound="e2"))

    _swap(path, "conversations", "body")

    for person in (SAM, PRIYA):
        with pytest.raises(DamagedDataError, match="copied from another row"):
            await storage.load(person)


async def test_an_older_body_of_the_same_person_does_not_open(storage: Storage, path: Path) -> None:
    await storage.commit(turn())
    older = _column(path, "SELECT body FROM conversations")[0]
    await storage.commit(turn(version=(await storage.load(SAM)).version, inbound="e2"))

    _execute(path, "UPDATE conversations SET body = ?", older)

    with pytest.raises(DamagedDataError):
        await storage.load(SAM)


async def test_a_reply_copied_to_another_inbound_id_does_not_open(storage: Storage, path: Path) -> None:
    await storage.commit(turn(reply="one"))
    version = (await storage.load(SAM)).version
    await storage.commit(turn(version=version, inbound="e2", reply="two"))

    _swap(path, "replies", "reply")

    with pytest.raises(DamagedDataError):
        await storage.load(SAM, "e1")


async def test_letters_swapped_are_buried_and_stop_nobody_else(storage: Storage, path: Path) -> None:
    await storage.commit(turn(rows=[row("first"), row("second")]))
    _swap(path, "outbox", "body")
    await said(storage, "to Priya", to=PRIYA)

    assert await claimed_bodies(storage) == ["to Priya"]
    assert await claimed_bodies(storage) == []
    assert [letter.reason for letter in await storage.dead_letters(10)] == ["damaged", "damaged"]


async def test_letters_whose_key_is_missing_wait_for_it_and_stop_nobody_else(
    storage: Storage, path: Path, keys: KeyRing
) -> None:
    await said(storage, "to Sam")
    new = Key.fresh()
    _reseal_meta(path, keys, KeyRing([new]))
    half = await open_storage(f"sqlite:///{path}", KeyRing([new]))
    await said(half, "to Priya", to=PRIYA)

    assert await claimed_bodies(half) == ["to Priya"]
    assert await half.dead_letters(10) == []
    assert await claimed_bodies(storage, NOW + HOUR) == ["to Sam"]
    await half.close()


async def test_a_damaged_conversation_is_due_all_the_same_and_stops_nobody_else(storage: Storage, path: Path) -> None:
    await storage.commit(turn(next_due=NOW))
    _execute(path, "UPDATE conversations SET address = ?", b"damaged")
    await storage.commit(turn(PRIYA, inbound="e2", next_due=NOW))

    due = await storage.claim_due(PLATFORMS, NOW, 60, 10)

    assert [one.address.user for one in due] == [SAM.user, PRIYA.user]


def _execute(path: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement, values)


def _reseal_meta(path: Path, old: KeyRing, new: KeyRing) -> None:
    """As if a rotation had been cut short after its first value."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for name, value in connection.execute("SELECT name, value FROM meta").fetchall():
            again = new.seal(old.open(value, meta_place(name)), meta_place(name))
            connection.execute("UPDATE meta SET value = ? WHERE name = ?", (again, name))


def _column(path: Path, question: str) -> list[bytes]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute(question)]


def _swap(path: Path, table: str, column: str) -> None:
    one, other = _column(path, f"SELECT {column} FROM {table}")
    with closing(sqlite3.connect(path)) as connection, connection:
        for old, new in ((one, b"-"), (other, one), (b"-", other)):
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (new, old))
