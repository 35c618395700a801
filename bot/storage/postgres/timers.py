"""Claims of conversations: what is due, and what was planned with something old.

Each platform is looked up by itself, so that an index gives its earliest rows without a sort, however many are due.
Rows that somebody else is claiming, or taking a turn with, are passed over.
"""

from __future__ import annotations

from collections.abc import Sequence

import asyncpg

from bot.storage.records import DueRow
from bot.storage.rows import PersonKey
from bot.storage.statements import PUT_OFF, numbered

_DUE = """
WITH due AS (
    SELECT found.id, found.next_due FROM unnest(string_to_array($1, ' ')) AS served (platform), LATERAL (
        SELECT id, next_due FROM conversations AS c
        WHERE c.platform = served.platform AND next_due <= $2 AND claimed_until <= $2
        ORDER BY next_due LIMIT $4 FOR NO KEY UPDATE SKIP LOCKED) AS found
    ORDER BY next_due LIMIT $4)
UPDATE conversations AS c SET claimed_until = $3 FROM due WHERE c.id = due.id
RETURNING c.id, platform, tenant, person, address, c.next_due
"""
_UNPLANNED = """
WITH unplanned AS (
    SELECT found.id FROM unnest(string_to_array($1, ' ')) AS served (platform), LATERAL (
        SELECT id FROM conversations AS c
        WHERE c.platform = served.platform AND (planned_with < $5 OR planned_with > $5) AND claimed_until <= $2
        LIMIT $4 FOR NO KEY UPDATE SKIP LOCKED) AS found
    LIMIT $4)
UPDATE conversations AS c SET claimed_until = $3 FROM unplanned WHERE c.id = unplanned.id
RETURNING c.id, platform, tenant, person, address, $2
"""

_PUT_OFF = numbered(PUT_OFF)


async def claim_due(
    connection: asyncpg.Connection, platforms: Sequence[str], now: int, until: int, most: int
) -> list[DueRow]:
    claimed = [DueRow(*row) for row in await connection.fetch(_DUE, " ".join(platforms), now, until, most)]
    return sorted(claimed, key=lambda row: row.at)


async def claim_unplanned(
    connection: asyncpg.Connection, platforms: Sequence[str], planned_with: str, now: int, until: int, most: int
) -> list[DueRow]:
    return [
        DueRow(*row) for row in await connection.fetch(_UNPLANNED, " ".join(platforms), now, until, most, planned_with)
    ]


async def put_off(connection: asyncpg.Connection, person: PersonKey, until: int) -> None:
    await connection.execute(_PUT_OFF, until, *person)
