"""Where the coach is installed, and the end of all that is kept of a tenant. Inside the writer's transaction."""

from __future__ import annotations

import sqlite3

_INSTALL = """
INSERT INTO installations (platform, tenant, at, secret) VALUES (?, ?, ?, ?)
ON CONFLICT (platform, tenant) DO UPDATE SET at = excluded.at, secret = excluded.secret
"""
_INSTALLATION = "SELECT at, secret FROM installations WHERE platform = ? AND tenant = ?"
_INSTALLED_AFTER = "SELECT 1 FROM installations WHERE platform = ? AND tenant = ? AND at > ?"
_USE = "INSERT INTO inbox (digest, at) VALUES (?, ?) ON CONFLICT DO NOTHING"
_OF_A_TENANT = tuple(
    f"DELETE FROM {table} WHERE platform = ? AND tenant = ?"
    for table in ("installations", "conversations", "outbox", "replies", "letters")
)


def install(connection: sqlite3.Connection, platform: str, tenant: str, at: int, secret: bytes) -> None:
    connection.execute(_INSTALL, (platform, tenant, at, secret))


def read_installation(connection: sqlite3.Connection, platform: str, tenant: str) -> tuple[int, bytes] | None:
    found: tuple[int, bytes] | None = connection.execute(_INSTALLATION, (platform, tenant)).fetchone()
    return found


def uninstall(connection: sqlite3.Connection, platform: str, tenant: str, at: int) -> bool:
    """Delete all rows of a tenant in every table that has any, unless it was installed after ``at``."""
    if connection.execute(_INSTALLED_AFTER, (platform, tenant, at)).fetchone():
        return False
    for delete in _OF_A_TENANT:
        connection.execute(delete, (platform, tenant))
    return True


def use_once(connection: sqlite3.Connection, digest: bytes, at: int) -> bool:
    return connection.execute(_USE, (digest, at)).rowcount == 1
