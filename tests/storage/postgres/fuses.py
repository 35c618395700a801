"""Connections to PostgreSQL that are lost at a chosen statement, before it was done or after."""

from __future__ import annotations

from typing import Any

import asyncpg

from tests.storage.sqlite.fuses import Fuse


class Wire:
    """Connections whose every statement burns on a fuse; give ``connect`` to ``open_database``.

    ``answers``: the statement is done, and its answer is what gets lost.
    """

    def __init__(self, fuse: Fuse, answers: bool = False) -> None:
        self.fuse = fuse
        self.answers = answers

    async def connect(self, url: str, *, keeps_statements: bool, patience: float = 2.0) -> asyncpg.Connection:
        size = 100 if keeps_statements else 0
        kind = _fused(self)
        return await asyncpg.connect(url, statement_cache_size=size, command_timeout=patience, connection_class=kind)


def lose(statement: str) -> None:
    """What it looks like when the server goes away."""
    raise asyncpg.ConnectionDoesNotExistError(f"lost at {statement.split()[0]}")


def _fused(wire: Wire) -> type[asyncpg.Connection]:
    class Fused(asyncpg.Connection):
        async def execute(self, query: str, *values: Any, **more: Any) -> str:
            return str(await self._burn(query, super().execute(query, *values, **more)))

        async def fetch(self, query: str, *values: Any, **more: Any) -> Any:
            return await self._burn(query, super().fetch(query, *values, **more))

        async def fetchrow(self, query: str, *values: Any, **more: Any) -> Any:
            return await self._burn(query, super().fetchrow(query, *values, **more))

        async def fetchval(self, query: str, *values: Any, **more: Any) -> Any:
            return await self._burn(query, super().fetchval(query, *values, **more))

        async def _burn(self, query: str, doing: Any) -> Any:
            if wire.answers:
                done = await doing
                wire.fuse.burn(query)
                return done
            try:
                wire.fuse.burn(query)
            except BaseException:
                doing.close()
                raise
            return await doing

    return Fused
