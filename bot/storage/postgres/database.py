"""Opens a PostgreSQL database: looks whether it is ours, makes or upgrades its tables, and makes the pool."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg

from bot.storage.crypto import KeyRing, key_id
from bot.storage.errors import NewerDatabaseError, NotOurDatabaseError
from bot.storage.migrations import NEWEST
from bot.storage.postgres.connection import Connect, connect, explained, goes_through_a_pooler
from bot.storage.postgres.errors import FAILED, NOT_YET
from bot.storage.postgres.pool import PATIENCE, PAUSE, Pool
from bot.storage.rows import SECRET, meta_place

OPENING_PATIENCE = 60.0
"""Of several processes that start at once, one makes the tables while the others wait."""

_LOCK = 0x41465754

# ``to_regclass`` alone may answer from before we waited for the lock; a look into the catalogue brings it up to date.
_FOUND = """
SELECT to_regclass(name) IS NOT NULL FROM pg_class, unnest(ARRAY['alembic_version', 'conversations']) AS name
WHERE pg_class.oid = 'pg_class'::regclass
"""
_VERSION = "SELECT version_num FROM alembic_version"
_FIND_SECRET = "SELECT value FROM meta WHERE name = $1"
_KEEP_SECRET = "INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING"


@dataclass(frozen=True, slots=True)
class Database:
    """An open, current database; see ``Tables`` for the secret."""

    pool: Pool
    secret: bytes


async def open_database(url: str, keys: KeyRing, make: Connect = connect) -> Database:
    """Open the database, and make or upgrade its tables.

    Raises:
        BadDatabaseUrlError: the URL is not understood.
        DatabaseUnusableError: it cannot be reached, read or written.
        NotOurDatabaseError: another program's tables stand where ours should.
        NewerDatabaseError: a newer version has written it.
        KeyMissingError: its key is not in the ring.
    """
    async with _opening(url, make) as connection:
        await _bring_up(connection)
        secret = await _secret(connection, keys)
        keeps_statements = not await goes_through_a_pooler(connection)
    return Database(Pool(lambda: make(url, keeps_statements=keeps_statements)), secret)


async def has_tables(url: str) -> bool:
    """Whether anything was ever kept there.

    Raises:
        BadDatabaseUrlError, DatabaseUnusableError, NotOurDatabaseError, NewerDatabaseError: as ``open_database``.
    """
    async with _opening(url, connect) as connection:
        return await _look(connection) > 0


async def sealed_with(url: str) -> bytes | None:
    """Return the id of the key that a database needs, ``None`` where nothing was kept yet.

    Raises:
        BadDatabaseUrlError, DatabaseUnusableError, NotOurDatabaseError, NewerDatabaseError: as ``open_database``.
    """
    async with _opening(url, connect) as connection:
        found = await connection.fetchval(_FIND_SECRET, SECRET) if await _look(connection) else None
        return None if found is None else key_id(found)


@asynccontextmanager
async def _opening(url: str, make: Connect) -> AsyncIterator[asyncpg.Connection]:
    try:
        connection = await _connected(url, make)
        try:
            yield connection
        finally:
            connection.terminate()
    except (*FAILED, ValueError) as error:
        raise explained(error) from None


async def _connected(url: str, make: Connect) -> asyncpg.Connection:
    """Connect, and go on trying for a moment: a process may start while the database starts again."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return await make(url, keeps_statements=False, patience=OPENING_PATIENCE)
        except NOT_YET:
            if time.monotonic() >= end:
                raise
            await asyncio.sleep(PAUSE)


async def _look(connection: asyncpg.Connection) -> int:
    """Return the version of the tables, 0 when there are none yet. What is not ours is not touched."""
    found = [there for (there,) in await connection.fetch(_FOUND)]
    if not any(found):
        return 0
    version = str(await connection.fetchval(_VERSION)) if all(found) else ""
    if not (version.isascii() and version.isdigit()):
        raise NotOurDatabaseError("The database has tables of another program. Name another database or schema.")
    if int(version) > NEWEST:
        raise NewerDatabaseError(
            f"The database was written by a newer Afterword (tables {int(version)}, this one knows {NEWEST})."
            " Run that version, or name another database."
        )
    return int(version)


async def _bring_up(connection: asyncpg.Connection) -> None:
    if await _look(connection) == NEWEST:
        return
    async with connection.transaction():
        await connection.execute(f"SELECT pg_advisory_xact_lock({_LOCK})")
        version = await _look(connection)
        if version < NEWEST:
            await connection.execute(await asyncio.to_thread(_script, version))


def _script(version: int) -> str:
    from bot.storage.migrations.upgrade import script  # noqa: PLC0415  # Alembic costs 0.2 s, and few starts need it

    return script(version)


async def _secret(connection: asyncpg.Connection, keys: KeyRing) -> bytes:
    found = await connection.fetchval(_FIND_SECRET, SECRET)
    if found is None:
        fresh = keys.seal(secrets.token_hex(32), meta_place(SECRET))
        await connection.execute(_KEEP_SECRET, SECRET, fresh)
        found = await connection.fetchval(_FIND_SECRET, SECRET)
    return bytes.fromhex(keys.open(found, meta_place(SECRET)))
