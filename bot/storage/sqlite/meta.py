"""Notes that are for every process: whether all is paused, for example. They lie beside the inbound secret."""

from __future__ import annotations

import sqlite3

from bot.storage.statements import ERASE_NOTE, KEEP_NOTE, NOTE


def read_note(connection: sqlite3.Connection, name: str) -> bytes | None:
    found: tuple[bytes] | None = connection.execute(NOTE, (name,)).fetchone()
    return None if found is None else found[0]


def write_note(connection: sqlite3.Connection, name: str, value: bytes | None) -> None:
    if value is None:
        connection.execute(ERASE_NOTE, (name,))
    else:
        connection.execute(KEEP_NOTE, (name, value))
