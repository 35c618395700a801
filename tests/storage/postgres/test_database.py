"""Opening a database on a server: whose it is, who makes its tables, and what a migration that is cut short leaves."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.runtime.ports import KeyMissingError
from bot.storage.crypto import Key, KeyRing
from bot.storage.errors import (
    BadDatabaseUrlError,
    DatabaseUnusableError,
    NewerDatabaseError,
    NotOurDatabaseError,
)
from bot.storage.migrations import NEWEST
from bot.storage.migrations.upgrade import script
from bot.storage.opening import is_fresh, open_storage, sealed_with
from tests.storage.databases import execute
from tests.storage.people import SAM, claimed_bodies, row, said, turn
from tests.storage.postgres.server import new_database

VERIFIED = "postgresql://afterword:hush@127.0.0.1:1/x?sslmode=verify-full"
ROOT = Path(__file__).parents[3]


@pytest.fixture
def bare_url(server_url: str) -> str:
    """A database without tables."""
    return new_database(server_url)


async def test_of_many_that_start_at_once_one_makes_the_tables_and_all_can_work(bare_url: str, keys: KeyRing) -> None:
    storages = await asyncio.gather(*(open_storage(bare_url, keys) for _ in range(8)))

    outcomes = [await storage.commit(turn(inbound=f"e{n}")) for n, storage in enumerate(storages)]

    assert outcomes == ["committed"] + ["conflict"] * 7
    for storage in storages:
        await storage.close()


async def test_a_database_is_fresh_until_its_tables_were_made(bare_url: str, keys: KeyRing) -> None:
    before = is_fresh(bare_url)
    await (await open_storage(bare_url, keys)).close()

    assert (before, is_fresh(bare_url)) == (True, False)


async def test_what_was_kept_is_there_after_a_restart(postgres_url: str, keys: KeyRing) -> None:
    first = await open_storage(postgres_url, keys)
    await first.commit(turn())
    await first.close()

    second = await open_storage(postgres_url, keys)

    assert (await second.load(SAM)).body == turn().body
    await second.close()


async def test_tables_of_another_program_are_refused_and_left_alone(bare_url: str, keys: KeyRing) -> None:
    await execute(bare_url, "CREATE TABLE conversations (id int)")

    with pytest.raises(NotOurDatabaseError, match="another program"):
        await open_storage(bare_url, keys)

    await execute(bare_url, "SELECT id FROM conversations")


async def test_a_newer_database_is_refused(postgres_url: str, keys: KeyRing) -> None:
    await execute(postgres_url, f"UPDATE alembic_version SET version_num = '{NEWEST + 1:04}'")

    with pytest.raises(NewerDatabaseError, match="newer Afterword"):
        await open_storage(postgres_url, keys)


async def test_it_is_known_which_key_a_database_needs(bare_url: str, keys: KeyRing) -> None:
    before = await sealed_with(bare_url)
    await (await open_storage(bare_url, keys)).close()

    assert before is None
    assert await sealed_with(bare_url) == keys.newest


async def test_the_wrong_key_is_noticed_at_once(postgres_url: str, keys: KeyRing) -> None:
    await (await open_storage(postgres_url, keys)).close()

    with pytest.raises(KeyMissingError, match=keys.newest.hex()):
        await open_storage(postgres_url, KeyRing([Key.fresh()]))


@pytest.mark.parametrize(
    ("url", "error", "said"),
    [
        ("postgresql://afterword:hush@127.0.0.1:1/x", DatabaseUnusableError, "cannot be reached"),
        ("postgresql://afterword:hush@no-such-host.invalid/x", DatabaseUnusableError, "cannot be reached"),
        ("postgresql://afterword:hush@127.0.0.1:port/x", BadDatabaseUrlError, "is not understood"),
        ("postgresql://afterword:hush@127.0.0.1:1/x?sslmode=foo", BadDatabaseUrlError, "no such `sslmode`"),
        (f"{VERIFIED}&sslrootcert=/no/such.crt", DatabaseUnusableError, "is not there: look at"),
        (f"{VERIFIED}&sslrootcert={__file__}", DatabaseUnusableError, "in a safe way"),
    ],
)
async def test_what_cannot_be_opened_is_explained_without_the_password(
    url: str, error: type[Exception], said: str, keys: KeyRing
) -> None:
    with pytest.raises(error, match=said) as refused:
        await open_storage(url, keys)

    assert "hush" not in str(refused.value)


async def test_a_root_certificate_that_is_not_there_is_named(
    keys: KeyRing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))

    with pytest.raises(DatabaseUnusableError, match=r"no root certificate.*~/\.postgresql/root\.crt.*sslrootcert="):
        await open_storage(VERIFIED, keys)


async def test_a_database_that_does_not_exist_is_said_to_be_missing(postgres_url: str, keys: KeyRing) -> None:
    with pytest.raises(DatabaseUnusableError, match="does not exist yet"):
        await open_storage(f"{postgres_url}_no", keys)


@pytest.mark.parametrize("version", range(1, NEWEST))
async def test_a_database_of_an_older_release_is_brought_up_to_date(bare_url: str, keys: KeyRing, version: int) -> None:
    whole = script(0)
    end = whole.index(f"-- Running upgrade {version:04} -> ")
    await execute(bare_url, whole[:end])

    storage = await open_storage(bare_url, keys)

    await said(storage, "hello")
    assert await claimed_bodies(storage) == ["hello"]
    await storage.close()


async def test_a_process_that_runs_goes_on_while_a_newer_one_adds_to_the_tables(
    lasting_url: str, keys: KeyRing
) -> None:
    running = await open_storage(lasting_url, keys)
    await running.commit(turn(rows=[row("before")]))

    await execute(lasting_url, "ALTER TABLE conversations ADD COLUMN mood TEXT NOT NULL DEFAULT ''")
    await execute(lasting_url, "ALTER TABLE outbox ADD COLUMN colour TEXT")
    await execute(lasting_url, "CREATE INDEX conversations_mood ON conversations (mood)")
    await said(running, "after")

    kept = await running.kept(SAM)
    assert kept is not None
    assert [letter.body for letter in kept.letters] == ["before", "after"]
    await running.close()


_DIES = """
import asyncio, os, signal, sys
from bot.storage.crypto import Key, KeyRing
from bot.storage.migrations.upgrade import script
from bot.storage.postgres import database
from bot.storage.postgres.connection import connect

class Dying:
    def __init__(self, connection): self.connection = connection
    def __getattr__(self, name): return getattr(self.connection, name)
    async def execute(self, statement, *values):
        if "CREATE TABLE" not in statement:
            return await self.connection.execute(statement, *values)
        for number, one in enumerate(statement.split(";"), 1):
            if number == int(sys.argv[2]):
                os.kill(os.getpid(), signal.SIGKILL)
            if one.strip():
                await self.connection.execute(one)

async def dying(url, **more):
    return Dying(await connect(url, **more))

asyncio.run(database.open_database(sys.argv[1], KeyRing([Key.fresh()]), dying))
"""


@pytest.mark.parametrize("at", [1, 2, 5, 10, 15, 20, 24])
async def test_a_migration_killed_at_any_step_is_as_if_it_had_not_begun(bare_url: str, keys: KeyRing, at: int) -> None:
    killed = subprocess.run([sys.executable, "-c", _DIES, bare_url, str(at)], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL

    storage = await open_storage(bare_url, keys)

    assert await storage.commit(turn()) == "committed"
    assert (await storage.load(SAM)).body == turn().body
    await storage.close()
