"""Storage, whatever the database: sealed on the way in, opened on the way out."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.runtime.installations import Installation
from bot.runtime.ports import (
    Address,
    Backlog,
    Change,
    DamagedDataError,
    DeadLetter,
    Due,
    Kept,
    KeyMissingError,
    Letter,
    Loaded,
    Outcome,
)
from bot.runtime.versions import Published, Refusal
from bot.storage.crypto import KeyRing
from bot.storage.lanes import held_letter
from bot.storage.notes import PUBLISHED, REFUSED, published_note, read_published, read_refusal, refusal_note
from bot.storage.records import OutboxRecord
from bot.storage.rotation import SEALED_COLUMNS, SealedColumn, Unopened, reseal, told
from bot.storage.rows import (
    from_column,
    inbound_digest,
    installation_place,
    maybe_from_column,
    meta_place,
    person_key,
    to_column,
    use_digest,
)
from bot.storage.sealing import seal_address, seal_change
from bot.storage.tables import Tables
from bot.storage.tidying import CHORES, Chore
from bot.storage.unsealing import open_body, open_dead, open_due, open_kept, open_letter, open_loaded


class SealedStorage:
    """Implements ``Storage``; ``open_storage`` makes it."""

    def __init__(self, tables: Tables, keys: KeyRing) -> None:
        self._tables = tables
        self._keys = keys

    async def load(self, address: Address, inbound: str | None = None) -> Loaded:
        person, digest = person_key(address), self._digest(address, inbound)
        row = await self._tables.read_conversation(person, digest)
        return open_loaded(self._keys, person, digest, row)

    async def commit(self, change: Change) -> Outcome:
        sealed = seal_change(self._keys, change, self._digest(change.address, change.inbound), _next_version(change))
        outcome = await self._tables.apply_change(sealed)
        if outcome == "committed" and change.body is None:
            await self._tables.leave_no_trace()
        return outcome

    async def claim_due(self, platforms: Sequence[str], now: datetime, seconds: float, most: int) -> list[Due]:
        at, until = _claim(now, seconds)
        rows = await self._tables.claim_due(platforms, at, until, most)
        return [open_due(self._keys, row) for row in rows]

    async def claim_unplanned(
        self, platforms: Sequence[str], planned_with: str, now: datetime, seconds: float, most: int
    ) -> list[Due]:
        at, until = _claim(now, seconds)
        rows = await self._tables.claim_unplanned(platforms, planned_with, at, until, most)
        return [open_due(self._keys, row) for row in rows]

    async def put_off(self, address: Address, until: datetime) -> None:
        await self._tables.put_off(person_key(address), to_column(until))

    async def claim_letters(
        self, platforms: Sequence[str], now: datetime, seconds: float, most: int, urgent_only: bool = False
    ) -> list[Letter]:
        at, until = _claim(now, seconds)
        rows = await self._tables.claim_heads(platforms, at, until, most, urgent_only)
        opened = [await self._open_or_bury(row, at) for row in rows]
        return [letter for letter in opened if letter is not None]

    async def still_claimed(self, letter: Letter, now: datetime) -> bool:
        return await self._tables.still_claimed(held_letter(letter), to_column(now))

    async def begin(self, letter: Letter, now: datetime) -> Letter | None:
        begun = await self._tables.begin_letter(held_letter(letter), to_column(now))
        return replace(letter, attempts=letter.attempts | 1) if begun else None

    async def delivered(self, letter: Letter, now: datetime) -> bool:
        return await self._tables.delete_letter(held_letter(letter))

    async def retry(self, letter: Letter, at: datetime, tried: bool = True) -> bool:
        return await self._tables.retry_letter(held_letter(letter), to_column(at), tried)

    async def bury(self, letter: Letter, reason: str, now: datetime) -> bool:
        return await self._tables.bury_letter(held_letter(letter), reason, to_column(now))

    async def keep_dead(self, address: Address, reason: str, now: datetime) -> None:
        sealed = seal_address(self._keys, address)
        await self._tables.add_dead(person_key(address), reason, to_column(now), sealed)

    async def dead_letters(self, most: int) -> list[DeadLetter]:
        rows = await self._tables.read_dead(most)
        return [open_dead(self._keys, row) for row in rows]

    async def resend(self, letter: DeadLetter, now: datetime) -> bool:
        return await self._tables.resend_letter(person_key(letter.address), letter.id, to_column(now))

    async def backlog(self, now: datetime) -> Backlog:
        waiting, due_since, dead = await self._tables.read_backlog(to_column(now))
        return Backlog(waiting, maybe_from_column(due_since), dead)

    async def note(self, name: str) -> str | None:
        sealed = await self._tables.read_note(name)
        return None if sealed is None else self._keys.open(sealed, meta_place(name))

    async def keep_note(self, name: str, text: str | None) -> None:
        await self._tables.write_note(name, None if text is None else self._keys.seal(text, meta_place(name)))

    async def kept(self, address: Address) -> Kept | None:
        person = person_key(address)
        rows = await self._tables.read_kept(person)
        return None if rows is None else open_kept(self._keys, person, rows)

    async def forget(self, address: Address) -> bool:
        forgotten = await self._tables.forget_person(person_key(address))
        await self._tables.leave_no_trace()
        return forgotten

    async def install(self, installation: Installation) -> None:
        tenant = (installation.platform, installation.tenant)
        at, secret = to_column(installation.at), self._keys.seal(installation.secret, installation_place(*tenant))
        await self._tables.install(*tenant, at, secret)

    async def installation(self, platform: str, tenant: str) -> Installation | None:
        found = await self._tables.read_installation(platform, tenant)
        if found is None:
            return None
        at, secret = found
        return Installation(
            platform, tenant, from_column(at), self._keys.open(secret, installation_place(platform, tenant))
        )

    async def uninstall(self, platform: str, tenant: str, at: datetime) -> bool:
        uninstalled = await self._tables.uninstall(platform, tenant, to_column(at))
        await self._tables.leave_no_trace()
        return uninstalled

    async def first_use(self, platform: str, name: str, now: datetime) -> bool:
        return await self._tables.use_once(use_digest(self._tables.secret, platform, name), to_column(now))

    async def keep_version(self, version: str, bundle: bytes, now: datetime) -> None:
        await self._tables.keep_version(version, to_column(now), bundle)

    async def version(self, version: str) -> bytes | None:
        return await self._tables.read_version(version)

    async def versions_in_use(self) -> frozenset[str]:
        return await self._tables.versions_in_use()

    async def drop_unused(self, until: datetime) -> int:
        published = await self.published()
        return await self._tables.drop_versions(to_column(until), published.version if published else "")

    async def publish(self, published: Published, bundle: bytes) -> None:
        at = to_column(published.at)
        await self._tables.publish(published.version, at, bundle, published_note(published))

    async def published(self) -> Published | None:
        return read_published(await self._tables.read_reload(PUBLISHED))

    async def refuse(self, refusal: Refusal) -> None:
        await self._tables.write_reload(REFUSED, to_column(refusal.at), refusal_note(refusal))

    async def refusal(self) -> Refusal | None:
        return read_refusal(await self._tables.read_reload(REFUSED))

    async def conversations(self, after: int, most: int) -> list[tuple[int, str | None]]:
        rows = await self._tables.read_bodies(after, most)
        return [(row.id, open_body(self._keys, row)) for row in rows]

    async def rotate(self, rest: float = 0.0) -> int:
        unopened: list[Unopened] = []
        resealed = sum([await self._rotate(column, rest, unopened) for column in SEALED_COLUMNS])
        if unopened:
            raise told(unopened)
        return resealed

    async def tidy(self, now: datetime) -> int:
        tidied = sum([await self._do_chore(chore, now) for chore in CHORES])
        await self._tables.leave_no_trace()
        return tidied

    async def close(self) -> None:
        await self._tables.close()

    def _digest(self, address: Address, inbound: str | None) -> bytes | None:
        return None if inbound is None else inbound_digest(self._tables.secret, address, inbound)

    async def _open_or_bury(self, row: OutboxRecord, now: int) -> Letter | None:
        """What does not open must not stop what does: damaged, it is buried; without its key, it waits for the key."""
        try:
            return open_letter(self._keys, row)
        except KeyMissingError:
            return None
        except DamagedDataError:
            await self._tables.bury_letter(row.held, "damaged", now)
            return None

    async def _rotate(self, column: SealedColumn, rest: float, unopened: list[Unopened]) -> int:
        resealed, after = 0, column.before_all
        while page := await self._tables.old_page(column, after, self._keys.newest):
            again, left = reseal(self._keys, column, page)
            resealed += await self._tables.replace_values(column, again)
            unopened += left
            after = page[-1].key
            await asyncio.sleep(rest)
        return resealed

    async def _do_chore(self, chore: Chore, now: datetime) -> int:
        until, done = to_column(now - chore.kept), 0
        while page := await self._tables.tidy_page(chore, until):
            done += page
        return done


def _claim(now: datetime, seconds: float) -> tuple[int, int]:
    return to_column(now), to_column(now + timedelta(seconds=seconds))


def _next_version(change: Change) -> int:
    """Versions of a person who was forgotten do not come again: a turn taken before that must not fit what is new."""
    return change.version + 1 if change.version else 1 + secrets.randbits(32)
