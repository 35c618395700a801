"""Claims of conversations: what is due, and what was planned with something old. Inside the writer's transaction.

Each platform is looked up by itself, so that an index gives its earliest rows without a sort, however many are due.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from bot.storage.records import DueRow
from bot.storage.rows import PersonKey
from bot.storage.statements import PUT_OFF

_DUE = """
SELECT id, platform, tenant, person, address, next_due FROM conversations
WHERE platform = ? AND next_due <= ? AND claimed_until <= ? ORDER BY next_due LIMIT ?
"""
_UNPLANNED = """
SELECT id, platform, tenant, person, address, ? FROM conversations
WHERE platform = ? AND (planned_with < ? OR planned_with > ?) AND claimed_until <= ? LIMIT ?
"""
_CLAIM = "UPDATE conversations SET claimed_until = ? WHERE id = ?"


def claim_due(
    connection: sqlite3.Connection, platforms: Sequence[str], now: int, until: int, most: int
) -> list[DueRow]:
    found = [DueRow(*row) for name in platforms for row in connection.execute(_DUE, (name, now, now, most))]
    return _claimed(connection, sorted(found, key=lambda row: row.at)[:most], until)


def claim_unplanned(
    connection: sqlite3.Connection, platforms: Sequence[str], planned_with: str, now: int, until: int, most: int
) -> list[DueRow]:
    found: list[DueRow] = []
    for name in platforms:
        question = (now, name, planned_with, planned_with, now, most - len(found))
        found += [DueRow(*row) for row in connection.execute(_UNPLANNED, question)]
    return _claimed(connection, found, until)


def put_off(connection: sqlite3.Connection, person: PersonKey, until: int) -> None:
    connection.execute(PUT_OFF, (until, *person))


def _claimed(connection: sqlite3.Connection, rows: list[DueRow], until: int) -> list[DueRow]:
    connection.executemany(_CLAIM, [(until, row.id) for row in rows])
    return rows
