"""A thread that owns a connection and runs what is queued for it, a batch at a time.

What an event loop asks for in one round is handed over together, at the round's end: a thread that begins in between
only takes turns with the loop. Whatever waits when the thread comes back becomes the next batch. Work that is known to
get company can wait for it a little: many then share one commit, which is where the time goes.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterable
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar

from bot.runtime.ports import StorageUnavailableError

MOST_IN_A_BATCH = 200
"""Bounds how long one transaction keeps other processes out."""

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]


class Job(Generic[T]):
    """Work that is waited for on an event loop; it ends with a result or an error."""

    __slots__ = ("_future", "error", "loop", "result", "work")

    def __init__(self, work: Work[T]) -> None:
        self.work = work
        self.loop = asyncio.get_running_loop()
        self.result: T | None = None
        self.error: Exception | None = None
        self._future: asyncio.Future[T] = self.loop.create_future()

    @property
    def unwanted(self) -> bool:
        """Nobody waits any more: begun too late it would only take somebody else's time."""
        return self._future.cancelled()

    @property
    def outcome(self) -> asyncio.Future[T]:
        return self._future

    def settle(self) -> None:
        """Wake whoever waits; on their own loop."""
        if self._future.done():
            return
        if self.error is not None:
            self._future.set_exception(self.error)
        else:
            self._future.set_result(self.result)  # type: ignore[arg-type]  # T may well be None


Batch = list[Job[Any]]
RunBatch = Callable[[sqlite3.Connection, Batch], None]


class Round:
    """What a loop has asked for and not handed over yet.

    ``timer`` hands it over when it has waited long enough; ``at_once`` says that the end of this round does.
    """

    __slots__ = ("at_once", "jobs", "timer")

    def __init__(self, timer: asyncio.TimerHandle | None) -> None:
        self.jobs: Batch = []
        self.timer = timer
        self.at_once = False


class DatabaseThread:
    """Takes ownership of the connection; ``run_batch`` gives every job of a batch its result or its error."""

    def __init__(self, name: str, connection: sqlite3.Connection, run_batch: RunBatch) -> None:
        self._connection = connection
        self._run_batch = run_batch
        self._queue: SimpleQueue[Job[Any] | None] = SimpleQueue()
        self._rounds: dict[asyncio.AbstractEventLoop, Round] = {}
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._open = True
        self._thread.start()

    async def do(self, work: Work[T], within: float = 0.0) -> T:
        """Run ``work`` on the thread, begun ``within`` so many seconds, or with the first that does not wait.

        Raises:
            StorageUnavailableError: the database could not do it; nothing of it was kept.
        """
        if not self._open:
            raise StorageUnavailableError("the database is closed")
        job = Job(work)
        waiting = self._rounds.get(job.loop)
        if waiting is None:
            timer = job.loop.call_later(within, self._hand_over, job.loop) if within else None
            waiting = self._rounds[job.loop] = Round(timer)
        waiting.jobs.append(job)
        if not (within or waiting.at_once):
            waiting.at_once = True
            job.loop.call_soon(self._hand_over, job.loop)
        return await job.outcome

    async def close(self) -> None:
        """Finish what is queued, then close the connection. Closing twice is harmless."""
        if self._open:
            self._open = False
            for loop in list(self._rounds):
                self._hand_over(loop)
            self._queue.put(None)
        await asyncio.to_thread(self._thread.join)

    def _hand_over(self, loop: asyncio.AbstractEventLoop) -> None:
        """Give the thread what a loop has asked for in the round that ends."""
        ended = self._rounds.pop(loop, None)
        if ended is None:
            return
        if ended.timer is not None:
            ended.timer.cancel()
        for job in ended.jobs:
            self._queue.put(job)

    def _run(self) -> None:
        going_on = True
        while going_on:
            batch, going_on = self._next_batch()
            if batch:
                self._run_batch(self._connection, batch)
                _settle(batch)
        self._connection.close()

    def _next_batch(self) -> tuple[Batch, bool]:
        batch: Batch = []
        job = self._queue.get()
        while job is not None:
            if not job.unwanted:
                batch.append(job)
            if len(batch) == MOST_IN_A_BATCH:
                return batch, True
            try:
                job = self._queue.get_nowait()
            except Empty:
                return batch, True
        return batch, False


def _settle(batch: Batch) -> None:
    """Wake each loop once, however many of its jobs are done."""
    for loop in {job.loop for job in batch}:
        try:
            loop.call_soon_threadsafe(_settle_all, [job for job in batch if job.loop is loop])
        except RuntimeError:
            continue  # that loop is closed, so nobody waits there


def _settle_all(jobs: Iterable[Job[Any]]) -> None:
    for job in jobs:
        job.settle()
