"""Opens a database file: looks whether it is ours, makes or upgrades its tables, and starts its two threads."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.storage.crypto import KeyRing, key_id
from bot.storage.errors import DatabaseUnusableError, NewerDatabaseError, NotOurDatabaseError
from bot.storage.migrations import NEWEST
from bot.storage.rows import SECRET, meta_place
from bot.storage.sqlite import schema
from bot.storage.sqlite.batches import read_batch, write_batch
from bot.storage.sqlite.connection import MEMORY, connect, explained, prepare, reachable
from bot.storage.sqlite.thread import DatabaseThread

Connect = Callable[[Path], sqlite3.Connection]
"""Makes a connection; a test gives one that fails at a chosen statement."""


@dataclass(frozen=True, slots=True)
class Database:
    """An open, current database. ``secret`` hashes inbound ids, and stays the same when keys rotate."""

    path: Path
    writer: sqlite3.Connection
    reader: sqlite3.Connection | None
    secret: bytes

    def start(self) -> tuple[DatabaseThread, DatabaseThread]:
        """Return the thread that writes and the one that reads: the same for memory, which has one connection."""
        writer = DatabaseThread("afterword-writer", self.writer, write_batch)
        if self.reader is None:
            return writer, writer
        return writer, DatabaseThread("afterword-reader", self.reader, read_batch)


def open_database(path: Path, keys: KeyRing, make: Connect = connect) -> Database:
    """Open the file, or make it.

    Raises:
        DatabaseUnusableError: it cannot be opened, read or written.
        NotOurDatabaseError: it is no database, or one of another program.
        NewerDatabaseError: a newer version has written it.
        KeyMissingError: its key is not in the ring.
    """
    try:
        reachable(path)
        writer = make(path)
        with _closed_on_error(writer):
            _look(writer, path)
            prepare(writer)
            _bring_up(writer, path)
            secret = _secret(writer, keys)
            return Database(path, writer, None if path == MEMORY else _reader(path, make), secret)
    except sqlite3.Error as error:
        raise explained(path, error) from error
    except OSError as error:
        raise DatabaseUnusableError(f"{path} cannot be used ({error.strerror}). Look at its name and place.") from error


def sealed_with(path: Path) -> bytes | None:
    """Return the id of the key that a file needs, ``None`` where nothing was kept yet. Nothing is made or changed.

    Raises:
        DatabaseUnusableError, NotOurDatabaseError, NewerDatabaseError: as ``open_database``.
    """
    if path == MEMORY or not path.is_file():
        return None
    try:
        reachable(path)
        with closing(connect(path)) as connection:
            found = _sealed_secret(connection) if _look(connection, path) else None
            return None if found is None else key_id(found)
    except sqlite3.Error as error:
        raise explained(path, error) from error


def _look(connection: sqlite3.Connection, path: Path) -> int:
    """Return the version of the tables, 0 when there are none yet. What is not ours is not touched."""
    if schema.is_empty(connection):
        return 0
    if not schema.is_ours(connection):
        raise NotOurDatabaseError(f"{path} is a database of another program. Name another file.")
    version = schema.version(connection)
    if version > NEWEST:
        raise NewerDatabaseError(
            f"{path} was written by a newer Afterword (tables {version}, this one knows {NEWEST})."
            " Run that version, or name another file."
        )
    return version


def _bring_up(connection: sqlite3.Connection, path: Path) -> None:
    if _look(connection, path) == NEWEST:
        return
    with transaction(connection):
        # Of several processes that start at once, one makes the tables while the others wait; so look again.
        version = _look(connection, path)
        if version == 0:
            schema.make_tables(connection)
        elif version < NEWEST:
            schema.upgrade_tables(connection)


def _secret(connection: sqlite3.Connection, keys: KeyRing) -> bytes:
    found = _sealed_secret(connection)
    if found is None:
        fresh = keys.seal(secrets.token_hex(32), meta_place(SECRET))
        connection.execute("INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING", (SECRET, fresh))
        found = _sealed_secret(connection)
        assert found is not None, "it was just written, by us or by another process"
    return bytes.fromhex(keys.open(found, meta_place(SECRET)))


def _sealed_secret(connection: sqlite3.Connection) -> bytes | None:
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (SECRET,)).fetchone()
    return None if row is None else bytes(row[0])


def _reader(path: Path, make: Connect) -> sqlite3.Connection:
    reader = make(path)
    with _closed_on_error(reader):
        prepare(reader)
        reader.execute("PRAGMA query_only = ON")
        return reader


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing, with other writers kept out."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


@contextmanager
def _closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise
