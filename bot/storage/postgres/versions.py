"""Versions of the library, and how reloads went."""

from __future__ import annotations

import asyncpg

from bot.storage import version_statements as sql
from bot.storage.notes import PUBLISHED, REFUSED, Note
from bot.storage.records import BodyRow
from bot.storage.statements import numbered

_KEEP, _REPLACE, _BUNDLE, _UNUSED, _DROP, _KEEP_RELOAD, _FORGET_RELOAD, _RELOAD, _BODIES = map(
    numbered,
    (
        sql.KEEP_VERSION,
        sql.REPLACE_VERSION,
        sql.BUNDLE,
        sql.UNUSED,
        sql.DROP_VERSION,
        sql.KEEP_RELOAD,
        sql.FORGET_RELOAD,
        sql.RELOAD,
        sql.BODIES,
    ),
)
_NO_TURNS = "LOCK TABLE conversations IN SHARE MODE"


async def keep_version(connection: asyncpg.Connection, version: str, now: int, bundle: bytes) -> None:
    await connection.execute(_KEEP, version, now, bundle)


async def read_version(connection: asyncpg.Connection, version: str) -> bytes | None:
    found: bytes | None = await connection.fetchval(_BUNDLE, version)
    return found


async def versions_in_use(connection: asyncpg.Connection) -> frozenset[str]:
    return frozenset(version for (version,) in await connection.fetch(sql.USED))


async def drop_versions(connection: asyncpg.Connection, until: int, published: str) -> int:
    """Delete what is unused; turns wait for the moment that takes, so that none comes between."""
    async with connection.transaction():
        old = {version for (version,) in await connection.fetch(_UNUSED, until)} - {published}
        if not old:
            return 0
        await connection.execute(_NO_TURNS)
        unused = old - await versions_in_use(connection)
        for version in unused:
            await connection.execute(_DROP, version)
        return len(unused)


async def publish(connection: asyncpg.Connection, version: str, at: int, bundle: bytes, note: str) -> None:
    async with connection.transaction():
        await connection.execute(_REPLACE, version, at, bundle)
        await connection.execute(_KEEP_RELOAD, PUBLISHED, at, note)
        await connection.execute(_FORGET_RELOAD, REFUSED)


async def read_reload(connection: asyncpg.Connection, name: str) -> Note | None:
    found = await connection.fetchrow(_RELOAD, name)
    return None if found is None else (found[0], found[1])


async def write_reload(connection: asyncpg.Connection, name: str, at: int, value: str) -> None:
    await connection.execute(_KEEP_RELOAD, name, at, value)


async def read_bodies(connection: asyncpg.Connection, after: int, most: int) -> list[BodyRow]:
    return [BodyRow(*row) for row in await connection.fetch(_BODIES, after, most)]
