"""Questions that change nothing."""

from __future__ import annotations

import asyncpg

from bot.storage.records import ConversationRow, DeadRow, KeptRows, LoadedRow, OutboxRecord
from bot.storage.rows import PersonKey
from bot.storage.statements import BACKLOG, CONVERSATION, DEAD_NEWEST, DEAD_OF_A_PERSON, OUTBOX, REPLIES, numbered

_LOAD = """
SELECT c.version, c.address, c.body,
       EXISTS (SELECT FROM inbox WHERE digest = $1),
       (SELECT reply FROM replies WHERE digest = $1 AND platform = $2 AND tenant = $3 AND person = $4)
FROM (SELECT) AS always LEFT JOIN conversations AS c ON c.platform = $2 AND c.tenant = $3 AND c.person = $4
"""
_CONVERSATION, _OUTBOX, _REPLIES = numbered(CONVERSATION), numbered(OUTBOX), numbered(REPLIES)
_BACKLOG, _DEAD_OF_A_PERSON, _DEAD_NEWEST = numbered(BACKLOG), numbered(DEAD_OF_A_PERSON), numbered(DEAD_NEWEST)


async def read_conversation(connection: asyncpg.Connection, person: PersonKey, digest: bytes | None) -> LoadedRow:
    (row,) = await connection.fetch(_LOAD, digest, *person)
    return LoadedRow(*row)


async def read_kept(connection: asyncpg.Connection, person: PersonKey) -> KeptRows | None:
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        found = await connection.fetchrow(_CONVERSATION, *person)
        if found is None:
            return None
        return KeptRows(
            conversation=ConversationRow(*found),
            outbox=[OutboxRecord(*row) for row in await connection.fetch(_OUTBOX, *person)],
            replies=[(row[0], row[1]) for row in await connection.fetch(_REPLIES, *person)],
            dead=[DeadRow(*row) for row in await connection.fetch(_DEAD_OF_A_PERSON, *person)],
        )


async def read_backlog(connection: asyncpg.Connection, now: int) -> tuple[int, int | None, int]:
    ((waiting, due_since, dead),) = await connection.fetch(_BACKLOG, now)
    return waiting, due_since, dead


async def read_dead(connection: asyncpg.Connection, most: int) -> list[DeadRow]:
    return [DeadRow(*row) for row in await connection.fetch(_DEAD_NEWEST, most)]
