"""Storage on SQLite: a thread that writes, a thread that reads, and sealing on the caller's side of both."""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.runtime.ports import Address, Backlog, Change, DeadLetter, Due, Installation, Kept, Letter, Loaded, Outcome
from bot.runtime.versions import Published, Refusal
from bot.storage.crypto import KeyRing
from bot.storage.errors import DamagedDataError, KeyMissingError
from bot.storage.notes import PUBLISHED, REFUSED, published_note, read_published, read_refusal, refusal_note
from bot.storage.records import OutboxRecord
from bot.storage.rotation import SEALED_COLUMNS, Resealed, RowKey, SealedColumn, SealedValue, reseal
from bot.storage.rows import (
    from_column,
    inbound_digest,
    installation_place,
    meta_place,
    person_key,
    to_column,
    use_digest,
)
from bot.storage.sealing import seal_change
from bot.storage.sqlite import changes, lanes, meta, reading, resealing, tenants, tidying, timers, versions
from bot.storage.sqlite.connection import MEMORY, empty_log
from bot.storage.sqlite.database import Database
from bot.storage.unsealing import open_body, open_dead, open_due, open_kept, open_letter, open_loaded


class SqliteStorage:
    """Implements ``Storage``; ``open_storage`` makes it. May be used from several event loops."""

    def __init__(self, database: Database, keys: KeyRing) -> None:
        self._path = database.path
        self._secret = database.secret
        self._keys = keys
        self._writer, self._reader = database.start()

    async def load(self, address: Address, inbound: str | None = None) -> Loaded:
        person, digest = person_key(address), self._digest(address, inbound)
        row = await self._reader.do(lambda connection: reading.read_conversation(connection, person, digest))
        return open_loaded(self._keys, person, digest, row)

    async def commit(self, change: Change) -> Outcome:
        sealed = seal_change(self._keys, change, self._digest(change.address, change.inbound), _next_version(change))
        outcome = await self._writer.do(lambda connection: changes.apply_change(connection, sealed))
        if outcome == "committed" and change.body is None:
            await self._empty_log()
        return outcome

    async def claim_due(self, platforms: Sequence[str], now: datetime, seconds: float, most: int) -> list[Due]:
        at, until = _claim(now, seconds)
        rows = await self._writer.do(lambda connection: timers.claim_due(connection, platforms, at, until, most))
        return [open_due(self._keys, row) for row in rows]

    async def claim_unplanned(
        self, platforms: Sequence[str], planned_with: str, now: datetime, seconds: float, most: int
    ) -> list[Due]:
        at, until = _claim(now, seconds)
        rows = await self._writer.do(
            lambda connection: timers.claim_unplanned(connection, platforms, planned_with, at, until, most)
        )
        return [open_due(self._keys, row) for row in rows]

    async def claim_letters(
        self, platforms: Sequence[str], now: datetime, seconds: float, most: int, urgent_only: bool = False
    ) -> list[Letter]:
        at, until = _claim(now, seconds)
        rows = await self._writer.do(
            lambda connection: lanes.claim_heads(connection, platforms, at, until, most, urgent_only)
        )
        opened = [await self._open_or_bury(row, at) for row in rows]
        return [letter for letter in opened if letter is not None]

    async def still_claimed(self, letter: Letter, now: datetime) -> bool:
        held, at = lanes.held_letter(letter), to_column(now)
        return await self._reader.do(lambda connection: lanes.still_claimed(connection, held, at))

    async def begin(self, letter: Letter, now: datetime) -> Letter | None:
        held, at = lanes.held_letter(letter), to_column(now)
        begun = await self._writer.do(lambda connection: lanes.begin_letter(connection, held, at))
        return replace(letter, attempts=letter.attempts | 1) if begun else None

    async def delivered(self, letter: Letter, now: datetime) -> bool:
        held = lanes.held_letter(letter)
        return await self._writer.do(lambda connection: lanes.delete_letter(connection, held))

    async def retry(self, letter: Letter, at: datetime) -> bool:
        held, due_at = lanes.held_letter(letter), to_column(at)
        return await self._writer.do(lambda connection: lanes.retry_letter(connection, held, due_at))

    async def bury(self, letter: Letter, reason: str, now: datetime) -> bool:
        held, at = lanes.held_letter(letter), to_column(now)
        return await self._writer.do(lambda connection: lanes.bury_letter(connection, held, reason, at))

    async def dead_letters(self, most: int) -> list[DeadLetter]:
        rows = await self._reader.do(lambda connection: reading.read_dead(connection, most))
        return [open_dead(self._keys, row) for row in rows]

    async def resend(self, letter: DeadLetter, now: datetime) -> bool:
        person, at = person_key(letter.address), to_column(now)
        return await self._writer.do(lambda connection: lanes.resend_letter(connection, person, letter.id, at))

    async def backlog(self, now: datetime) -> Backlog:
        at = to_column(now)
        waiting, due_since, dead = await self._reader.do(lambda connection: reading.read_backlog(connection, at))
        return Backlog(waiting, None if due_since is None else from_column(due_since), dead)

    async def note(self, name: str) -> str | None:
        sealed = await self._reader.do(lambda connection: meta.read_note(connection, name))
        return None if sealed is None else self._keys.open(sealed, meta_place(name))

    async def keep_note(self, name: str, text: str | None) -> None:
        sealed = None if text is None else self._keys.seal(text, meta_place(name))
        await self._writer.do(lambda connection: meta.write_note(connection, name, sealed))

    async def kept(self, address: Address) -> Kept | None:
        person = person_key(address)
        rows = await self._reader.do(lambda connection: reading.read_kept(connection, person))
        return None if rows is None else open_kept(self._keys, person, rows)

    async def forget(self, address: Address) -> bool:
        person = person_key(address)
        forgotten = await self._writer.do(lambda connection: changes.forget_person(connection, person))
        await self._empty_log()
        return forgotten

    async def install(self, installation: Installation) -> None:
        tenant = (installation.platform, installation.tenant)
        at, secret = to_column(installation.at), self._keys.seal(installation.secret, installation_place(*tenant))
        await self._writer.do(lambda connection: tenants.install(connection, *tenant, at, secret))

    async def installation(self, platform: str, tenant: str) -> Installation | None:
        found = await self._reader.do(lambda connection: tenants.read_installation(connection, platform, tenant))
        if found is None:
            return None
        at, secret = found
        return Installation(
            platform, tenant, from_column(at), self._keys.open(secret, installation_place(platform, tenant))
        )

    async def uninstall(self, platform: str, tenant: str, at: datetime) -> bool:
        until = to_column(at)
        uninstalled = await self._writer.do(lambda connection: tenants.uninstall(connection, platform, tenant, until))
        await self._empty_log()
        return uninstalled

    async def first_use(self, platform: str, name: str, now: datetime) -> bool:
        digest, at = use_digest(self._secret, platform, name), to_column(now)
        return await self._writer.do(lambda connection: tenants.use_once(connection, digest, at))

    async def keep_version(self, version: str, bundle: bytes, now: datetime) -> None:
        at = to_column(now)
        await self._writer.do(lambda connection: versions.keep_version(connection, version, at, bundle))

    async def version(self, version: str) -> bytes | None:
        return await self._reader.do(lambda connection: versions.read_version(connection, version))

    async def versions_in_use(self) -> frozenset[str]:
        return await self._reader.do(versions.versions_in_use)

    async def drop_unused(self, until: datetime) -> int:
        published, at = await self.published(), to_column(until)
        current = published.version if published else ""
        return await self._writer.do(lambda connection: versions.drop_versions(connection, at, current))

    async def publish(self, published: Published, bundle: bytes) -> None:
        at, note = to_column(published.at), published_note(published)

        def write(connection: sqlite3.Connection) -> None:
            versions.replace_version(connection, published.version, at, bundle)
            versions.note(connection, PUBLISHED, at, note)
            versions.forget_note(connection, REFUSED)

        await self._writer.do(write)

    async def published(self) -> Published | None:
        return read_published(await self._reader.do(lambda connection: versions.read_note(connection, PUBLISHED)))

    async def refuse(self, refusal: Refusal) -> None:
        at, note = to_column(refusal.at), refusal_note(refusal)
        await self._writer.do(lambda connection: versions.note(connection, REFUSED, at, note))

    async def refusal(self) -> Refusal | None:
        return read_refusal(await self._reader.do(lambda connection: versions.read_note(connection, REFUSED)))

    async def conversations(self, after: int, most: int) -> list[tuple[int, str | None]]:
        rows = await self._reader.do(lambda connection: versions.read_page(connection, after, most))
        return [
            (number, open_body(self._keys, (platform, tenant, person), version, body))
            for number, platform, tenant, person, version, body in rows
        ]

    async def rotate(self) -> int:
        return sum([await self._rotate(column) for column in SEALED_COLUMNS])

    async def tidy(self, now: datetime) -> int:
        tidied = sum([await self._do_chore(chore, now) for chore in tidying.CHORES])
        await self._empty_log()
        return tidied

    async def close(self) -> None:
        await self._reader.close()
        await self._writer.close()

    def _digest(self, address: Address, inbound: str | None) -> bytes | None:
        return None if inbound is None else inbound_digest(self._secret, address, inbound)

    async def _open_or_bury(self, row: OutboxRecord, now: int) -> Letter | None:
        """What does not open must not stop what does: damaged, it is buried; without its key, it waits for the key."""
        try:
            return open_letter(self._keys, row)
        except KeyMissingError:
            return None
        except DamagedDataError:
            held = lanes.held_record(row)
            await self._writer.do(lambda connection: lanes.bury_letter(connection, held, "damaged", now))
            return None

    async def _rotate(self, column: SealedColumn) -> int:
        resealed, after = 0, resealing.BEFORE_ALL
        while page := await self._old_page(column, after):
            resealed += await self._replace(column, reseal(self._keys, column, page))
            after = page[-1].key
        return resealed

    async def _old_page(self, column: SealedColumn, after: RowKey) -> list[SealedValue]:
        newest = self._keys.newest
        return await self._reader.do(lambda connection: resealing.old_page(connection, column, after, newest))

    async def _replace(self, column: SealedColumn, values: list[Resealed]) -> int:
        return await self._writer.do(lambda connection: resealing.replace_values(connection, column, values))

    async def _do_chore(self, chore: tidying.Chore, now: datetime) -> int:
        until, done = to_column(now - chore.kept), 0
        while page := await self._writer.do(lambda connection: tidying.tidy_page(connection, chore, until)):
            done += page
        return done

    async def _empty_log(self) -> None:
        if self._path != MEMORY:
            await asyncio.to_thread(empty_log, self._path)


def _claim(now: datetime, seconds: float) -> tuple[int, int]:
    return to_column(now), to_column(now + timedelta(seconds=seconds))


def _next_version(change: Change) -> int:
    """Versions of a person who was forgotten do not come again: a turn taken before that must not fit what is new."""
    return change.version + 1 if change.version else 1 + secrets.randbits(32)
