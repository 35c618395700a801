"""What stands in the columns, the same for every database: moments as whole numbers, places for sealed values.

Readable by whoever has the file: platform, tenant and person ids, moments, versions, lanes, names of nudges, reasons of
dead letters. Everything that a person said or was told, and the way back to them (channel, route), is sealed. Inbound
ids stand as keyed hashes, so that they can outlive the person whom they came from.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from bot.runtime.ports import Address
from bot.storage.crypto import Place, place

PersonKey = tuple[str, str, str]
"""Platform, tenant and user: the key of a person in every table."""

DIGEST_BYTES = 16

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_column(moment: datetime) -> int:
    """Return microseconds since 1970 in UTC; ``moment`` is aware."""
    return (moment - _EPOCH) // _MICROSECOND


def from_column(number: int) -> datetime:
    return _EPOCH + timedelta(microseconds=number)


def maybe_to_column(moment: datetime | None) -> int | None:
    return None if moment is None else to_column(moment)


def maybe_from_column(number: int | None) -> datetime | None:
    return None if number is None else from_column(number)


def person_key(address: Address) -> PersonKey:
    return address.platform, address.tenant, address.user


SECRET = "inbound_secret"
"""The name in ``meta`` of what hashes inbound ids; it stays the same when keys rotate."""


def meta_place(name: str) -> Place:
    return place("meta", name)


def address_place(person: PersonKey) -> Place:
    """One sealed address serves all rows of a person, and no row of anybody else."""
    return place("address", *person)


def body_place(person: PersonKey, version: int) -> Place:
    """The version is part of it: an older body, put back by hand, does not open."""
    return place("conversation", *person, str(version))


def letter_place(person: PersonKey, turn: int, nth: int) -> Place:
    """The version that a turn made and the place within the turn; known before the row has an id."""
    return place("letter", *person, str(turn), str(nth))


def reply_place(person: PersonKey, digest: bytes) -> Place:
    return place("reply", *person, digest.hex())


def installation_place(platform: str, tenant: str) -> Place:
    return place("installation", platform, tenant)


def inbound_digest(secret: bytes, address: Address, inbound: str) -> bytes:
    """Recognises an inbound id of one tenant without saying what it was."""
    return _digest(secret, place("inbound", address.platform, address.tenant, inbound))


def use_digest(secret: bytes, platform: str, name: str) -> bytes:
    """Recognises what may be used once, and belongs to no tenant yet."""
    return _digest(secret, place("use", platform, name))


def _digest(secret: bytes, where: Place) -> bytes:
    """A keyed hash. Unlike an HMAC it lets no other thread come between, which cost more than the hash itself."""
    return hashlib.blake2b(where, key=secret, digest_size=DIGEST_BYTES).digest()
