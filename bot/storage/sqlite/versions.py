"""Versions of the library, and how reloads went. Inside the transaction of whoever calls."""

from __future__ import annotations

import sqlite3

_KEEP = """
INSERT INTO versions (version, kept_at, bundle) VALUES (?, ?, ?)
ON CONFLICT (version) DO UPDATE SET kept_at = max(kept_at, excluded.kept_at)
"""
_REPLACE = """
INSERT INTO versions (version, kept_at, bundle) VALUES (?, ?, ?)
ON CONFLICT (version) DO UPDATE SET kept_at = max(kept_at, excluded.kept_at), bundle = excluded.bundle
"""
_BUNDLE = "SELECT bundle FROM versions WHERE version = ?"
_UNUSED = "SELECT version FROM versions WHERE kept_at <= ?"
_DROP = "DELETE FROM versions WHERE version = ?"
# One look into the index for each value there is, however many conversations have it.
_USED = """
WITH RECURSIVE finishing (version) AS (
    SELECT min(finishes_on) FROM conversations WHERE finishes_on <> ''
    UNION ALL
    SELECT (SELECT min(finishes_on) FROM conversations WHERE finishes_on <> '' AND finishes_on > finishing.version)
    FROM finishing WHERE finishing.version IS NOT NULL
), planned (platform, version) AS (
    SELECT * FROM (SELECT platform, planned_with FROM conversations ORDER BY platform, planned_with LIMIT 1)
    UNION ALL
    SELECT next.platform, next.planned_with FROM planned, conversations AS next
    WHERE next.id = (
        SELECT id FROM conversations AS other
        WHERE (other.platform, other.planned_with) > (planned.platform, planned.version)
        ORDER BY other.platform, other.planned_with LIMIT 1)
)
SELECT version FROM finishing WHERE version IS NOT NULL UNION SELECT version FROM planned WHERE version <> ''
"""
_NOTE = """
INSERT INTO reloads (name, at, value) VALUES (?, ?, ?)
ON CONFLICT (name) DO UPDATE SET at = excluded.at, value = excluded.value
"""
_NOTED = "SELECT at, value FROM reloads WHERE name = ?"
_FORGET_NOTE = "DELETE FROM reloads WHERE name = ?"
_PAGE = """
SELECT id, platform, tenant, person, version, body FROM conversations WHERE id > ? ORDER BY id LIMIT ?
"""


def keep_version(connection: sqlite3.Connection, version: str, now: int, bundle: bytes) -> None:
    connection.execute(_KEEP, (version, now, bundle))


def replace_version(connection: sqlite3.Connection, version: str, now: int, bundle: bytes) -> None:
    connection.execute(_REPLACE, (version, now, bundle))


def read_version(connection: sqlite3.Connection, version: str) -> bytes | None:
    found = connection.execute(_BUNDLE, (version,)).fetchone()
    return None if found is None else bytes(found[0])


def versions_in_use(connection: sqlite3.Connection) -> frozenset[str]:
    return frozenset(version for (version,) in connection.execute(_USED))


def drop_versions(connection: sqlite3.Connection, until: int, published: str) -> int:
    """Delete what is unused; in one transaction with the look at what is used, so that no turn comes between."""
    old = {version for (version,) in connection.execute(_UNUSED, (until,))} - {published}
    unused = old - versions_in_use(connection) if old else old
    connection.executemany(_DROP, [(version,) for version in unused])
    return len(unused)


def note(connection: sqlite3.Connection, name: str, at: int, value: str) -> None:
    connection.execute(_NOTE, (name, at, value))


def read_note(connection: sqlite3.Connection, name: str) -> tuple[int, str] | None:
    found: tuple[int, str] | None = connection.execute(_NOTED, (name,)).fetchone()
    return found


def forget_note(connection: sqlite3.Connection, name: str) -> None:
    connection.execute(_FORGET_NOTE, (name,))


def read_page(connection: sqlite3.Connection, after: int, most: int) -> list[tuple[int, str, str, str, int, bytes]]:
    return connection.execute(_PAGE, (after, most)).fetchall()
