"""The lanes of the outbox: claims of heads, and what becomes of them.

Whoever moves a message between outbox and letters holds on to the person meanwhile, so that nobody forgets the person
while a row of theirs is in neither table's view.
"""

from __future__ import annotations

from collections.abc import Sequence

import asyncpg

from bot.storage.lanes import MOST_ROUNDS, Held
from bot.storage.postgres.changes import rows_of
from bot.storage.records import OutboxRecord
from bot.storage.rows import PersonKey
from bot.storage.statements import ADD_DEAD, BEGIN_LETTER, DELETE_LETTER, STILL_CLAIMED, numbered

_COLUMNS = ", ".join(f"o.{name}" for name in OutboxRecord._fields)

_CLAIM_HEADS = f"""
WITH heads AS (
    SELECT found.id, found.due_at FROM unnest(string_to_array($1, ' ')) AS served (platform), LATERAL (
        SELECT id, due_at FROM outbox AS head
        WHERE head.platform = served.platform AND due_at <= $2 AND (lane = 'urgent' OR NOT $5::boolean) AND NOT EXISTS (
            SELECT FROM outbox AS earlier
            WHERE earlier.platform = head.platform AND earlier.tenant = head.tenant AND earlier.person = head.person
              AND earlier.lane = head.lane AND earlier.id < head.id)
        ORDER BY due_at, id LIMIT $4 FOR NO KEY UPDATE SKIP LOCKED) AS found
    ORDER BY due_at, id LIMIT $4)
UPDATE outbox AS o SET due_at = $3, attempts = attempts + 2 FROM heads WHERE o.id = heads.id
RETURNING heads.due_at, {_COLUMNS}
"""
_STILL_CLAIMED, _BEGIN = numbered(STILL_CLAIMED), numbered(BEGIN_LETTER)
_DELETE, _ADD_DEAD = numbered(DELETE_LETTER), numbered(ADD_DEAD)

_HELD = "platform = $1 AND tenant = $2 AND person = $3 AND id = $4 AND attempts = $5"
_RETRY = f"""
UPDATE outbox
SET due_at = least($6, expires_at), attempts = attempts + attempts % 2, untried = untried + attempts % 2 + $7
WHERE {_HELD}
"""

_HOLD_ON = "SELECT FROM conversations WHERE platform = $1 AND tenant = $2 AND person = $3 FOR KEY SHARE"
# A nudge is never sent a second time, and what has expired is not sent at all: their words need not be kept.
_BURY = f"""
WITH gone AS (DELETE FROM outbox WHERE {_HELD} RETURNING *)
INSERT INTO letters (platform, tenant, person, at, reason, address, lane, turn, nth, expires_at, body)
SELECT platform, tenant, person, $7::bigint, $6::text, address, lane, turn, nth, expires_at,
       CASE WHEN nudge IS NULL AND expires_at > $7 THEN body END
FROM gone
"""
_RESEND = """
WITH gone AS (
    DELETE FROM letters
    WHERE platform = $1 AND tenant = $2 AND person = $3 AND id = $4 AND body IS NOT NULL AND expires_at > $5
    RETURNING *)
INSERT INTO outbox (platform, tenant, person, lane, turn, nth, due_at, expires_at, attempts, nudge, address, body)
SELECT platform, tenant, person, lane, turn, nth, $5::bigint, expires_at, 0, NULL, address, body FROM gone
"""


async def claim_heads(
    connection: asyncpg.Connection, platforms: Sequence[str], now: int, until: int, most: int, urgent_only: bool
) -> list[OutboxRecord]:
    """Claim heads that are due; bury those that have expired, and look again for what comes behind them."""
    claimed: list[tuple[int, OutboxRecord]] = []
    served = " ".join(platforms)
    for _ in range(MOST_ROUNDS):
        found = await connection.fetch(_CLAIM_HEADS, served, now, until, most - len(claimed), urgent_only)
        heads = [(due_at, OutboxRecord(*row)) for due_at, *row in found]
        expired = [head for _, head in heads if head.expires_at <= now]
        claimed += [(due_at, head) for due_at, head in heads if head.expires_at > now]
        for head in expired:
            await bury_letter(connection, head.held, "expired", now)
        if not expired:
            break
    return [head for _, head in sorted(claimed, key=lambda one: (one[0], one[1].id))]


async def still_claimed(connection: asyncpg.Connection, held: Held, now: int) -> bool:
    return await connection.fetchrow(_STILL_CLAIMED, *held, now) is not None


async def begin_letter(connection: asyncpg.Connection, held: Held, now: int) -> bool:
    return rows_of(await connection.execute(_BEGIN, *held, now)) == 1


async def delete_letter(connection: asyncpg.Connection, held: Held) -> bool:
    return rows_of(await connection.execute(_DELETE, *held)) == 1


async def retry_letter(connection: asyncpg.Connection, held: Held, at: int, tried: bool) -> bool:
    return rows_of(await connection.execute(_RETRY, *held, at, int(not tried))) == 1


async def bury_letter(connection: asyncpg.Connection, held: Held, reason: str, now: int) -> bool:
    async with connection.transaction():
        await connection.execute(_HOLD_ON, *held[:3])
        return rows_of(await connection.execute(_BURY, *held, reason, now)) == 1


async def add_dead(connection: asyncpg.Connection, person: PersonKey, reason: str, now: int, address: bytes) -> None:
    await connection.execute(_ADD_DEAD, *person, now, reason, address)


async def resend_letter(connection: asyncpg.Connection, person: PersonKey, letter_id: int, now: int) -> bool:
    async with connection.transaction():
        await connection.execute(_HOLD_ON, *person)
        return rows_of(await connection.execute(_RESEND, *person, letter_id, now)) == 1
