"""The door to storage: what it opens, and what it says of what it cannot open."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.errors import AfterwordError, UsageError
from bot.runtime.ports import KeyMissingError
from bot.storage.crypto import Key, KeyRing
from bot.storage.errors import (
    BadDatabaseUrlError,
    DatabaseUnusableError,
    NewerDatabaseError,
    NotOurDatabaseError,
)
from bot.storage.migrations import NEWEST
from bot.storage.opening import check_url, is_fresh, is_memory, open_storage, without_password
from tests.storage.people import SAM, turn


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "afterword.db"


async def _make(path: Path, keys: KeyRing) -> None:
    storage = await open_storage(f"sqlite:///{path}", keys)
    await storage.commit(turn())
    await storage.close()


async def _refused(path: Path, keys: KeyRing, error: type[AfterwordError]) -> str:
    with pytest.raises(error) as refused:
        await open_storage(f"sqlite:///{path}", keys)
    return str(refused.value)


async def test_what_was_kept_is_there_after_a_restart(path: Path, keys: KeyRing) -> None:
    await _make(path, keys)

    storage = await open_storage(f"sqlite:///{path}", keys)

    assert (await storage.load(SAM)).body == turn().body
    await storage.close()


async def test_a_new_file_is_for_its_owner_alone(path: Path, keys: KeyRing) -> None:
    await _make(path, keys)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


async def test_closing_leaves_one_file(path: Path, keys: KeyRing) -> None:
    await _make(path, keys)

    assert list(path.parent.iterdir()) == [path]


async def test_closing_twice_is_harmless(keys: KeyRing) -> None:
    storage = await open_storage("sqlite://", keys)

    await storage.close()
    await storage.close()


@pytest.mark.parametrize(
    ("url", "forgets"),
    [
        ("sqlite://", True),
        ("sqlite:///:memory:", True),
        ("sqlite:///data/afterword.db", False),
        ("sqlite:////var/lib/afterword.db", False),
        ("postgresql://localhost/afterword", False),
        ("postgres://sam:word@localhost:5433/afterword?sslmode=require", False),
    ],
)
def test_a_url_names_the_memory_or_what_outlives_the_process(url: str, forgets: bool) -> None:
    check_url(url)

    assert is_memory(url) == forgets


async def test_a_url_names_a_file_from_here_or_from_the_root(tmp_path: Path, keys: KeyRing, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)

    for name in ("here.db", f"{tmp_path}/root.db"):
        await (await open_storage(f"sqlite:///{name}", keys)).close()

    assert sorted(file.name for file in tmp_path.iterdir()) == ["here.db", "root.db"]


@pytest.mark.parametrize("url", ["", "afterword.db", "sqlite:/x", "sqlite://x", "sqlite:///", "mysql://h/d", "x://"])
def test_a_url_that_names_no_database_is_a_usage_error(url: str) -> None:
    with pytest.raises(BadDatabaseUrlError, match="Write it like sqlite:///") as refused:
        check_url(url)

    assert isinstance(refused.value, UsageError)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://h/db", "postgresql://h/db"),
        ("postgresql://u:hunter2@h:5432/db?sslmode=require", "postgresql://h:5432/db"),
        ("postgresql://h/db?user=u&password=hunter2", "postgresql://h/db"),
        ("postgresql://h/db#hunter2", "postgresql://h/db"),
        ("postgresql://u:hunter2/@h/db", "postgresql://..."),
        ("postgresql://u:?hunter2@h/db", "postgresql://..."),
        ("postgresql://u:a@hunter2@h/db", "postgresql://..."),
        ("postgresql://h/db?user=u@h&password=hunter2", "postgresql://..."),
        ("postgresql://u:hunter2://@h/db", "..."),
        ("postgresql://u:hunter2", "postgresql://..."),
        ("postgresql://u:hunter2@one:5432,two:5433/db", "postgresql://one:5432,two:5433/db"),
        ("u:hunter2@h/db", "h/db"),
        ("sqlite:///a folder@home/x.db", "sqlite:///a folder@home/x.db"),
        ("afterword.db", "afterword.db"),
    ],
)
def test_no_password_is_shown_wherever_in_a_url_it_stands(url: str, shown: str) -> None:
    assert without_password(url) == shown


@pytest.mark.parametrize("more", ["?mode=ro", "\0"])
def test_what_follows_the_name_in_a_url_is_refused_rather_than_taken_for_a_part_of_it(more: str) -> None:
    with pytest.raises(BadDatabaseUrlError, match="nothing may follow"):
        check_url(f"sqlite:///afterword.db{more}")


def test_postgresql_says_what_it_comes_with() -> None:
    script = (
        "import sys\n"
        "sys.modules['asyncpg'] = None\n"
        "from bot.storage.opening import check_url\n"
        "check_url('postgresql://localhost/afterword')\n"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)

    assert "DatabaseUnusableError: PostgreSQL needs an extra: install afterword[postgres]" in done.stderr


async def test_a_database_is_fresh_until_something_was_kept(path: Path, keys: KeyRing) -> None:
    before = is_fresh(f"sqlite:///{path}")
    await _make(path, keys)
    after = is_fresh(f"sqlite:///{path}")

    assert (before, after, is_fresh("sqlite://")) == (True, False, True)


async def test_a_missing_folder_is_named(tmp_path: Path, keys: KeyRing) -> None:
    message = await _refused(tmp_path / "nowhere" / "x.db", keys, DatabaseUnusableError)

    assert message == f"There is no folder {tmp_path}/nowhere for the database. Make it, or name another."


async def test_a_folder_is_no_database(tmp_path: Path, keys: KeyRing) -> None:
    assert "is a folder" in await _refused(tmp_path, keys, DatabaseUnusableError)


async def test_a_name_that_the_system_does_not_take_is_refused(tmp_path: Path, keys: KeyRing) -> None:
    message = await _refused(tmp_path / ("x" * 300), keys, DatabaseUnusableError)

    assert "cannot be used (File name too long)" in message


@pytest.mark.parametrize("content", [b"hello, this is a letter and no database " * 200, b"SQLite format 3\x00" * 300])
async def test_another_kind_of_file_is_refused_and_left_alone(path: Path, keys: KeyRing, content: bytes) -> None:
    path.write_bytes(content)

    message = await _refused(path, keys, NotOurDatabaseError)

    assert message.startswith(f"{path} is not a database, or is damaged.")
    assert path.read_bytes() == content


async def test_a_database_of_another_program_is_refused_and_left_alone(path: Path, keys: KeyRing) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE recipes (id)")
    before = path.read_bytes()

    assert "another program" in await _refused(path, keys, NotOurDatabaseError)
    assert path.read_bytes() == before


async def test_a_newer_database_is_refused_and_left_alone(path: Path, keys: KeyRing) -> None:
    await _make(path, keys)
    with closing(sqlite3.connect(path)) as newer:
        newer.execute(f"PRAGMA user_version = {NEWEST + 1}")
        newer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = path.read_bytes()

    message = await _refused(path, keys, NewerDatabaseError)

    assert f"tables {NEWEST + 1}, this one knows {NEWEST}" in message
    assert path.read_bytes() == before


async def test_the_wrong_key_is_noticed_at_once(path: Path, keys: KeyRing) -> None:
    await _make(path, keys)

    message = await _refused(path, KeyRing([Key.fresh()]), KeyMissingError)

    assert keys.newest.hex() in message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
async def test_a_file_that_may_not_be_written_is_refused(path: Path, keys: KeyRing) -> None:
    await _make(path, keys)
    path.chmod(0o400)

    assert "permissions" in await _refused(path, keys, DatabaseUnusableError)


async def test_a_file_locked_by_another_program_is_said_to_be(path: Path, keys: KeyRing) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")

        assert "locked" in await _refused(path, keys, DatabaseUnusableError)


def test_opening_a_current_or_a_fresh_database_imports_no_alembic(tmp_path: Path) -> None:
    script = (
        "import asyncio, sys\n"
        "from bot.storage.crypto import Key, KeyRing\n"
        "from bot.storage.opening import open_storage\n"
        "async def main():\n"
        "    keys = KeyRing([Key.fresh()])\n"
        f"    for _ in range(2): await (await open_storage('sqlite:///{tmp_path}/x.db', keys)).close()\n"
        "asyncio.run(main())\n"
        "assert not {'alembic', 'sqlalchemy'} & set(sys.modules)\n"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
