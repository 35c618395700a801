"""The tables of a fresh database and those that the migrations lead to are the same, however often it is tried."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.storage.crypto import KeyRing
from bot.storage.migrations import NEWEST
from bot.storage.migrations.upgrade import upgrade
from bot.storage.opening import open_storage
from bot.storage.sqlite import schema
from bot.storage.sqlite.database import transaction
from tests.storage.people import SAM, turn

ROOT = Path(__file__).parents[3]


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        yield made


def _shape(connection: sqlite3.Connection) -> dict[str, Any]:
    """Tables with their columns and indexes, whatever the statements looked like."""
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: (_columns(connection, name), _indexes(connection, name)) for name in tables}


def _columns(connection: sqlite3.Connection, table: str) -> list[Any]:
    return connection.execute(f"PRAGMA table_info({table})").fetchall()


def _indexes(connection: sqlite3.Connection, table: str) -> list[Any]:
    found = connection.execute(f"PRAGMA index_list({table})").fetchall()
    return sorted((name, rest, connection.execute(f"PRAGMA index_info({name})").fetchall()) for _, name, *rest in found)


def test_migrations_lead_to_the_tables_of_a_fresh_database(connection: sqlite3.Connection) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        schema.make_tables(fresh)

        with transaction(connection):
            schema.upgrade_tables(connection)

        assert _shape(connection) == _shape(fresh)
        assert schema.version(connection) == schema.version(fresh) == NEWEST
        assert schema.is_ours(connection)


def test_the_newest_migration_has_the_number_that_the_code_expects() -> None:
    files = (ROOT / "bot/storage/migrations/versions").glob("[0-9]*.py")

    assert max(file.name for file in files).startswith(f"{NEWEST:04}_")


def test_migrating_what_is_current_changes_nothing(connection: sqlite3.Connection) -> None:
    schema.make_tables(connection)
    before = _shape(connection)

    with transaction(connection):
        upgrade(connection)

    assert _shape(connection) == before


def test_a_migration_that_is_undone_leaves_nothing(connection: sqlite3.Connection) -> None:
    def upgrade_and_fail() -> None:
        with transaction(connection):
            schema.upgrade_tables(connection)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        upgrade_and_fail()

    assert _shape(connection) == {}
    assert schema.version(connection) == 0


_DIES = """
import os, signal, sqlite3, sys
from bot.storage.sqlite import schema
from bot.storage.sqlite.database import transaction

class Dying(sqlite3.Cursor):
    left = int(sys.argv[2])
    def execute(self, *words):
        Dying.left -= 1
        if Dying.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().execute(*words)

class Connection(sqlite3.Connection):
    def cursor(self, factory=Dying):
        return super().cursor(factory)

connection = sqlite3.connect(sys.argv[1], isolation_level=None, factory=Connection)
connection.execute("PRAGMA journal_mode = WAL")
with transaction(connection):
    schema.upgrade_tables(connection)
"""


@pytest.mark.parametrize("at", [1, 3, 6, 9, 12, 15, 18])
async def test_a_migration_killed_at_any_step_is_as_if_it_had_not_begun(tmp_path: Path, keys: KeyRing, at: int) -> None:
    path = tmp_path / "afterword.db"

    killed = subprocess.run([sys.executable, "-c", _DIES, str(path), str(at)], cwd=ROOT, check=False)

    assert killed.returncode == -signal.SIGKILL
    with closing(sqlite3.connect(path)) as connection:
        assert _shape(connection) == {}
    storage = await open_storage(f"sqlite:///{path}", keys)
    assert await storage.commit(turn()) == "committed"
    assert (await storage.load(SAM)).body == turn().body
    await storage.close()
