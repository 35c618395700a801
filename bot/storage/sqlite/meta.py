"""Notes that are for every process: whether all is paused, for example. They lie beside the inbound secret."""

from __future__ import annotations

import sqlite3

_READ = "SELECT value FROM meta WHERE name = ?"
_WRITE = "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
_ERASE = "DELETE FROM meta WHERE name = ?"


def read_note(connection: sqlite3.Connection, name: str) -> bytes | None:
    found: tuple[bytes] | None = connection.execute(_READ, (name,)).fetchone()
    return None if found is None else found[0]


def write_note(connection: sqlite3.Connection, name: str, value: bytes | None) -> None:
    if value is None:
        connection.execute(_ERASE, (name,))
    else:
        connection.execute(_WRITE, (name, value))
