"""The one conditional write of a turn. Everything here runs inside the writer's transaction."""

from __future__ import annotations

import sqlite3

from bot.runtime.ports import Outcome
from bot.storage.rows import PersonKey
from bot.storage.sealing import SealedChange
from bot.storage.statements import ADD_DEAD, FORGET, IS_SEEN

_UNSEEN = "NOT EXISTS (SELECT 1 FROM inbox WHERE digest = ?)"

_ADD = f"""
INSERT INTO conversations (platform, tenant, person, version, updated_at, next_due, claimed_until, planned_with,
                           finishes_on, address, body)
SELECT ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ? WHERE {_UNSEEN}
ON CONFLICT (platform, tenant, person) DO NOTHING
"""
_UPDATE = f"""
UPDATE conversations
SET version = ?, updated_at = ?, next_due = ?, claimed_until = 0, planned_with = ?, finishes_on = ?, address = ?,
    body = ?
WHERE platform = ? AND tenant = ? AND person = ? AND version = ? AND {_UNSEEN}
"""
_DELETE = f"DELETE FROM conversations WHERE platform = ? AND tenant = ? AND person = ? AND version = ? AND {_UNSEEN}"
_IS_UNKNOWN = f"""
SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM conversations WHERE platform = ? AND tenant = ? AND person = ?) AND {_UNSEEN}
"""
_MARK_SEEN = "INSERT INTO inbox (digest, at) VALUES (?, ?)"
_DROP_NUDGES = "DELETE FROM outbox WHERE platform = ? AND tenant = ? AND person = ? AND nudge IS NOT NULL"
_ADD_REPLY = "INSERT INTO replies (digest, platform, tenant, person, at, reply) VALUES (?, ?, ?, ?, ?, ?)"
_ADD_ROW = """
INSERT INTO outbox (platform, tenant, person, lane, turn, nth, due_at, expires_at, attempts, nudge, address, body)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)
"""


def apply_change(connection: sqlite3.Connection, change: SealedChange) -> Outcome:
    """Write all of a change, or nothing when its inbound id was seen or its version is not the current one."""
    if not _write_conversation(connection, change):
        seen = connection.execute(IS_SEEN, (change.digest,)).fetchone()
        return "repeated" if seen else "conflict"
    if change.digest is not None:
        connection.execute(_MARK_SEEN, (change.digest, change.now))
    if change.body is None:
        forget_person(connection, change.person)
    elif change.drop_nudges:
        connection.execute(_DROP_NUDGES, change.person)
    _write_rows(connection, change)
    return "committed"


def forget_person(connection: sqlite3.Connection, person: PersonKey) -> bool:
    """Delete all rows of a person in every table that has any; return whether there was one."""
    return sum([connection.execute(delete, person).rowcount for delete in FORGET]) > 0


def _write_conversation(connection: sqlite3.Connection, change: SealedChange) -> bool:
    known = (*change.person, change.version, change.digest)
    if change.body is None and change.version == 0:
        return connection.execute(_IS_UNKNOWN, (*change.person, change.digest)).fetchone() is not None
    if change.body is None:
        return connection.execute(_DELETE, known).rowcount == 1
    times = (change.new_version, change.now, change.next_due)
    written = (*times, change.planned_with, change.finishes_on, change.address, change.body)
    if change.version == 0:
        return connection.execute(_ADD, (*change.person, *written, change.digest)).rowcount == 1
    return connection.execute(_UPDATE, (*written, *known)).rowcount == 1


def _write_rows(connection: sqlite3.Connection, change: SealedChange) -> None:
    if change.reply is not None:
        connection.execute(_ADD_REPLY, (change.digest, *change.person, change.now, change.reply))
    for row in change.letters:
        turn = (row.lane, change.new_version, row.nth)
        times = (row.due_at, row.expires_at)
        connection.execute(_ADD_ROW, (*change.person, *turn, *times, row.nudge, change.address, row.body))
    if change.letter is not None:
        connection.execute(ADD_DEAD, (*change.person, change.now, change.letter, change.address))
