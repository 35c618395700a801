"""Rows on their way out: opened, and in the words of the ports."""

from __future__ import annotations

import json

from bot.runtime.ports import Address, DeadLetter, Due, Kept, Letter, Loaded, UnopenedError
from bot.storage.crypto import KeyRing
from bot.storage.records import BodyRow, DeadRow, DueRow, KeptRows, LoadedRow, OutboxRecord
from bot.storage.rows import (
    PersonKey,
    address_place,
    body_place,
    from_column,
    letter_place,
    maybe_from_column,
    reply_place,
)


def open_loaded(keys: KeyRing, person: PersonKey, digest: bytes | None, row: LoadedRow) -> Loaded:
    """Raises ``UnopenedError``: never an empty conversation in place of one that was kept."""
    reply = None if row.reply is None or digest is None else keys.open(row.reply, reply_place(person, digest))
    if row.version is None or row.body is None or row.address is None:
        return Loaded(0, None, bool(row.known), reply)
    body = keys.open(row.body, body_place(person, row.version))
    return Loaded(row.version, body, bool(row.known), reply, open_address(keys, person, row.address))


def open_body(keys: KeyRing, row: BodyRow) -> str | None:
    """The conversation's JSON, or ``None`` where it does not open."""
    try:
        return keys.open(row.body, body_place((row.platform, row.tenant, row.person), row.version))
    except UnopenedError:
        return None


def open_due(keys: KeyRing, row: DueRow) -> Due:
    """A conversation that does not open is due all the same: loading it says what is wrong, and stops nobody else."""
    person = (row.platform, row.tenant, row.person)
    return Due(_address_or_bare(keys, person, row.address), from_column(row.at))


def open_letter(keys: KeyRing, row: OutboxRecord) -> Letter:
    """Raises ``UnopenedError``."""
    person = (row.platform, row.tenant, row.person)
    return Letter(
        id=row.id,
        address=open_address(keys, person, row.address),
        body=keys.open(row.body, letter_place(person, row.turn, row.nth)),
        attempts=row.attempts,
        due_at=from_column(row.due_at),
        expires_at=from_column(row.expires_at),
        nudge=row.nudge,
        urgent=row.lane == "urgent",
        untried=row.untried,
    )


def open_dead(keys: KeyRing, row: DeadRow) -> DeadLetter:
    address = _address_or_bare(keys, (row.platform, row.tenant, row.person), row.address)
    return DeadLetter(row.id, address, from_column(row.at), row.reason, bool(row.resendable))


def open_kept(keys: KeyRing, person: PersonKey, rows: KeptRows) -> Kept:
    """Raises ``UnopenedError``."""
    conversation = rows.conversation
    return Kept(
        address=open_address(keys, person, conversation.address),
        version=conversation.version,
        updated_at=from_column(conversation.updated_at),
        next_due=maybe_from_column(conversation.next_due),
        claimed_until=maybe_from_column(conversation.claimed_until or None),
        planned_with=conversation.planned_with,
        body=keys.open(conversation.body, body_place(person, conversation.version)),
        letters=tuple(open_letter(keys, row) for row in rows.outbox),
        replies=tuple(keys.open(reply, reply_place(person, digest)) for digest, reply in rows.replies),
        dead_letters=tuple(open_dead(keys, row) for row in rows.dead),
    )


def open_address(keys: KeyRing, person: PersonKey, sealed: bytes) -> Address:
    """Raises ``UnopenedError``."""
    channel, route = json.loads(keys.open(sealed, address_place(person)))
    return Address(*person, channel, route)


def _address_or_bare(keys: KeyRing, person: PersonKey, sealed: bytes) -> Address:
    try:
        return open_address(keys, person, sealed)
    except UnopenedError:
        return Address(*person)
