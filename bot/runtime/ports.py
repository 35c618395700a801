"""The ports: what the one path needs of storage, of a platform and of the reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from bot.coach.setting import Setting
from bot.content.message import OutgoingMessage
from bot.engine.events import Event, Reading


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person is met. ``channel`` and ``route`` are the platform's own way back to them."""

    platform: str
    tenant: str
    user: str
    channel: str = ""
    route: Mapping[str, str] = field(default_factory=dict)

    @property
    def person(self) -> str:
        return f"{self.platform}:{self.tenant}:{self.user}"


@dataclass(frozen=True, slots=True)
class Incoming:
    """One inbound event. ``id`` is unique per tenant and recognises a repeated delivery."""

    id: str
    address: Address
    event: Event


Reader = Callable[[str, Setting], Reading]
"""Reads one cleaned text; pure."""


# -------------------------------------------------------------------------------------------------- storage


@dataclass(frozen=True, slots=True)
class Loaded:
    """A conversation as it was loaded. ``body`` is its JSON, or ``None`` for a new person at version 0.

    ``known`` is true when the inbound id was seen before; ``reply`` is then the stored reply, if it had one.
    """

    version: int
    body: str | None
    known: bool = False
    reply: str | None = None
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A message to be committed. ``lane`` is ``chat`` or ``urgent``; ``nudge`` marks what a stop must delete."""

    body: str
    due_at: datetime
    expires_at: datetime
    lane: Literal["chat", "urgent"] = "chat"
    nudge: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One conditional write: inbound id unseen, version unchanged, new conversation, outbox rows; all or nothing.

    ``body`` is ``None`` when the person is to be forgotten: conversation, outbox and inbox rows of theirs are deleted.
    ``inbound`` is ``None`` for ticks (the version alone guards them).
    """

    address: Address
    inbound: str | None
    version: int
    body: str | None
    next_due: datetime | None
    now: datetime
    rows: Sequence[OutboxRow] = ()
    drop_nudges: bool = False
    reply: str | None = None
    letter: str | None = None


Outcome = Literal["committed", "conflict", "repeated"]


@dataclass(frozen=True, slots=True)
class Due:
    """A conversation whose timer is due, claimed for a while. ``at`` is the moment its timer was kept for."""

    address: Address
    at: datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """A lane head claimed for sending; ``attempts`` is the fencing token."""

    id: int
    address: Address
    body: str
    attempts: int
    due_at: datetime
    expires_at: datetime
    nudge: str | None = None
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """What could not be handled or delivered, without words: when, for whom, and why as a short code or exception name."""

    id: int
    address: Address
    at: datetime
    reason: str


class Storage(Protocol):
    """One contract for every database; every method is tenant-safe because it takes the whole address or the whole row."""

    async def load(self, address: Address, inbound: str | None = None) -> Loaded: ...
    async def commit(self, change: Change) -> Outcome: ...
    async def claim_due(self, platforms: Sequence[str], now: datetime, seconds: float, most: int) -> list[Due]: ...
    async def claim_letters(self, platforms: Sequence[str], now: datetime, seconds: float, most: int) -> list[Letter]: ...
    async def delivered(self, letter: Letter, now: datetime) -> bool: ...
    async def retry(self, letter: Letter, at: datetime) -> bool: ...
    async def bury(self, letter: Letter, reason: str, now: datetime) -> bool: ...
    async def dead_letters(self, most: int) -> list[DeadLetter]: ...
    async def forget(self, address: Address) -> bool: ...
    async def tidy(self, now: datetime) -> int: ...
    async def close(self) -> None: ...


# ------------------------------------------------------------------------------------------------- platform


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform took it."""


@dataclass(frozen=True, slots=True)
class NotNow:
    """Try again after ``seconds``; nothing was shown."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The platform may or may not have shown it."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """It will never be taken; ``gone`` means that the person cannot be reached any more."""

    reason: str
    gone: bool = False


Delivery = Sent | NotNow | Ambiguous | Refused


class Platform(Protocol):
    """Sends one message; never raises for what the other side says."""

    @property
    def name(self) -> str: ...
    async def send(self, address: Address, message: OutgoingMessage, letter_id: int) -> Delivery: ...
