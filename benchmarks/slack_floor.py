"""The least that keeping what was said takes: one thread, and one flushed commit for all who wait.

Written by hand, for `benchmarks.slack_turn` to be held against. It reads nothing, says one thing, seals nothing, and is
no use to anybody.
"""

from __future__ import annotations

import asyncio
import sqlite3
from queue import SimpleQueue
from threading import Thread

_TABLES = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
CREATE TABLE people (person TEXT PRIMARY KEY, version INTEGER NOT NULL, state TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE seen (event TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE letters (id INTEGER PRIMARY KEY, person TEXT NOT NULL, words TEXT NOT NULL);
"""

Told = tuple[str, str, str]
"""Who told it, the id of the event, and the words."""


class Keeper:
    """Keeps the last words of a person, the ids of events and one answer to each."""

    def __init__(self, path: str) -> None:
        self._loop = asyncio.get_running_loop()
        self._jobs: SimpleQueue[tuple[Told, asyncio.Future[None]]] = SimpleQueue()
        self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._database.executescript(_TABLES)
        Thread(target=self._write, daemon=True).start()

    async def keep(self, told: Told) -> None:
        """Return when it is on the disk."""
        kept = self._loop.create_future()
        self._jobs.put((told, kept))
        await kept

    def _write(self) -> None:
        while True:
            batch = [self._jobs.get()]
            batch += [self._jobs.get() for _ in range(self._jobs.qsize())]  # nobody else takes from it
            self._commit([told for told, _ in batch])
            self._loop.call_soon_threadsafe(_tell, [kept for _, kept in batch])

    def _commit(self, batch: list[Told]) -> None:
        run = self._database.execute
        run("BEGIN IMMEDIATE")
        for person, event, words in batch:
            row = run("SELECT version FROM people WHERE person = ?", (person,)).fetchone()
            version = row[0] + 1 if row else 1
            run("INSERT OR REPLACE INTO people VALUES (?, ?, ?)", (person, version, words))
            run("INSERT INTO seen VALUES (?)", (event,))
            run("INSERT INTO letters (person, words) VALUES (?, ?)", (person, words))
        run("COMMIT")


def _tell(batch: list[asyncio.Future[None]]) -> None:
    for kept in batch:
        kept.set_result(None)
