"""CPU per read-modify-write: our storage beside bare sqlite3 that writes the same rows, in one run.

Run ``python -m benchmarks.storage``. The floor does no more than it must: one thread, plain text, no checks, the same
tables, ``synchronous=FULL``, as many changes to a commit as there are people at once on our side.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.runtime.ports import Address, Change, OutboxRow
from bot.storage.crypto import Key, KeyRing
from bot.storage.opening import open_storage
from bot.storage.sqlite import schema
from bot.storage.sqlite.connection import connect, prepare

NOW = datetime(2026, 3, 4, 10, 10, tzinfo=UTC)
BODY = '{"profile":{"name":"Sam","timezone":"Europe/London"},"slots":{}}'.ljust(1500, ".")
MESSAGE = '{"parts":[{"is":"text","text":"Press Reply on their e-mail and paste it."}]}'.ljust(400, ".")


class Stopwatch:
    """CPU of the whole process, threads included, and time on the wall; both in microseconds."""

    def __init__(self) -> None:
        self._cpu, self._wall = time.process_time(), time.perf_counter()

    def per(self, turns: int) -> tuple[float, float]:
        cpu, wall = time.process_time() - self._cpu, time.perf_counter() - self._wall
        return cpu / turns * 1e6, wall / turns * 1e6


def floor(path: Path, turns: int, at_once: int) -> tuple[float, float]:
    """Read, update and queue a message, ``at_once`` times per commit."""
    with closing(connect(path)) as connection:
        prepare(connection)
        schema.make_tables(connection)
        stopwatch = Stopwatch()
        for batch in range(0, turns, at_once):
            people = range(batch, min(batch + at_once, turns))
            found = [_floor_read(connection, number % at_once) for number in people]
            connection.execute("BEGIN IMMEDIATE")
            for number, version in zip(people, found, strict=True):
                _floor_write(connection, number, number % at_once, version)
            connection.execute("COMMIT")
        return stopwatch.per(turns)


def _floor_read(connection: sqlite3.Connection, person: int) -> int:
    row = connection.execute("SELECT version, body FROM conversations WHERE id = ?", (person,)).fetchone()
    return row[0] if row else 0


def _floor_write(connection: sqlite3.Connection, number: int, person: int, version: int) -> None:
    connection.execute(
        "INSERT INTO conversations VALUES (?, 'slack', 'T1', ?, ?, 0, 0, 0, '', '', ?)"
        " ON CONFLICT (id) DO UPDATE SET version = version + 1, body = excluded.body",
        (person, str(person), version, BODY),
    )
    connection.execute("INSERT INTO inbox VALUES (?, 0)", (number.to_bytes(16),))
    connection.execute(
        "INSERT INTO outbox VALUES (NULL, 'slack', 'T1', ?, 'chat', ?, 0, 0, 0, 0, NULL, '', ?)",
        (str(person), version, MESSAGE),
    )


async def ours(path: Path, turns: int, at_once: int) -> tuple[float, float]:
    """Load and commit, by ``at_once`` people who each wait for their own commit."""
    storage = await open_storage(f"sqlite:///{path}", KeyRing([Key.fresh()]))

    async def talk(person: int) -> None:
        address = Address("slack", "T1", f"U{person}", f"D{person}")
        for number in range(turns // at_once):
            loaded = await storage.load(address, f"{person}:{number}")
            row = OutboxRow(MESSAGE, NOW, NOW + timedelta(days=1))
            await storage.commit(Change(address, f"{person}:{number}", loaded.version, BODY, NOW, NOW, rows=[row]))

    stopwatch = Stopwatch()
    await asyncio.gather(*(talk(person) for person in range(at_once)))
    result = stopwatch.per(turns)
    await storage.close()
    return result


@contextmanager
def _file() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "bench.db"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=4096)
    turns = parser.parse_args().turns
    print("people at once | floor: CPU us  wall us | ours: CPU us  wall us | CPU ratio")
    for at_once in (1, 8, 64):
        with _file() as path:
            bare = floor(path, turns, at_once)
        with _file() as path:
            own = asyncio.run(ours(path, turns, at_once))
        print(f"{at_once:14} | {bare[0]:13.0f} {bare[1]:8.0f} | {own[0]:12.0f} {own[1]:8.0f} | {own[0] / bare[0]:9.2f}")


if __name__ == "__main__":
    main()
