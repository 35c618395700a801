"""A database with a million people in it, made in seconds: copies of one of them, by the database itself.

A copy cannot be opened, because what is sealed is bound to its row. It is there to be in the way of others.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta

import asyncpg

_PEOPLE = """
INSERT INTO conversations (platform, tenant, person, version, updated_at, next_due, claimed_until, planned_with,
                           address, body, finishes_on)
SELECT platform, 'T' || (n % 200), 'F' || n, version, updated_at, updated_at + {later}, 0, planned_with,
       address, body, finishes_on
FROM numbers, conversations WHERE person = '{model}'
"""
_INBOX = "INSERT INTO inbox (digest, at) SELECT {digest}, {later} + n FROM numbers"

_LATER = timedelta(days=9) // timedelta(microseconds=1)

_COUNT_SQLITE = """
WITH RECURSIVE numbers (n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM numbers WHERE n < {last})
"""
_COUNT_POSTGRES = "WITH numbers (n) AS (SELECT generate_series({first}, {last}))"


async def crowd(url: str, model: str, numbers: range) -> None:
    """Keep a copy of the user ``model`` under every number, each with a timer nine days ahead and an inbound id."""
    if not numbers:
        return
    bounds = {"first": numbers.start, "last": numbers.stop - 1}
    if url.startswith("sqlite"):
        _crowd_file(url.removeprefix("sqlite:///"), model, _COUNT_SQLITE.format(**bounds))
    else:
        await _crowd_server(url, model, _COUNT_POSTGRES.format(**bounds))


def _crowd_file(path: str, model: str, count: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(count + _PEOPLE.format(model=model, later=_LATER))
        connection.execute(count + _INBOX.format(digest="randomblob(16)", later=_LATER))
        connection.execute("ANALYZE")


async def _crowd_server(url: str, model: str, count: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(count + _PEOPLE.format(model=model, later=_LATER))
    await connection.execute(count + _INBOX.format(digest="decode(md5(n::text), 'hex')", later=_LATER))
    await connection.execute("VACUUM ANALYZE")  # as its own daemon would in time
    await connection.execute("CHECKPOINT")
    await connection.close()
