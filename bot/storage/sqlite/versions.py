"""Versions of the library, and how reloads went. Inside the transaction of whoever calls."""

from __future__ import annotations

import sqlite3

from bot.storage import version_statements as sql
from bot.storage.notes import PUBLISHED, REFUSED, Note
from bot.storage.records import BodyRow


def keep_version(connection: sqlite3.Connection, version: str, now: int, bundle: bytes) -> None:
    connection.execute(sql.KEEP_VERSION, (version, now, bundle))


def read_version(connection: sqlite3.Connection, version: str) -> bytes | None:
    found = connection.execute(sql.BUNDLE, (version,)).fetchone()
    return None if found is None else bytes(found[0])


def versions_in_use(connection: sqlite3.Connection) -> frozenset[str]:
    return frozenset(version for (version,) in connection.execute(sql.USED))


def drop_versions(connection: sqlite3.Connection, until: int, published: str) -> int:
    """Delete what is unused; in one transaction with the look at what is used, so that no turn comes between."""
    old = {version for (version,) in connection.execute(sql.UNUSED, (until,))} - {published}
    unused = old - versions_in_use(connection) if old else old
    connection.executemany(sql.DROP_VERSION, [(version,) for version in unused])
    return len(unused)


def publish(connection: sqlite3.Connection, version: str, at: int, bundle: bytes, note: str) -> None:
    connection.execute(sql.REPLACE_VERSION, (version, at, bundle))
    connection.execute(sql.KEEP_RELOAD, (PUBLISHED, at, note))
    connection.execute(sql.FORGET_RELOAD, (REFUSED,))


def read_reload(connection: sqlite3.Connection, name: str) -> Note | None:
    found: Note | None = connection.execute(sql.RELOAD, (name,)).fetchone()
    return found


def write_reload(connection: sqlite3.Connection, name: str, at: int, value: str) -> None:
    connection.execute(sql.KEEP_RELOAD, (name, at, value))


def read_bodies(connection: sqlite3.Connection, after: int, most: int) -> list[BodyRow]:
    return [BodyRow(*row) for row in connection.execute(sql.BODIES, (after, most))]
