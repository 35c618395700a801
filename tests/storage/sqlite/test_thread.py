"""The thread that owns a connection: batches, and what becomes of a job that fails or that nobody waits for."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Awaitable

import pytest
import pytest_asyncio

from bot.runtime.ports import StorageUnavailableError
from bot.storage.sqlite.batches import write_batch
from bot.storage.sqlite.thread import MOST_IN_A_BATCH, Batch, DatabaseThread


class Writer:
    """A thread on a database in memory with one table, and a gate at which it can be held up."""

    def __init__(self) -> None:
        self.batches: list[int] = []
        connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("CREATE TABLE numbers (number UNIQUE)")
        connection.execute("CREATE TABLE halves (of REFERENCES numbers (number) DEFERRABLE INITIALLY DEFERRED)")
        self.thread = DatabaseThread("writer", connection, self._run_batch)
        self._gate = threading.Event()

    def hold_up(self) -> Awaitable[object]:
        """Keep the thread busy until ``let_go``."""
        return asyncio.ensure_future(self.thread.do(lambda connection: self._gate.wait()))

    def let_go(self) -> None:
        self._gate.set()

    async def add(self, number: int, within: float = 0.0) -> int:
        return await self.thread.do(
            lambda connection: connection.execute("INSERT INTO numbers VALUES (?)", (number,)).rowcount, within
        )

    async def halve(self, number: int) -> int:
        """Refused at the commit, and not before, when there is no such number."""
        return await self.thread.do(
            lambda connection: connection.execute("INSERT INTO halves VALUES (?)", (number,)).rowcount
        )

    async def numbers(self) -> list[int]:
        rows = await self.thread.do(
            lambda connection: connection.execute("SELECT number FROM numbers ORDER BY number").fetchall()
        )
        return [row[0] for row in rows]

    def _run_batch(self, connection: sqlite3.Connection, batch: Batch) -> None:
        self.batches.append(len(batch))
        write_batch(connection, batch)


@pytest_asyncio.fixture
async def writer() -> AsyncIterator[Writer]:
    made = Writer()
    yield made
    made.let_go()
    await made.thread.close()


async def test_a_lone_write_is_committed_at_once(writer: Writer) -> None:
    assert await writer.add(1) == 1
    assert writer.batches == [1]


async def test_what_waits_is_written_with_one_commit(writer: Writer) -> None:
    held_up = writer.hold_up()
    await asyncio.sleep(0)
    adding = [asyncio.ensure_future(writer.add(number)) for number in range(50)]
    await asyncio.sleep(0)

    writer.let_go()
    await asyncio.gather(held_up, *adding)

    assert sum(writer.batches) == 51
    assert len(writer.batches) <= 2


async def test_what_a_round_of_the_loop_asks_for_is_written_with_one_commit(writer: Writer) -> None:
    await asyncio.gather(*(writer.add(number) for number in range(20)))

    assert writer.batches == [20]


async def test_work_that_may_wait_is_written_with_the_first_that_does_not(writer: Writer) -> None:
    waiting = [asyncio.ensure_future(writer.add(number, within=60.0)) for number in (1, 2)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert writer.batches == [], "both wait"

    await asyncio.gather(writer.add(3), *waiting)

    assert writer.batches == [3]


async def test_work_that_waits_is_begun_when_it_has_waited_long_enough(writer: Writer) -> None:
    assert await writer.add(1, within=0.001) == 1


async def test_closing_finishes_what_waits(writer: Writer) -> None:
    waiting = asyncio.ensure_future(writer.add(1, within=60.0))
    await asyncio.sleep(0)

    await writer.thread.close()

    assert await waiting == 1


async def test_a_batch_has_a_limit(writer: Writer) -> None:
    held_up = writer.hold_up()
    await asyncio.sleep(0)
    adding = [asyncio.ensure_future(writer.add(number)) for number in range(3 * MOST_IN_A_BATCH)]
    await asyncio.sleep(0)

    writer.let_go()
    await asyncio.gather(held_up, *adding)

    assert max(writer.batches) == MOST_IN_A_BATCH


async def test_a_job_that_fails_takes_no_other_with_it(writer: Writer) -> None:
    held_up = writer.hold_up()
    await asyncio.sleep(0)
    adding = [asyncio.ensure_future(writer.add(number)) for number in (1, 2, 2, 3)]
    await asyncio.sleep(0)

    writer.let_go()
    await held_up
    outcomes = await asyncio.gather(*adding, return_exceptions=True)

    assert [type(outcome) for outcome in outcomes] == [int, int, StorageUnavailableError, int]
    assert await writer.numbers() == [1, 2, 3]


async def test_what_a_failed_job_wrote_before_is_undone(writer: Writer) -> None:
    def write_and_fail(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO numbers VALUES (7)")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await writer.thread.do(write_and_fail)

    assert await writer.numbers() == []


async def test_when_the_commit_fails_every_job_of_the_batch_is_refused_and_none_is_kept(writer: Writer) -> None:
    held_up = writer.hold_up()
    await asyncio.sleep(0)
    adding = [asyncio.ensure_future(writer.add(1)), asyncio.ensure_future(writer.halve(8))]
    await asyncio.sleep(0)

    writer.let_go()
    await asyncio.gather(held_up, return_exceptions=True)
    outcomes = await asyncio.gather(*adding, return_exceptions=True)

    assert [type(outcome) for outcome in outcomes] == [StorageUnavailableError] * 2
    assert await writer.numbers() == []
    assert await writer.add(1) == 1


async def test_when_sqlite_undoes_the_whole_batch_every_job_of_it_is_refused_with_the_reason(writer: Writer) -> None:
    def fill_the_disk(connection: sqlite3.Connection) -> None:
        connection.execute("ROLLBACK")
        raise sqlite3.OperationalError("disk is full")

    held_up = writer.hold_up()
    await asyncio.sleep(0)
    jobs = [writer.add(1), writer.thread.do(fill_the_disk), writer.add(2)]
    waiting = [asyncio.ensure_future(job) for job in jobs]
    await asyncio.sleep(0)

    writer.let_go()
    await asyncio.gather(held_up, return_exceptions=True)
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)

    assert [str(outcome) for outcome in outcomes] == ["the database could not do it: disk is full"] * 3
    assert await writer.numbers() == []


async def test_a_job_that_nobody_waits_for_any_more_is_left_out(writer: Writer) -> None:
    held_up = writer.hold_up()
    await asyncio.sleep(0)
    adding = asyncio.ensure_future(writer.add(1))
    await asyncio.sleep(0)

    adding.cancel()
    await asyncio.sleep(0)
    writer.let_go()
    await held_up

    assert await writer.numbers() == []


async def test_closing_finishes_what_is_queued(writer: Writer) -> None:
    held_up = writer.hold_up()
    adding = asyncio.ensure_future(writer.add(1))
    await asyncio.sleep(0)

    closing = asyncio.ensure_future(writer.thread.close())
    await asyncio.sleep(0)
    writer.let_go()
    await closing

    assert await held_up
    assert await adding == 1


async def test_after_closing_nothing_is_taken(writer: Writer) -> None:
    await writer.thread.close()

    with pytest.raises(StorageUnavailableError, match="closed"):
        await writer.add(1)


def test_a_thread_serves_one_event_loop_after_another() -> None:
    writer = asyncio.run(_made())

    asyncio.run(writer.add(1))
    numbers = asyncio.run(writer.numbers())
    asyncio.run(writer.thread.close())

    assert numbers == [1]


async def _made() -> Writer:
    return Writer()
