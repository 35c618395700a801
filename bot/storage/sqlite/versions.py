"""Versions of the library, and how reloads went. Inside the transaction of whoever calls."""

from __future__ import annotations

import sqlite3

from bot.storage.notes import PUBLISHED, REFUSED, Note
from bot.storage.records import BodyRow
from bot.storage.version_statements import (
    BODIES,
    BUNDLE,
    DROP_VERSION,
    FORGET_RELOAD,
    KEEP_RELOAD,
    KEEP_VERSION,
    RELOAD,
    REPLACE_VERSION,
    UNUSED,
    USED,
)


def keep_version(connection: sqlite3.Connection, version: str, now: int, bundle: bytes) -> None:
    connection.execute(KEEP_VERSION, (version, now, bundle))


def read_version(connection: sqlite3.Connection, version: str) -> bytes | None:
    found = connection.execute(BUNDLE, (version,)).fetchone()
    return None if found is None else bytes(found[0])


def versions_in_use(connection: sqlite3.Connection) -> frozenset[str]:
    return frozenset(version for (version,) in connection.execute(USED))


def drop_versions(connection: sqlite3.Connection, until: int, published: str) -> int:
    """Delete what is unused; in one transaction with the look at what is used, so that no turn comes between."""
    old = {version for (version,) in connection.execute(UNUSED, (until,))} - {published}
    unused = old - versions_in_use(connection) if old else old
    connection.executemany(DROP_VERSION, [(version,) for version in unused])
    return len(unused)


def publish(connection: sqlite3.Connection, version: str, at: int, bundle: bytes, note: str) -> None:
    connection.execute(REPLACE_VERSION, (version, at, bundle))
    connection.execute(KEEP_RELOAD, (PUBLISHED, at, note))
    connection.execute(FORGET_RELOAD, (REFUSED,))


def read_reload(connection: sqlite3.Connection, name: str) -> Note | None:
    found: Note | None = connection.execute(RELOAD, (name,)).fetchone()
    return found


def write_reload(connection: sqlite3.Connection, name: str, at: int, value: str) -> None:
    connection.execute(KEEP_RELOAD, (name, at, value))


def read_bodies(connection: sqlite3.Connection, after: int, most: int) -> list[BodyRow]:
    return [BodyRow(*row) for row in connection.execute(BODIES, (after, most))]
