"""What has had its time is deleted, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

REPLY_KEPT = timedelta(minutes=15)
INBOUND_KEPT = timedelta(days=7)
DEAD_LETTER_KEPT = timedelta(days=30)

PAGE = 500


@dataclass(frozen=True, slots=True)
class Chore:
    """A statement that takes (up to which moment, how many rows at most), and how long before now the moment lies."""

    statement: str
    kept: timedelta


def _old(table: str, column: str) -> str:
    return f"DELETE FROM {table} WHERE {column} IN (SELECT {column} FROM {table} WHERE at <= ? LIMIT ?)"


CHORES = (
    Chore(_old("replies", "digest"), REPLY_KEPT),
    Chore(_old("inbox", "digest"), INBOUND_KEPT),
    Chore(_old("letters", "id"), DEAD_LETTER_KEPT),
    Chore(
        "UPDATE letters SET body = NULL WHERE id IN"
        " (SELECT id FROM letters WHERE body IS NOT NULL AND expires_at <= ? LIMIT ?)",
        timedelta(0),
    ),
)
