"""Where the coach is installed, and the end of all that is kept of a tenant. Inside the writer's transaction."""

from __future__ import annotations

import sqlite3

from bot.storage.statements import INSTALL, INSTALLATION, INSTALLED_AFTER, UNINSTALL, USE


def install(connection: sqlite3.Connection, platform: str, tenant: str, at: int, secret: bytes) -> None:
    connection.execute(INSTALL, (platform, tenant, at, secret))


def read_installation(connection: sqlite3.Connection, platform: str, tenant: str) -> tuple[int, bytes] | None:
    found: tuple[int, bytes] | None = connection.execute(INSTALLATION, (platform, tenant)).fetchone()
    return found


def uninstall(connection: sqlite3.Connection, platform: str, tenant: str, at: int) -> bool:
    """Delete all rows of a tenant in every table that has any, unless it was installed after ``at``."""
    if connection.execute(INSTALLED_AFTER, (platform, tenant, at)).fetchone():
        return False
    for delete in UNINSTALL:
        connection.execute(delete, (platform, tenant))
    return True


def use_once(connection: sqlite3.Connection, digest: bytes, at: int) -> bool:
    return connection.execute(USE, (digest, at)).rowcount == 1
