"""One connection to a SQLite file, set up the way we need it, and what its errors mean."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

from bot.storage.errors import DatabaseUnusableError, NotOurDatabaseError

MEMORY = Path(":memory:")

BUSY_SECONDS = 2.0
"""How long a statement waits for another process; somebody waits for us for two seconds and a half."""

BETWEEN_TRIES = 0.01
"""Seconds between two attempts at what SQLite does not wait for by itself."""

_WAITS = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_PLACE = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_AUTH}


def connect(path: Path) -> sqlite3.Connection:
    """Open the file, and make it, for our eyes alone, when there is none. Transactions are begun by hand."""
    if path != MEMORY:
        _make(path)
    return sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)


def prepare(connection: sqlite3.Connection) -> None:
    """Choose durability over speed, and leave no deleted text behind.

    Raises:
        sqlite3.Error: the file is no database, or cannot be read or written.
    """
    _write_ahead(connection)
    for setting in (
        "synchronous = FULL",
        "fullfsync = ON",  # macOS otherwise leaves a commit in the drive's own memory; elsewhere it changes nothing
        "secure_delete = ON",
        "temp_store = MEMORY",
        "journal_size_limit = 16000000",
        "trusted_schema = OFF",
    ):
        connection.execute(f"PRAGMA {setting}")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Keep a write-ahead log. Of several processes that begin a file at once, SQLite lets only one, and none waits."""
    until = time.monotonic() + BUSY_SECONDS
    while _value(connection, "PRAGMA journal_mode") not in ("wal", "memory"):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode not in _WAITS or time.monotonic() > until:
                raise
            time.sleep(BETWEEN_TRIES)


def empty_log(path: Path) -> None:
    """Empty the write-ahead log, so that what was deleted is gone from there too; what keeps it busy is left alone."""
    with suppress(sqlite3.OperationalError), closing(sqlite3.connect(path, timeout=0.2)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def explained(path: Path, error: sqlite3.Error) -> NotOurDatabaseError | DatabaseUnusableError:
    """Say what an error at opening means for whoever runs the program."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return NotOurDatabaseError(f"{path} is not a database, or is damaged. Name another file, or restore a backup.")
    if code in _WAITS:
        return DatabaseUnusableError(f"{path} is locked by another program. Close that program and try again.")
    if code in _PLACE:
        return DatabaseUnusableError(
            f"{path} cannot be opened for writing. Look at its permissions and those of its folder."
        )
    return DatabaseUnusableError(f"{path} cannot be used: {error}.")


def reachable(path: Path) -> None:
    """Refuse what SQLite would only call "unable to open database file".

    Raises:
        DatabaseUnusableError: there is no such folder, it is not a file, or it may not be read and written.
    """
    if path == MEMORY:
        return
    if not path.parent.is_dir():
        raise DatabaseUnusableError(f"There is no folder {path.parent} for the database. Make it, or name another.")
    if path.is_dir():
        raise DatabaseUnusableError(f"{path} is a folder. Name a file for the database.")
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        raise DatabaseUnusableError(f"{path} may not be read and written. Look at its permissions.")


def _make(path: Path) -> None:
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))


def _value(connection: sqlite3.Connection, question: str) -> object:
    with closing(connection.execute(question)) as cursor:
        return cursor.fetchone()[0]
