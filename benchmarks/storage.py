"""CPU per read-modify-write: our storage on both databases beside bare sqlite3 that writes the same rows, in one run.

Run ``python -m benchmarks.storage``. The floor does no more than it must: one thread, plain text, no checks, the same
tables, ``synchronous=FULL``, as many changes to a commit as there are people at once on our side. PostgreSQL's own
processes are not counted; what counts is what a turn costs the process that takes it. Both databases write to the disk
before they answer.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.runtime.ports import Address, Change, OutboxRow, Storage
from bot.storage.crypto import Key, KeyRing
from bot.storage.opening import open_storage
from bot.storage.sqlite import schema
from bot.storage.sqlite.connection import connect, prepare
from tests.storage.postgres.server import Server, new_database

BUDGET = 1.5
"""PostgreSQL's CPU in our process beside SQLite's."""

NOW = datetime(2026, 3, 4, 10, 10, tzinfo=UTC)
BODY = '{"profile":{"name":"Sam","timezone":"Europe/London"},"slots":{}}'.ljust(1500, ".")
MESSAGE = '{"parts":[{"is":"text","text":"Press Reply on their e-mail and paste it."}]}'.ljust(400, ".")
KEYS = KeyRing([Key(b"k" * 32)])

Cost = tuple[float, float]
"""Microseconds a turn: CPU of the whole process, threads included, and time on the wall."""


class Stopwatch:
    def __init__(self) -> None:
        self._cpu, self._wall = time.process_time(), time.perf_counter()

    def per(self, turns: int) -> Cost:
        cpu, wall = time.process_time() - self._cpu, time.perf_counter() - self._wall
        return cpu / turns * 1e6, wall / turns * 1e6


def floor(path: Path, turns: int, at_once: int) -> Cost:
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
        "INSERT INTO conversations VALUES (?, 'slack', 'T1', ?, ?, 0, 0, 0, '', '', ?, '')"
        " ON CONFLICT (id) DO UPDATE SET version = version + 1, body = excluded.body",
        (person, str(person), version, BODY),
    )
    connection.execute("INSERT INTO inbox VALUES (?, 0)", (number.to_bytes(16),))
    connection.execute(
        "INSERT INTO outbox VALUES (NULL, 'slack', 'T1', ?, 'chat', ?, 0, 0, 0, 0, NULL, '', ?, 0)",
        (str(person), version, MESSAGE),
    )


async def ours(url: str, turns: int, at_once: int, name: str = "U") -> Cost:
    """Load and commit, by ``at_once`` people who each wait for their own commit."""
    storage = await open_storage(url, KEYS)
    await _talk_all(storage, at_once, at_once, f"warm{name}")
    stopwatch = Stopwatch()
    await _talk_all(storage, turns, at_once, name)
    result = stopwatch.per(turns)
    await storage.close()
    return result


async def _talk_all(storage: Storage, turns: int, at_once: int, name: str) -> None:
    await asyncio.gather(*(_talk(storage, f"{name}{person}", turns // at_once) for person in range(at_once)))


async def _talk(storage: Storage, person: str, turns: int) -> None:
    address = Address("slack", "T1", person, f"D{person}")
    for number in range(turns):
        loaded = await storage.load(address, f"{person}:{number}")
        row = OutboxRow(MESSAGE, NOW, NOW + timedelta(days=1))
        await storage.commit(Change(address, f"{person}:{number}", loaded.version, BODY, NOW, NOW, rows=[row]))


def in_processes(url: str, turns: int, at_once: int, processes: int) -> float:
    """Turns a second of several processes together, each with ``at_once`` people."""
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        asked = [(url, turns, at_once, f"P{number}x") for number in range(processes)]
        return sum(1e6 / wall for _, wall in pool.starmap(_in_process, asked))


def _in_process(url: str, turns: int, at_once: int, name: str) -> Cost:
    return asyncio.run(ours(url, turns, at_once, name))


async def growth(url: str, turns: int, sizes: list[int]) -> list[tuple[int, Cost]]:
    """What a turn costs with so many people in the database, who all have a conversation, a timer and an inbound id."""
    storage = await open_storage(url, KEYS)
    costs, people = [], 0
    for size in sizes:
        await _fill(storage, range(people, size))
        people = size
        await _talk_all(storage, 64, 8, f"warm{size}")
        stopwatch = Stopwatch()
        await _talk_all(storage, turns, 8, f"G{size}x")
        costs.append((size, stopwatch.per(turns)))
    await storage.close()
    return costs


async def _fill(storage: Storage, numbers: range, at_once: int = 200) -> None:
    small = Change(Address("slack", "T1", ""), None, 0, BODY[:300], NOW + timedelta(days=9), NOW)
    for start in range(numbers.start, numbers.stop, at_once):
        some = range(start, min(start + at_once, numbers.stop))
        people = (Address("slack", f"T{number % 200}", f"F{number}") for number in some)
        await asyncio.gather(
            *(storage.commit(replace(small, address=person, inbound=person.user)) for person in people)
        )


@contextmanager
def _file() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/bench.db"


def compare(server: Server, turns: int) -> float:
    """Print what a turn costs; the greatest ratio of PostgreSQL to SQLite."""
    print("people at once |  floor: CPU  wall us | SQLite: CPU  wall us | PostgreSQL: CPU  wall us | CPU, to SQLite")
    ratios = []
    for at_once in (1, 8, 64):
        with _file() as url:
            bare = floor(Path(url.removeprefix("sqlite:///")), turns, at_once)
        with _file() as url:
            file = asyncio.run(ours(url, turns, at_once))
        served = asyncio.run(ours(new_database(server.url()), turns, at_once))
        ratios.append(served[0] / file[0])
        print(
            f"{at_once:14} | {bare[0]:11.0f} {bare[1]:8.0f} | {file[0]:11.0f} {file[1]:8.0f} |"
            f" {served[0]:15.0f} {served[1]:8.0f} | {ratios[-1]:14.2f}"
        )
    return max(ratios)


def main() -> int:
    """Exit 1 when PostgreSQL costs our process more than the budget allows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=4096)
    parser.add_argument("--people", type=int, default=100_000, help="how far to grow")
    arguments = parser.parse_args()
    server = Server(settings=())
    try:
        ratio = compare(server, arguments.turns)
        for processes in (1, 2):
            with _file() as url:
                file = in_processes(url, arguments.turns, 8, processes)
            served = in_processes(new_database(server.url()), arguments.turns, 8, processes)
            print(f"{processes} process(es): {file:6.0f} turns/s on SQLite, {served:6.0f} on PostgreSQL")
        sizes = [size for size in (1_000, 100_000, 1_000_000) if size <= arguments.people]
        with _file() as url:
            for name, where in (("SQLite", url), ("PostgreSQL", new_database(server.url()))):
                for size, (cpu, wall) in asyncio.run(growth(where, arguments.turns, sizes)):
                    print(f"{size:9,} people: {cpu:4.0f} us CPU, {wall:5.0f} us wall on {name}")
    finally:
        server.close()
    print(f"{ratio:.2f} of SQLite's CPU at most; the budget is {BUDGET}")
    return 0 if ratio <= BUDGET else 1


if __name__ == "__main__":
    sys.exit(main())
