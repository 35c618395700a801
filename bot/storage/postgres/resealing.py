"""Pages of values that older keys sealed, and their replacement."""

from __future__ import annotations

from collections.abc import Sequence

import asyncpg

from bot.storage.crypto import ID_AT, ID_BYTES
from bot.storage.postgres.changes import rows_of
from bot.storage.rotation import PAGE, Resealed, RowKey, SealedColumn, SealedValue


async def old_page(
    connection: asyncpg.Connection, column: SealedColumn, after: RowKey, newest: bytes
) -> list[SealedValue]:
    """Return the next values that another key than ``newest`` sealed."""
    rows = await connection.fetch(
        f"SELECT {column.key}, {column.column}, {column.made_of} FROM {column.table}"
        f" WHERE {column.key} > $1 AND substring({column.column} FROM {ID_AT + 1} FOR {ID_BYTES}) <> $2"
        f" ORDER BY {column.key} LIMIT {PAGE}",
        after,
        newest,
    )
    return [SealedValue(key, value, tuple(made_of)) for key, value, *made_of in rows]


async def replace_values(connection: asyncpg.Connection, column: SealedColumn, resealed: Sequence[Resealed]) -> int:
    """Write each where the old value still stands; return how many did."""
    update = f"UPDATE {column.table} SET {column.column} = $1 WHERE {column.key} = $2 AND {column.column} = $3"
    async with connection.transaction():
        return sum([rows_of(await connection.execute(update, *values)) for values in resealed])
