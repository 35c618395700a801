"""Questions that change nothing; they run on the reader's snapshot."""

from __future__ import annotations

import sqlite3

from bot.storage.records import ConversationRow, DeadRow, KeptRows, LoadedRow, OutboxRecord
from bot.storage.rows import PersonKey
from bot.storage.sqlite.batches import snapshot
from bot.storage.statements import BACKLOG, CONVERSATION, DEAD_NEWEST, DEAD_OF_A_PERSON, OUTBOX, REPLIES

_LOAD = """
SELECT c.version, c.address, c.body,
       EXISTS (SELECT 1 FROM inbox WHERE digest = ?1),
       (SELECT reply FROM replies WHERE digest = ?1 AND platform = ?2 AND tenant = ?3 AND person = ?4)
FROM (SELECT 1) LEFT JOIN conversations AS c ON c.platform = ?2 AND c.tenant = ?3 AND c.person = ?4
"""


def read_conversation(connection: sqlite3.Connection, person: PersonKey, digest: bytes | None) -> LoadedRow:
    return LoadedRow(*connection.execute(_LOAD, (digest, *person)).fetchone())


def read_kept(connection: sqlite3.Connection, person: PersonKey) -> KeptRows | None:
    with snapshot(connection):
        found = connection.execute(CONVERSATION, person).fetchone()
        if found is None:
            return None
        return KeptRows(
            conversation=ConversationRow(*found),
            outbox=[OutboxRecord(*row) for row in connection.execute(OUTBOX, person)],
            replies=connection.execute(REPLIES, person).fetchall(),
            dead=[DeadRow(*row) for row in connection.execute(DEAD_OF_A_PERSON, person)],
        )


def read_dead(connection: sqlite3.Connection, most: int) -> list[DeadRow]:
    return [DeadRow(*row) for row in connection.execute(DEAD_NEWEST, (most,))]


def read_backlog(connection: sqlite3.Connection, now: int) -> tuple[int, int | None, int]:
    backlog: tuple[int, int | None, int] = connection.execute(BACKLOG, (now,)).fetchone()
    return backlog
