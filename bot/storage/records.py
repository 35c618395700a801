"""Rows as a database gives them back, still sealed; the same for every database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from bot.storage.lanes import Held


class LoadedRow(NamedTuple):
    """What a turn begins with; ``version`` is ``None`` for a new person."""

    version: int | None
    address: bytes | None
    body: bytes | None
    known: int
    reply: bytes | None


class DueRow(NamedTuple):
    """A claimed conversation; ``at`` is the moment for its tick."""

    id: int
    platform: str
    tenant: str
    person: str
    address: bytes
    at: int


class OutboxRecord(NamedTuple):
    """A row of the outbox."""

    id: int
    platform: str
    tenant: str
    person: str
    address: bytes
    turn: int
    nth: int
    body: bytes
    attempts: int
    due_at: int
    expires_at: int
    nudge: str | None
    lane: str
    untried: int

    @property
    def held(self) -> Held:
        return self.platform, self.tenant, self.person, self.id, self.attempts


class DeadRow(NamedTuple):
    """A dead letter without its body; ``resendable`` is 0 or 1."""

    id: int
    platform: str
    tenant: str
    person: str
    at: int
    reason: str
    address: bytes
    resendable: int


class BodyRow(NamedTuple):
    """The body of a conversation, with all that its place is made of."""

    id: int
    platform: str
    tenant: str
    person: str
    version: int
    body: bytes


class ConversationRow(NamedTuple):
    """A conversation without the person's key."""

    version: int
    updated_at: int
    next_due: int | None
    claimed_until: int
    planned_with: str
    address: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class KeptRows:
    """All rows of a person; replies are (digest of the inbound id, reply)."""

    conversation: ConversationRow
    outbox: list[OutboxRecord]
    replies: list[tuple[bytes, bytes]]
    dead: list[DeadRow]
