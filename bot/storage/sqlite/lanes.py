"""The lanes of the outbox: claims of heads, and what becomes of them. Inside the writer's transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from bot.storage.lanes import MOST_ROUNDS, Held
from bot.storage.records import OutboxRecord
from bot.storage.rows import PersonKey
from bot.storage.statements import ADD_DEAD, BEGIN_LETTER, DELETE_LETTER, HELD, STILL_CLAIMED

_COLUMNS = ", ".join(f"o.{name}" for name in OutboxRecord._fields)

_HEADS = f"""
SELECT {_COLUMNS} FROM outbox AS o
WHERE o.platform = ? AND o.due_at <= ? AND (o.lane = 'urgent' OR NOT ?) AND NOT EXISTS (
    SELECT 1 FROM outbox AS earlier
    WHERE earlier.platform = o.platform AND earlier.tenant = o.tenant AND earlier.person = o.person
      AND earlier.lane = o.lane AND earlier.id < o.id)
ORDER BY o.due_at, o.id LIMIT ?
"""
_CLAIM = "UPDATE outbox SET due_at = ?, attempts = attempts + 2 WHERE id = ?"

_RETRY = f"""
UPDATE outbox
SET due_at = min(?, expires_at), attempts = attempts + attempts % 2, untried = untried + attempts % 2 + ?
WHERE {HELD}
"""

# A nudge is never sent a second time, and what has expired is not sent at all: their words need not be kept.
_BURY = f"""
INSERT INTO letters (platform, tenant, person, at, reason, address, lane, turn, nth, expires_at, body)
SELECT platform, tenant, person, ?, ?, address, lane, turn, nth, expires_at,
       CASE WHEN nudge IS NULL AND expires_at > ? THEN body END
FROM outbox WHERE {HELD}
"""
_RESENDABLE = """
FROM letters WHERE platform = ? AND tenant = ? AND person = ? AND id = ? AND body IS NOT NULL AND expires_at > ?
"""
_RESEND = f"""
INSERT INTO outbox (platform, tenant, person, lane, turn, nth, due_at, expires_at, attempts, nudge, address, body)
SELECT platform, tenant, person, lane, turn, nth, ?, expires_at, 0, NULL, address, body {_RESENDABLE}
"""
_DIG_UP = f"DELETE {_RESENDABLE}"


def claim_heads(
    connection: sqlite3.Connection, platforms: Sequence[str], now: int, until: int, most: int, urgent_only: bool = False
) -> list[OutboxRecord]:
    """Claim heads that are due; bury those that have expired, and look again for what comes behind them."""
    heads: list[OutboxRecord] = []
    for _ in range(MOST_ROUNDS):
        heads = _due_heads(connection, platforms, now, most, urgent_only)
        expired = [head for head in heads if head.expires_at <= now]
        for head in expired:
            bury_letter(connection, head.held, "expired", now)
        if not expired:
            break
    return [_claim(connection, head, until) for head in heads if head.expires_at > now]


def still_claimed(connection: sqlite3.Connection, held: Held, now: int) -> bool:
    return connection.execute(STILL_CLAIMED, (*held, now)).fetchone() is not None


def begin_letter(connection: sqlite3.Connection, held: Held, now: int) -> bool:
    return connection.execute(BEGIN_LETTER, (*held, now)).rowcount == 1


def delete_letter(connection: sqlite3.Connection, held: Held) -> bool:
    return connection.execute(DELETE_LETTER, held).rowcount == 1


def retry_letter(connection: sqlite3.Connection, held: Held, at: int, tried: bool) -> bool:
    return connection.execute(_RETRY, (at, not tried, *held)).rowcount == 1


def bury_letter(connection: sqlite3.Connection, held: Held, reason: str, now: int) -> bool:
    buried = connection.execute(_BURY, (now, reason, now, *held)).rowcount == 1
    connection.execute(DELETE_LETTER, held)
    return buried


def add_dead(connection: sqlite3.Connection, person: PersonKey, reason: str, now: int, address: bytes) -> None:
    connection.execute(ADD_DEAD, (*person, now, reason, address))


def resend_letter(connection: sqlite3.Connection, person: PersonKey, letter_id: int, now: int) -> bool:
    known = (*person, letter_id, now)
    queued = connection.execute(_RESEND, (now, *known)).rowcount == 1
    connection.execute(_DIG_UP, known)
    return queued


def _due_heads(
    connection: sqlite3.Connection, platforms: Sequence[str], now: int, most: int, urgent_only: bool
) -> list[OutboxRecord]:
    asked = [(name, now, urgent_only, most) for name in platforms]
    found = [OutboxRecord(*row) for question in asked for row in connection.execute(_HEADS, question)]
    return sorted(found, key=lambda head: (head.due_at, head.id))[:most]


def _claim(connection: sqlite3.Connection, head: OutboxRecord, until: int) -> OutboxRecord:
    connection.execute(_CLAIM, (until, head.id))
    return head._replace(attempts=head.attempts + 2, due_at=until)
