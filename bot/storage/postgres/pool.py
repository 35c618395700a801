"""Connections to PostgreSQL: made when they are needed, kept while they work, dropped at the first doubt.

asyncpg's own pool resets each connection with a statement when it comes back and may wait for a server that does not
answer; ours keeps nothing on a connection that would need a reset, and never waits longer than a turn may.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import asyncpg

from bot.runtime.ports import StorageUnavailableError
from bot.storage.postgres.errors import FAILED, LOST, NOT_YET, unavailable

MOST_CONNECTIONS = 10
"""Of one process; PostgreSQL takes a hundred unless it is told otherwise."""

PATIENCE = 2.0
"""How long a statement, or a new connection, is waited for; somebody waits for us for two seconds and a half."""

PAUSE = 0.1
"""Seconds between two attempts to connect."""

T = TypeVar("T")
Work = Callable[[asyncpg.Connection], Awaitable[T]]
Connect = Callable[[], Awaitable[asyncpg.Connection]]


class Pool:
    """Belongs to one event loop. ``connect`` makes a connection whose statements end after ``PATIENCE``."""

    def __init__(self, connect: Connect, most: int = MOST_CONNECTIONS) -> None:
        self._connect = connect
        self._seats = asyncio.Semaphore(most)
        self._idle: list[asyncpg.Connection] = []
        self._closed = False

    async def do(self, work: Work[T]) -> T:
        """Run ``work`` on a connection.

        Raises:
            StorageUnavailableError: the database could not do it. When the connection was lost, it may have done it
                and been kept from saying so.
        """
        try:
            return await self._attempt(work)
        except FAILED as error:
            raise unavailable(error) from None

    async def do_again(self, work: Work[T]) -> T:
        """Like ``do``, for work that may be repeated: once more when the connection was lost."""
        try:
            return await self._attempt(work)
        except TimeoutError as error:  # it is an OSError too, but there is no time for another attempt
            raise unavailable(error) from None
        except LOST:
            return await self.do(work)
        except FAILED as error:
            raise unavailable(error) from None

    async def close(self) -> None:
        """Closing twice is harmless."""
        self._closed = True
        while self._idle:
            connection = self._idle.pop()
            try:
                await connection.close(timeout=PATIENCE)
            except FAILED:
                connection.terminate()
        await asyncio.sleep(0)  # what was terminated lets go of its socket when the loop comes round

    async def _attempt(self, work: Work[T]) -> T:
        async with self._seats:
            connection = await self._take()
            try:
                result = await work(connection)
            except BaseException as error:
                if isinstance(error, asyncpg.PostgresError) and not isinstance(error, LOST):
                    self._put_back(connection)
                else:
                    # An answer may still be on its way: nobody else must take it for theirs.
                    connection.terminate()
                raise
            self._put_back(connection)
            return result

    async def _take(self) -> asyncpg.Connection:
        if self._closed:
            raise StorageUnavailableError("the database is closed")
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed():
                return connection
        return await self._new()

    async def _new(self) -> asyncpg.Connection:
        """Connect, and go on trying: a restart takes a moment."""
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    return await self._connect()
                except NOT_YET:
                    await asyncio.sleep(PAUSE)

    def _put_back(self, connection: asyncpg.Connection) -> None:
        if self._closed or connection.is_closed() or connection.is_in_transaction():
            connection.terminate()
        else:
            self._idle.append(connection)
