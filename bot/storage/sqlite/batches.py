"""How a batch is written, and how it is read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from bot.runtime.ports import StorageUnavailableError
from bot.storage.sqlite.thread import Batch, Job


def write_batch(connection: sqlite3.Connection, batch: Batch) -> None:
    """Run all jobs in one transaction, each within its own savepoint: one that fails takes no other with it."""
    try:
        _begin(connection, "BEGIN IMMEDIATE")
        if len(batch) == 1:
            _write_alone(connection, batch[0])
            return
        for job in batch:
            _write(connection, job)
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        _roll_back(connection)
        for job in batch:
            job.error = unavailable(error)


def read_batch(connection: sqlite3.Connection, batch: Batch) -> None:
    """Run all jobs on one snapshot, which is newer than every commit that was waited for before they were queued.

    A job alone is left to itself: most are one statement, which is a snapshot of its own.
    """
    if len(batch) == 1 and not connection.in_transaction:
        _attempt(connection, batch[0])
        return
    try:
        _begin(connection, "BEGIN")
        for job in batch:
            _attempt(connection, job)
    except sqlite3.Error as error:
        for job in batch:
            job.error = unavailable(error)
    finally:
        _roll_back(connection)


def unavailable(error: sqlite3.Error) -> StorageUnavailableError:
    """SQLite's own words name tables and conditions, never values."""
    unavailable_error = StorageUnavailableError(f"the database could not do it: {error}")
    unavailable_error.__cause__ = error
    return unavailable_error


def _begin(connection: sqlite3.Connection, how: str) -> None:
    if connection.in_transaction:
        # The last batch failed, and so did its undoing; without this no batch would ever succeed again.
        connection.execute("ROLLBACK")
    connection.execute(how)


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """For a job that asks several questions."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        _roll_back(connection)


def _write_alone(connection: sqlite3.Connection, job: Job[object]) -> None:
    """The transaction is all the protection that it needs."""
    _attempt(connection, job)
    if job.error is None:
        connection.execute("COMMIT")
    else:
        _roll_back(connection)


def _write(connection: sqlite3.Connection, job: Job[object]) -> None:
    connection.execute("SAVEPOINT job")
    _attempt(connection, job)
    if job.error is not None:
        if not connection.in_transaction:
            # A full disk or a failing one makes SQLite undo the whole transaction, the other jobs' work included.
            raise sqlite3.OperationalError(str(job.error.__cause__)) from job.error
        connection.execute("ROLLBACK TO job")
    connection.execute("RELEASE job")


def _attempt(connection: sqlite3.Connection, job: Job[object]) -> None:
    try:
        job.result = job.work(connection)
    except sqlite3.Error as error:
        job.error = unavailable(error)
    except Exception as error:  # noqa: BLE001  # it is raised where the job is waited for; the thread has to live on
        job.error = error


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
