"""The tables in a SQLite file: a thread that writes, and one that reads."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Sequence

from bot.runtime.ports import Outcome
from bot.storage.lanes import Held
from bot.storage.notes import Note
from bot.storage.records import BodyRow, DeadRow, DueRow, KeptRows, LoadedRow, OutboxRecord
from bot.storage.rotation import Resealed, RowKey, SealedColumn, SealedValue
from bot.storage.rows import PersonKey
from bot.storage.sealing import SealedChange
from bot.storage.sqlite import changes, lanes, meta, reading, resealing, tenants, timers, versions
from bot.storage.sqlite.connection import MEMORY, empty_log
from bot.storage.sqlite.database import Database
from bot.storage.tidying import PAGE, Chore

WITHIN = 0.005
"""Seconds that a turn's commit may wait for those of others who are talking too."""

TALKING = 0.05
"""Seconds for which somebody who was loaded counts as talking; not every load is followed by a commit."""


class SqliteTables:
    """Implements ``Tables``. May be used from several event loops."""

    def __init__(self, database: Database) -> None:
        self.secret = database.secret
        self._path = database.path
        self._writer, self._reader = database.start()
        self._talking: OrderedDict[PersonKey, float] = OrderedDict()
        self._committing = 0

    async def read_conversation(self, person: PersonKey, digest: bytes | None) -> LoadedRow:
        self._talking[person] = time.monotonic()
        self._talking.move_to_end(person)
        return await self._reader.do(lambda connection: reading.read_conversation(connection, person, digest))

    async def apply_change(self, change: SealedChange) -> Outcome:
        """Write a change, with those of others who are talking if they come soon."""
        self._committing += 1
        within = WITHIN if self._committing < self._talkers() else 0.0
        if not within:
            self._committing = 0
        return await self._writer.do(lambda connection: changes.apply_change(connection, change), within)

    def _talkers(self) -> int:
        earliest = time.monotonic() - TALKING
        while self._talking and next(iter(self._talking.values())) < earliest:
            self._talking.popitem(last=False)
        return len(self._talking)

    async def read_kept(self, person: PersonKey) -> KeptRows | None:
        return await self._reader.do(lambda connection: reading.read_kept(connection, person))

    async def forget_person(self, person: PersonKey) -> bool:
        return await self._writer.do(lambda connection: changes.forget_person(connection, person))

    async def claim_due(self, platforms: Sequence[str], now: int, until: int, most: int) -> list[DueRow]:
        return await self._writer.do(lambda connection: timers.claim_due(connection, platforms, now, until, most))

    async def claim_unplanned(
        self, platforms: Sequence[str], planned_with: str, now: int, until: int, most: int
    ) -> list[DueRow]:
        return await self._writer.do(
            lambda connection: timers.claim_unplanned(connection, platforms, planned_with, now, until, most)
        )

    async def put_off(self, person: PersonKey, until: int) -> None:
        await self._writer.do(lambda connection: timers.put_off(connection, person, until))

    async def claim_heads(
        self, platforms: Sequence[str], now: int, until: int, most: int, urgent_only: bool
    ) -> list[OutboxRecord]:
        return await self._writer.do(
            lambda connection: lanes.claim_heads(connection, platforms, now, until, most, urgent_only)
        )

    async def still_claimed(self, held: Held, now: int) -> bool:
        return await self._reader.do(lambda connection: lanes.still_claimed(connection, held, now))

    async def begin_letter(self, held: Held, now: int) -> bool:
        return await self._writer.do(lambda connection: lanes.begin_letter(connection, held, now))

    async def delete_letter(self, held: Held) -> bool:
        return await self._writer.do(lambda connection: lanes.delete_letter(connection, held))

    async def retry_letter(self, held: Held, at: int, tried: bool) -> bool:
        return await self._writer.do(lambda connection: lanes.retry_letter(connection, held, at, tried))

    async def bury_letter(self, held: Held, reason: str, now: int) -> bool:
        return await self._writer.do(lambda connection: lanes.bury_letter(connection, held, reason, now))

    async def add_dead(self, person: PersonKey, reason: str, now: int, address: bytes) -> None:
        await self._writer.do(lambda connection: lanes.add_dead(connection, person, reason, now, address))

    async def read_dead(self, most: int) -> list[DeadRow]:
        return await self._reader.do(lambda connection: reading.read_dead(connection, most))

    async def resend_letter(self, person: PersonKey, letter_id: int, now: int) -> bool:
        return await self._writer.do(lambda connection: lanes.resend_letter(connection, person, letter_id, now))

    async def read_backlog(self, now: int) -> tuple[int, int | None, int]:
        return await self._reader.do(lambda connection: reading.read_backlog(connection, now))

    async def read_note(self, name: str) -> bytes | None:
        return await self._reader.do(lambda connection: meta.read_note(connection, name))

    async def write_note(self, name: str, value: bytes | None) -> None:
        await self._writer.do(lambda connection: meta.write_note(connection, name, value))

    async def install(self, platform: str, tenant: str, at: int, secret: bytes) -> None:
        await self._writer.do(lambda connection: tenants.install(connection, platform, tenant, at, secret))

    async def read_installation(self, platform: str, tenant: str) -> tuple[int, bytes] | None:
        return await self._reader.do(lambda connection: tenants.read_installation(connection, platform, tenant))

    async def uninstall(self, platform: str, tenant: str, at: int) -> bool:
        return await self._writer.do(lambda connection: tenants.uninstall(connection, platform, tenant, at))

    async def use_once(self, digest: bytes, at: int) -> bool:
        return await self._writer.do(lambda connection: tenants.use_once(connection, digest, at))

    async def keep_version(self, version: str, now: int, bundle: bytes) -> None:
        await self._writer.do(lambda connection: versions.keep_version(connection, version, now, bundle))

    async def read_version(self, version: str) -> bytes | None:
        return await self._reader.do(lambda connection: versions.read_version(connection, version))

    async def versions_in_use(self) -> frozenset[str]:
        return await self._reader.do(versions.versions_in_use)

    async def drop_versions(self, until: int, published: str) -> int:
        return await self._writer.do(lambda connection: versions.drop_versions(connection, until, published))

    async def publish(self, version: str, at: int, bundle: bytes, note: str) -> None:
        await self._writer.do(lambda connection: versions.publish(connection, version, at, bundle, note))

    async def read_reload(self, name: str) -> Note | None:
        return await self._reader.do(lambda connection: versions.read_reload(connection, name))

    async def write_reload(self, name: str, at: int, value: str) -> None:
        await self._writer.do(lambda connection: versions.write_reload(connection, name, at, value))

    async def read_bodies(self, after: int, most: int) -> list[BodyRow]:
        return await self._reader.do(lambda connection: versions.read_bodies(connection, after, most))

    async def old_page(self, column: SealedColumn, after: RowKey, newest: bytes) -> list[SealedValue]:
        return await self._reader.do(lambda connection: resealing.old_page(connection, column, after, newest))

    async def replace_values(self, column: SealedColumn, resealed: Sequence[Resealed]) -> int:
        return await self._writer.do(lambda connection: resealing.replace_values(connection, column, resealed))

    async def tidy_page(self, chore: Chore, until: int) -> int:
        return await self._writer.do(lambda connection: connection.execute(chore.statement, (until, PAGE)).rowcount)

    async def leave_no_trace(self) -> None:
        """Empty the write-ahead log, which would hold deleted rows until it is written over."""
        if self._path != MEMORY:
            await asyncio.to_thread(empty_log, self._path)

    async def close(self) -> None:
        await self._reader.close()
        await self._writer.close()
