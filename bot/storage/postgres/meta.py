"""Notes that are for every process: whether all is paused, for example. They lie beside the inbound secret."""

from __future__ import annotations

import asyncpg

from bot.storage.statements import ERASE_NOTE, KEEP_NOTE, NOTE, numbered

_NOTE, _KEEP, _ERASE = map(numbered, (NOTE, KEEP_NOTE, ERASE_NOTE))


async def read_note(connection: asyncpg.Connection, name: str) -> bytes | None:
    found: bytes | None = await connection.fetchval(_NOTE, name)
    return found


async def write_note(connection: asyncpg.Connection, name: str, value: bytes | None) -> None:
    if value is None:
        await connection.execute(_ERASE, name)
    else:
        await connection.execute(_KEEP, name, value)
