"""The tables of today, made at once in a fresh database; older ones are brought up by the migrations.

A test compares the two ways. Which version a file has stands in its header, so that the usual start costs one look.
"""

from __future__ import annotations

import sqlite3

from bot.storage.migrations import NEWEST

APPLICATION_ID = 0x41465754
"""Marks the file as ours ("AFWT")."""

TABLES = """
CREATE TABLE meta (name TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL);

CREATE TABLE conversations (
    id INTEGER NOT NULL PRIMARY KEY,
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    person TEXT NOT NULL,
    version BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    next_due BIGINT,
    claimed_until BIGINT NOT NULL,
    planned_with TEXT NOT NULL,
    address BLOB NOT NULL,
    body BLOB NOT NULL,
    finishes_on TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX conversations_person ON conversations (platform, tenant, person);
CREATE INDEX conversations_due ON conversations (platform, next_due) WHERE next_due IS NOT NULL;
CREATE INDEX conversations_planned ON conversations (platform, planned_with);
CREATE INDEX conversations_finishing ON conversations (finishes_on) WHERE finishes_on <> '';

CREATE TABLE inbox (digest BLOB NOT NULL PRIMARY KEY, at BIGINT NOT NULL) WITHOUT ROWID;
CREATE INDEX inbox_at ON inbox (at);

CREATE TABLE replies (
    digest BLOB NOT NULL PRIMARY KEY,
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    person TEXT NOT NULL,
    at BIGINT NOT NULL,
    reply BLOB NOT NULL
);
CREATE INDEX replies_person ON replies (platform, tenant, person);
CREATE INDEX replies_at ON replies (at);

CREATE TABLE outbox (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    person TEXT NOT NULL,
    lane TEXT NOT NULL,
    turn BIGINT NOT NULL,
    nth INTEGER NOT NULL,
    due_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    attempts INTEGER NOT NULL,
    nudge TEXT,
    address BLOB NOT NULL,
    body BLOB NOT NULL,
    untried INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX outbox_lane ON outbox (platform, tenant, person, lane, id);
CREATE INDEX outbox_due ON outbox (platform, due_at);

CREATE TABLE letters (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    person TEXT NOT NULL,
    at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    address BLOB NOT NULL,
    lane TEXT,
    turn BIGINT,
    nth INTEGER,
    expires_at BIGINT,
    body BLOB
);
CREATE INDEX letters_person ON letters (platform, tenant, person);
CREATE INDEX letters_at ON letters (at);

CREATE TABLE installations (
    id INTEGER NOT NULL PRIMARY KEY,
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    at BIGINT NOT NULL,
    secret BLOB NOT NULL
);
CREATE UNIQUE INDEX installations_tenant ON installations (platform, tenant);

CREATE TABLE versions (version TEXT NOT NULL PRIMARY KEY, kept_at BIGINT NOT NULL, bundle BLOB NOT NULL);

CREATE TABLE reloads (name TEXT NOT NULL PRIMARY KEY, at BIGINT NOT NULL, value TEXT NOT NULL);

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
"""


def make_tables(connection: sqlite3.Connection) -> None:
    """Fill a fresh database, inside the caller's transaction."""
    for statement in TABLES.split(";"):
        if statement.strip():
            connection.execute(statement)
    connection.execute("INSERT INTO alembic_version VALUES (?)", (f"{NEWEST:04}",))
    mark(connection)


def mark(connection: sqlite3.Connection) -> None:
    """Write today's version into the header; it belongs to the transaction like any row."""
    connection.execute(f"PRAGMA user_version = {NEWEST}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def is_ours(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)


def is_empty(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None


def upgrade_tables(connection: sqlite3.Connection) -> None:
    """Bring older tables up to today's, inside the caller's transaction."""
    from bot.storage.migrations.upgrade import upgrade  # noqa: PLC0415  # Alembic costs 0.2 s, and few starts need it

    upgrade(connection)
    mark(connection)
