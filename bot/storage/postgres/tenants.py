"""Where the coach is installed, and the end of all that is kept of a tenant."""

from __future__ import annotations

import asyncpg

from bot.storage.postgres.changes import rows_of
from bot.storage.statements import INSTALL, INSTALLATION, INSTALLED_AFTER, UNINSTALL, USE, numbered

_INSTALL, _INSTALLATION, _USE = numbered(INSTALL), numbered(INSTALLATION), numbered(USE)
_INSTALLED_AFTER = f"{numbered(INSTALLED_AFTER)} FOR UPDATE"
_UNINSTALL = tuple(map(numbered, UNINSTALL))


async def install(connection: asyncpg.Connection, platform: str, tenant: str, at: int, secret: bytes) -> None:
    await connection.execute(_INSTALL, platform, tenant, at, secret)


async def read_installation(connection: asyncpg.Connection, platform: str, tenant: str) -> tuple[int, bytes] | None:
    found = await connection.fetchrow(_INSTALLATION, platform, tenant)
    return None if found is None else (found[0], found[1])


async def uninstall(connection: asyncpg.Connection, platform: str, tenant: str, at: int) -> bool:
    """Delete all rows of a tenant in every table that has any, unless it was installed after ``at``."""
    async with connection.transaction():
        if await connection.fetchrow(_INSTALLED_AFTER, platform, tenant, at):
            return False
        for delete in _UNINSTALL:
            await connection.execute(delete, platform, tenant)
        return True


async def use_once(connection: asyncpg.Connection, digest: bytes, at: int) -> bool:
    return rows_of(await connection.execute(_USE, digest, at)) == 1
