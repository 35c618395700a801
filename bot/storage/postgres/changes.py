"""The one conditional write of a turn: a single statement, whatever the turn brings.

All its parts see the database as it was when it began. That is enough: whoever got the conversation's row with the
version that they expected has everything in view that earlier turns wrote. Only a turn that forgets needs a
transaction: what is deleted must be looked for after the row is ours, since messages are buried without a new version.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import count
from typing import Any

import asyncpg

from bot.runtime.ports import Outcome
from bot.storage.rows import PersonKey
from bot.storage.sealing import SealedChange
from bot.storage.statements import FORGET, IS_SEEN, numbered

_KEY = "platform = $1 AND tenant = $2 AND person = $3"
_UNSEEN = "NOT EXISTS (SELECT FROM inbox WHERE digest = $4)"

_REST = f"""
marked AS (
    INSERT INTO inbox (digest, at) SELECT $4::bytea, $6::bigint FROM changed WHERE $4 IS NOT NULL),
dropped AS (
    DELETE FROM outbox USING changed WHERE $8::boolean AND {_KEY} AND nudge IS NOT NULL),
replied AS (
    INSERT INTO replies (digest, platform, tenant, person, at, reply)
    SELECT $4, $1::text, $2::text, $3::text, $6, $9::bytea FROM changed WHERE $9 IS NOT NULL),
buried AS (
    INSERT INTO letters (platform, tenant, person, at, reason, address)
    SELECT $1, $2, $3, $6, $10::text, $7::bytea FROM changed WHERE $10 IS NOT NULL)
"""
_FIRST_TURN = f"""
WITH changed AS (
    INSERT INTO conversations
        (platform, tenant, person, version, updated_at, next_due, claimed_until, planned_with, finishes_on, address,
         body)
    SELECT $1, $2, $3, $5, $6, $12::bigint, 0, $13::text, $14::text, $7, $15::bytea WHERE $11::bigint = 0 AND {_UNSEEN}
    ON CONFLICT (platform, tenant, person) DO NOTHING
    RETURNING 1), {_REST}
"""
_LATER_TURN = f"""
WITH changed AS (
    UPDATE conversations
    SET version = $5, updated_at = $6, next_due = $12, claimed_until = 0, planned_with = $13, finishes_on = $14,
        address = $7, body = $15
    WHERE {_KEY} AND version = $11 AND {_UNSEEN}
    RETURNING 1), {_REST}
"""
_LAST_WORDS = f"WITH changed AS (SELECT WHERE $5::bigint IS NOT NULL), {_REST}"

_IS_SEEN = numbered(IS_SEEN)
_IS_UNKNOWN = f"SELECT 1 WHERE NOT EXISTS (SELECT FROM conversations WHERE {_KEY}) AND {_UNSEEN}"
_DELETE = f"DELETE FROM conversations WHERE {_KEY} AND version = $5 AND {_UNSEEN} RETURNING 1"
_LOCK = f"SELECT FROM conversations WHERE {_KEY} FOR UPDATE"
_FORGET = tuple(map(numbered, FORGET))


async def apply_change(connection: asyncpg.Connection, change: SealedChange) -> Outcome:
    """Write all of a change, or nothing when its inbound id was seen or its version is not the current one."""
    try:
        written = await (_take_turn if change.body is not None else _forget)(connection, change)
    except asyncpg.UniqueViolationError:
        return "repeated"  # the same event is just being committed by somebody else
    except (asyncpg.SerializationError, asyncpg.DeadlockDetectedError):
        return "conflict"
    if written:
        return "committed"
    return "repeated" if await connection.fetchval(_IS_SEEN, change.digest) else "conflict"


async def forget_person(connection: asyncpg.Connection, person: PersonKey) -> bool:
    """Delete all rows of a person in every table that has any; return whether there was one."""
    async with connection.transaction():
        await connection.execute(_LOCK, *person)
        return sum([rows_of(await connection.execute(delete, *person)) for delete in _FORGET]) > 0


def rows_of(status: str) -> int:
    """How many rows a statement changed, from what the server says at its end."""
    return int(status.rpartition(" ")[2])


async def _take_turn(connection: asyncpg.Connection, change: SealedChange) -> bool:
    statement = _with_letters(_LATER_TURN if change.version else _FIRST_TURN, 15, len(change.letters))
    conversation = (change.version, change.next_due, change.planned_with, change.finishes_on, change.body)
    written = await connection.fetchval(statement, *_around(change), *conversation, *_letters(change))
    return written is not None


async def _forget(connection: asyncpg.Connection, change: SealedChange) -> bool:
    async with connection.transaction():
        known = (_DELETE, *change.person, change.digest, change.version)
        unknown = (_IS_UNKNOWN, *change.person, change.digest)
        if not await connection.fetchval(*(known if change.version else unknown)):
            return False
        for delete in _FORGET:
            await connection.execute(delete, *change.person)
        statement = _with_letters(_LAST_WORDS, 10, len(change.letters))
        await connection.execute(statement, *_around(change), *_letters(change))
        return True


@cache
def _with_letters(statement: str, values: int, letters: int) -> str:
    """Put letters behind the ``values`` that a statement takes.

    One by one: to learn what an array is, asyncpg would ask the server, and set something for the session to do so.
    """
    if not letters:
        return f"{statement} SELECT 1 FROM changed"
    kinds = ("text", "int", "bigint", "bigint", "text", "bytea")
    numbers = count(values + 1)
    rows = ", ".join(f"({', '.join(f'${next(numbers)}::{kind}' for kind in kinds)})" for _ in range(letters))
    return f"""{statement}, queued AS (
        INSERT INTO outbox
            (platform, tenant, person, lane, turn, nth, due_at, expires_at, attempts, nudge, address, body)
        SELECT $1, $2, $3, lane, $5, nth, due_at, expires_at, 0, nudge, $7, body
        FROM changed, (VALUES {rows}) AS letter (lane, nth, due_at, expires_at, nudge, body)
        ORDER BY nth)
    SELECT 1 FROM changed"""


def _around(change: SealedChange) -> tuple[Any, ...]:
    return (
        *change.person,
        change.digest,
        change.new_version,
        change.now,
        change.address,
        change.drop_nudges,
        change.reply,
        change.letter,
    )


def _letters(change: SealedChange) -> Iterator[Any]:
    for row in change.letters:
        yield from (row.lane, row.nth, row.due_at, row.expires_at, row.nudge, row.body)
