"""A change on its way in: sealed and in columns before any lock is taken."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.runtime.ports import Address, Change, OutboxRow
from bot.storage.crypto import KeyRing
from bot.storage.rows import (
    PersonKey,
    address_place,
    body_place,
    letter_place,
    maybe_to_column,
    person_key,
    reply_place,
    to_column,
)


@dataclass(frozen=True, slots=True)
class SealedLetter:
    """One outbox row, ready to be written."""

    nth: int
    lane: str
    due_at: int
    expires_at: int
    nudge: str | None
    body: bytes


@dataclass(frozen=True, slots=True)
class SealedChange:
    """A change as it is written: sealed and in columns, so that nothing is left to compute while the lock is held."""

    person: PersonKey
    digest: bytes | None
    version: int
    new_version: int
    address: bytes
    body: bytes | None
    next_due: int | None
    planned_with: str
    finishes_on: str
    now: int
    letters: Sequence[SealedLetter]
    drop_nudges: bool
    reply: bytes | None
    letter: str | None


def seal_change(keys: KeyRing, change: Change, digest: bytes | None, new_version: int) -> SealedChange:
    """Seal all values of a change for the places that they will have if it is committed."""
    person = person_key(change.address)
    return SealedChange(
        person=person,
        digest=digest,
        version=change.version,
        new_version=new_version,
        address=seal_address(keys, change.address),
        body=None if change.body is None else keys.seal(change.body, body_place(person, new_version)),
        next_due=maybe_to_column(change.next_due),
        planned_with=change.planned_with,
        finishes_on=change.finishes_on,
        now=to_column(change.now),
        letters=[_seal_row(keys, person, new_version, nth, row) for nth, row in enumerate(change.rows)],
        drop_nudges=change.drop_nudges,
        reply=None if change.reply is None or digest is None else keys.seal(change.reply, reply_place(person, digest)),
        letter=change.letter,
    )


def seal_address(keys: KeyRing, address: Address) -> bytes:
    return keys.seal(json.dumps([address.channel, dict(address.route)]), address_place(person_key(address)))


def _seal_row(keys: KeyRing, person: PersonKey, turn: int, nth: int, row: OutboxRow) -> SealedLetter:
    return SealedLetter(
        nth=nth,
        lane=row.lane,
        due_at=to_column(row.due_at),
        expires_at=to_column(row.expires_at),
        nudge=row.nudge,
        body=keys.seal(row.body, letter_place(person, turn, nth)),
    )
