"""Questions that change nothing; they run on the reader's snapshot."""

from __future__ import annotations

import sqlite3

from bot.storage.records import ConversationRow, DeadRow, KeptRows, LoadedRow, OutboxRecord
from bot.storage.rows import PersonKey

_LOAD = """
SELECT c.version, c.address, c.body,
       EXISTS (SELECT 1 FROM inbox WHERE digest = ?1),
       (SELECT reply FROM replies WHERE digest = ?1 AND platform = ?2 AND tenant = ?3 AND person = ?4)
FROM (SELECT 1) LEFT JOIN conversations AS c ON c.platform = ?2 AND c.tenant = ?3 AND c.person = ?4
"""
_OF_A_PERSON = "WHERE platform = ? AND tenant = ? AND person = ?"
_CONVERSATION = f"""
SELECT version, updated_at, next_due, claimed_until, planned_with, address, body FROM conversations {_OF_A_PERSON}
"""
_OUTBOX = f"SELECT {', '.join(OutboxRecord._fields)} FROM outbox {_OF_A_PERSON} ORDER BY id"
_REPLIES = f"SELECT digest, reply FROM replies {_OF_A_PERSON} ORDER BY at"
_DEAD = "SELECT id, platform, tenant, person, at, reason, address, body IS NOT NULL FROM letters"
_DEAD_OF_A_PERSON = f"{_DEAD} {_OF_A_PERSON} ORDER BY id DESC"
_DEAD_NEWEST = f"{_DEAD} ORDER BY id DESC LIMIT ?"
_BACKLOG = """
SELECT (SELECT count(*) FROM outbox), (SELECT min(due_at) FROM outbox WHERE due_at <= ?), (SELECT count(*) FROM letters)
"""


def read_conversation(connection: sqlite3.Connection, person: PersonKey, digest: bytes | None) -> LoadedRow:
    return LoadedRow(*connection.execute(_LOAD, (digest, *person)).fetchone())


def read_kept(connection: sqlite3.Connection, person: PersonKey) -> KeptRows | None:
    found = connection.execute(_CONVERSATION, person).fetchone()
    if found is None:
        return None
    return KeptRows(
        conversation=ConversationRow(*found),
        outbox=[OutboxRecord(*row) for row in connection.execute(_OUTBOX, person)],
        replies=connection.execute(_REPLIES, person).fetchall(),
        dead=[DeadRow(*row) for row in connection.execute(_DEAD_OF_A_PERSON, person)],
    )


def read_dead(connection: sqlite3.Connection, most: int) -> list[DeadRow]:
    return [DeadRow(*row) for row in connection.execute(_DEAD_NEWEST, (most,))]


def read_backlog(connection: sqlite3.Connection, now: int) -> tuple[int, int | None, int]:
    backlog: tuple[int, int | None, int] = connection.execute(_BACKLOG, (now,)).fetchone()
    return backlog
