"""A database that fails: nothing is half-written, and it goes on when it can."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.runtime.ports import Address, Storage, StorageUnavailableError
from bot.storage.crypto import KeyRing
from bot.storage.opening import open_storage
from bot.storage.sealed import SealedStorage
from bot.storage.sqlite.connection import connect
from bot.storage.sqlite.database import open_database
from bot.storage.sqlite.tables import SqliteTables
from tests.storage.people import SAM, claimed_bodies, row, turn
from tests.storage.sqlite.fuses import Fuse


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "afterword.db"


def _impatient(path: Path) -> sqlite3.Connection:
    connection = connect(path)
    connection.execute("PRAGMA busy_timeout = 20")
    return connection


async def test_a_commit_is_on_the_disk_before_anybody_hears_of_it(path: Path, keys: KeyRing) -> None:
    storage = SealedStorage(SqliteTables(open_database(path, keys)), keys)
    settings = ("journal_mode", "synchronous", "secure_delete")

    values = [
        await storage._tables._writer.do(
            lambda connection, name=name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        )
        for name in settings
    ]

    full, on = 2, 1
    assert values == ["wal", full, on]
    await storage.close()


async def _commits(path: Path, keys: KeyRing, numbers: range, at_once: bool) -> int:
    """How many commits so many turns take, of as many people at once or of one person."""
    fuse = Fuse(lambda statement: None, only="COMMIT")
    storage = SealedStorage(SqliteTables(open_database(path, keys, fuse.connect)), keys)
    fuse.arm(0)

    async def take(number: int) -> None:
        person = Address("slack", "T1", f"U{number if at_once else 0}")
        await storage.load(person)
        for _ in range(number if at_once else 0):
            await asyncio.sleep(0)  # each turn is over in another round of the loop
        await storage.commit(turn(person, inbound=f"e{number}"))

    if at_once:
        await asyncio.gather(*map(take, numbers))
    else:
        for number in numbers:
            await take(number)
    await storage.close()
    return fuse.counted


async def test_turns_of_people_who_talk_at_the_same_time_share_a_commit(path: Path, keys: KeyRing) -> None:
    assert await _commits(path, keys, range(8), at_once=True) <= 2


async def test_who_talks_alone_waits_for_nobody(path: Path, keys: KeyRing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.storage.sqlite.tables.WITHIN", 3600.0)

    assert await asyncio.wait_for(_commits(path, keys, range(4), at_once=False), 60) == 4


async def _turns(storage: Storage, numbers: range, body: str = "{}") -> tuple[list[int], set[str]]:
    """Take turns with new people; return the numbers of those that were committed, and what the others met."""
    done, met = [], set()
    for number in numbers:
        person = Address("slack", "T1", f"U{number}")
        try:
            await storage.commit(turn(person, inbound=f"e{number}", body=body))
            done.append(number)
        except StorageUnavailableError as error:
            met.add(str(error))
    return done, met


async def test_while_another_program_holds_the_lock_nothing_is_written_and_afterwards_it_is(
    path: Path, keys: KeyRing
) -> None:
    storage = SealedStorage(SqliteTables(open_database(path, keys, _impatient)), keys)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageUnavailableError, match="locked"):
            await storage.commit(turn(rows=[row()]))
        other.execute("ROLLBACK")

    assert await storage.kept(SAM) is None
    assert await storage.commit(turn(rows=[row()])) == "committed"
    await storage.close()


async def test_reading_goes_on_while_another_program_holds_the_lock(path: Path, keys: KeyRing) -> None:
    storage = SealedStorage(SqliteTables(open_database(path, keys, _impatient)), keys)
    await storage.commit(turn())

    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        loaded = await storage.load(SAM)

    assert loaded.body == turn().body
    await storage.close()


async def test_a_full_disk_loses_nothing_and_is_left_behind(path: Path, keys: KeyRing) -> None:
    database = open_database(path, keys)
    pages = database.writer.execute("PRAGMA page_count").fetchone()[0]
    database.writer.execute(f"PRAGMA max_page_count = {pages + 20}")
    storage = SealedStorage(SqliteTables(database), keys)

    while_full, met = await _turns(storage, range(40), "x" * 3000)
    await storage._tables._writer.do(lambda connection: connection.execute("PRAGMA max_page_count = 100000").fetchone())
    afterwards, _ = await _turns(storage, range(40, 45), "x" * 3000)

    assert met == {"the database could not do it: database or disk is full"}
    assert 0 < len(while_full) < 40
    assert afterwards == list(range(40, 45))
    await storage.close()
    with closing(sqlite3.connect(path)) as check:
        kept = [int(person[1:]) for (person,) in check.execute("SELECT person FROM conversations ORDER BY id")]
        assert check.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert kept == while_full + afterwards


async def test_whoever_finds_the_tables_made_by_another_meanwhile_uses_them(path: Path, keys: KeyRing) -> None:
    def be_overtaken(statement: str) -> None:
        overtaking = open_database(path, keys)
        overtaking.writer.close()
        overtaking.reader.close()  # type: ignore[union-attr]

    fuse = Fuse(be_overtaken, only="BEGIN IMMEDIATE")
    fuse.arm(1)

    storage = SealedStorage(SqliteTables(open_database(path, keys, fuse.connect)), keys)

    assert fuse.disarm()
    assert await storage.commit(turn()) == "committed"
    await storage.close()


async def test_two_storages_on_one_file_see_each_other(path: Path, keys: KeyRing) -> None:
    one, other = [await open_storage(f"sqlite:///{path}", keys) for _ in range(2)]
    await one.commit(turn(rows=[row()]))

    stale = await other.commit(turn(inbound="e2"))
    claimed = await claimed_bodies(other)

    assert (stale, claimed, await claimed_bodies(one)) == ("conflict", ["hello"], [])
    await one.close()
    await other.close()


async def test_two_storages_that_race_for_every_version_lose_no_turn(path: Path, keys: KeyRing) -> None:
    storages = [await open_storage(f"sqlite:///{path}", keys) for _ in range(2)]

    async def count_up(storage: Storage, name: str) -> None:
        for number in range(30):
            while True:
                loaded = await storage.load(SAM)
                body = str(int(loaded.body or 0) + 1)
                change = turn(version=loaded.version, inbound=f"{name}{number}", body=body, rows=[row(body)])
                if await storage.commit(change) == "committed":
                    break

    await asyncio.gather(count_up(storages[0], "a"), count_up(storages[1], "b"))

    kept = await storages[0].kept(SAM)
    assert kept is not None
    assert kept.body == "60"
    assert [letter.body for letter in kept.letters] == [str(number) for number in range(1, 61)]
    for storage in storages:
        await storage.close()
