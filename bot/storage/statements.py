"""Statements that read the same in every database; a question mark stands for each value, in order."""

from __future__ import annotations

from itertools import count

from bot.storage.records import OutboxRecord

OF_A_PERSON = "WHERE platform = ? AND tenant = ? AND person = ?"
PERSONS_TABLES = ("conversations", "outbox", "replies", "letters")
"""Every table that has rows of a person, the conversation first."""

FORGET = tuple(f"DELETE FROM {table} {OF_A_PERSON}" for table in PERSONS_TABLES)

CONVERSATION = f"""
SELECT version, updated_at, next_due, claimed_until, planned_with, address, body FROM conversations {OF_A_PERSON}
"""
PUT_OFF = f"UPDATE conversations SET claimed_until = ? {OF_A_PERSON}"
OUTBOX = f"SELECT {', '.join(OutboxRecord._fields)} FROM outbox {OF_A_PERSON} ORDER BY id"
REPLIES = f"SELECT digest, reply FROM replies {OF_A_PERSON} ORDER BY at"
ADD_DEAD = "INSERT INTO letters (platform, tenant, person, at, reason, address) VALUES (?, ?, ?, ?, ?, ?)"
_DEAD = "SELECT id, platform, tenant, person, at, reason, address, body IS NOT NULL FROM letters"
DEAD_OF_A_PERSON = f"{_DEAD} {OF_A_PERSON} ORDER BY id DESC"
DEAD_NEWEST = f"{_DEAD} ORDER BY id DESC LIMIT ?"

BACKLOG = """
SELECT (SELECT count(*) FROM outbox), (SELECT min(due_at) FROM outbox WHERE due_at <= ?), (SELECT count(*) FROM letters)
"""
NOTE = "SELECT value FROM meta WHERE name = ?"
KEEP_NOTE = "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
ERASE_NOTE = "DELETE FROM meta WHERE name = ?"

HELD = "platform = ? AND tenant = ? AND person = ? AND id = ? AND attempts = ?"
STILL_CLAIMED = f"SELECT 1 FROM outbox WHERE {HELD} AND due_at > ?"
BEGIN_LETTER = f"UPDATE outbox SET attempts = attempts | 1 WHERE {HELD} AND due_at > ?"
DELETE_LETTER = f"DELETE FROM outbox WHERE {HELD}"

IS_SEEN = "SELECT 1 FROM inbox WHERE digest = ?"
USE = "INSERT INTO inbox (digest, at) VALUES (?, ?) ON CONFLICT DO NOTHING"

INSTALL = """
INSERT INTO installations (platform, tenant, at, secret) VALUES (?, ?, ?, ?)
ON CONFLICT (platform, tenant) DO UPDATE SET at = excluded.at, secret = excluded.secret
"""
INSTALLATION = "SELECT at, secret FROM installations WHERE platform = ? AND tenant = ?"
INSTALLED_AFTER = "SELECT 1 FROM installations WHERE platform = ? AND tenant = ? AND at > ?"
UNINSTALL = tuple(
    f"DELETE FROM {table} WHERE platform = ? AND tenant = ?" for table in ("installations", *PERSONS_TABLES)
)


def numbered(statement: str) -> str:
    """Write a statement as PostgreSQL wants it: the values numbered, ``$1`` first."""
    first, *rest = statement.split("?")
    return first + "".join(f"${number}{text}" for number, text in zip(count(1), rest, strict=False))
