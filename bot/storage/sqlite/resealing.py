"""Pages of values that older keys sealed, and their replacement."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from bot.storage.crypto import ID_AT, ID_BYTES
from bot.storage.rotation import PAGE, Resealed, RowKey, SealedColumn, SealedValue


def old_page(connection: sqlite3.Connection, column: SealedColumn, after: RowKey, newest: bytes) -> list[SealedValue]:
    """Return the next values that another key than ``newest`` sealed."""
    rows = connection.execute(
        f"SELECT {column.key}, {column.column}, {column.made_of} FROM {column.table}"
        f" WHERE {column.key} > ? AND substr({column.column}, {ID_AT + 1}, {ID_BYTES}) <> ?"
        f" ORDER BY {column.key} LIMIT {PAGE}",
        (after, newest),
    )
    return [SealedValue(key, value, tuple(made_of)) for key, value, *made_of in rows]


def replace_values(connection: sqlite3.Connection, column: SealedColumn, resealed: Sequence[Resealed]) -> int:
    """Write each where the old value still stands; return how many did."""
    update = f"UPDATE {column.table} SET {column.column} = ? WHERE {column.key} = ? AND {column.column} = ?"
    return connection.executemany(update, resealed).rowcount
