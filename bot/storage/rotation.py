"""Which columns are sealed and for what place, so that a rotation finds every one of them.

A page is read, sealed again outside the lock, and written where nobody has written since: who has, used the newest key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.runtime.ports import UnopenedError
from bot.storage.crypto import KeyRing, Place
from bot.storage.rows import address_place, body_place, installation_place, letter_place, meta_place, reply_place

PAGE = 100

PERSON_PARTS = 3
"""Platform, tenant and person come first wherever a value belongs to somebody."""

MOST_TOLD = 20

RowKey = int | str | bytes

Resealed = tuple[bytes, RowKey, bytes]
"""The new value, the row's key, the value that it replaces."""


_BEFORE_ALL: dict[str, RowKey] = {"id": -1, "name": "", "digest": b""}


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """``made_of`` are the columns that ``place_of`` takes; ``key`` is the column that names a row within the table."""

    table: str
    column: str
    key: str
    made_of: str
    place_of: Callable[..., Place]

    @property
    def before_all(self) -> RowKey:
        """A key that comes before every other one."""
        return _BEFORE_ALL[self.key]


@dataclass(frozen=True, slots=True)
class SealedValue:
    """A value that an older key sealed; ``made_of`` as its column says."""

    key: RowKey
    value: bytes
    made_of: tuple[str | int | bytes, ...]


@dataclass(frozen=True, slots=True)
class Unopened:
    """A value that could not be sealed again, and whose it is."""

    where: str
    error: UnopenedError


def reseal(keys: KeyRing, column: SealedColumn, values: Iterable[SealedValue]) -> tuple[list[Resealed], list[Unopened]]:
    """Seal each value again for the place it has; what does not open stays as it is."""
    resealed, unopened = list[Resealed](), list[Unopened]()
    for value in values:
        place = column.place_of(*value.made_of)
        try:
            resealed.append((keys.seal(keys.open(value.value, place), place), value.key, value.value))
        except UnopenedError as error:
            whose = ":".join(str(part) for part in value.made_of[:PERSON_PARTS])
            unopened.append(Unopened(f"{column.table}.{column.column} of {whose}", error))
    return resealed, unopened


def told(unopened: Sequence[Unopened]) -> UnopenedError:
    """One error for all that does not open, so that whoever rotates can do something about each."""
    places = [f"  {one.where}" for one in unopened[:MOST_TOLD]]
    more = [f"  and {len(unopened) - MOST_TOLD} more"] if len(unopened) > MOST_TOLD else []
    reasons = dict.fromkeys(str(one.error) for one in unopened)
    lines = [
        "Some of what is kept does not open. Everything else is sealed with the newest key.",
        *places,
        *more,
        *reasons,
        "What belongs to a person goes with `afterword forget PERSON`.",
    ]
    return type(unopened[0].error)("\n".join(lines))


def _address(*person: str) -> Place:
    platform, tenant, user = person
    return address_place((platform, tenant, user))


def _body(platform: str, tenant: str, user: str, version: int) -> Place:
    return body_place((platform, tenant, user), version)


def _letter(platform: str, tenant: str, user: str, turn: int, nth: int) -> Place:
    return letter_place((platform, tenant, user), turn, nth)


def _reply(platform: str, tenant: str, user: str, digest: bytes) -> Place:
    return reply_place((platform, tenant, user), digest)


_PERSON = "platform, tenant, person"

SEALED_COLUMNS = (
    SealedColumn("meta", "value", "name", "name", meta_place),
    SealedColumn("installations", "secret", "id", "platform, tenant", installation_place),
    SealedColumn("conversations", "address", "id", _PERSON, _address),
    SealedColumn("conversations", "body", "id", f"{_PERSON}, version", _body),
    SealedColumn("replies", "reply", "digest", f"{_PERSON}, digest", _reply),
    SealedColumn("outbox", "address", "id", _PERSON, _address),
    SealedColumn("outbox", "body", "id", f"{_PERSON}, turn, nth", _letter),
    SealedColumn("letters", "address", "id", _PERSON, _address),
    SealedColumn("letters", "body", "id", f"{_PERSON}, turn, nth", _letter),
)
