"""A way into any database past the storage, as a thief or a tired operator has it."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import asyncpg


async def execute(url: str, statement: str) -> None:
    if url.startswith("postgresql://"):
        connection = await asyncpg.connect(url)
        await connection.execute(statement)
        await connection.close()
        return
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file, file:
        file.execute(statement)
