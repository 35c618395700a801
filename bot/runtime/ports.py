"""The ports: what the one path needs of storage and of the reader, and what comes in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from bot.coach.setting import Setting
from bot.engine.events import Event, ProfileChanged, Reading
from bot.errors import AfterwordError
from bot.runtime.installations import Installations
from bot.runtime.versions import Versions


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
    """One inbound event. ``id`` is unique per tenant and recognises a repeated delivery.

    ``profile`` is what the platform told of the person along with it, if it did; news of it are taken in first.
    ``only_new`` is only for somebody of whom nothing is kept; for anybody else it counts as repeated.
    """

    id: str
    address: Address
    event: Event
    profile: ProfileChanged | None = None
    only_new: bool = False


Reader = Callable[[str, Setting], Reading]
"""Reads one cleaned text; pure."""


# -------------------------------------------------------------------------------------------------- storage


class StorageUnavailableError(Exception):
    """The database cannot read or write just now (locked, full, read-only, away); nothing was half-written."""


class UnopenedError(AfterwordError):
    """Something that is kept does not open here. It concerns whom it belongs to; everybody else goes on."""


class KeyMissingError(UnopenedError):
    """Data was sealed with a key that is not among those given; only that very key opens it."""


class DamagedDataError(UnopenedError):
    """A sealed value is damaged, or stands in another row than it was written to; nothing of it is shown."""


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

    ``body`` is ``None`` when the person is to be forgotten: all that is kept of them is deleted, then ``rows`` (a last
    word, if any) are queued; the inbound id stays known, so that a late redelivery does not bring them back.
    ``inbound`` is ``None`` for ticks (the version alone guards them). ``letter`` is the reason of a dead letter.
    ``planned_with`` names what the timers were planned with (see ``claim_unplanned``), ``finishes_on`` an older library
    version that the conversation still needs (see ``Versions``).
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
    planned_with: str = ""
    finishes_on: str = ""


Outcome = Literal["committed", "conflict", "repeated"]


@dataclass(frozen=True, slots=True)
class Due:
    """A conversation whose timer is due, claimed for a while. ``at`` is the moment its timer was kept for."""

    address: Address
    at: datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """A lane head claimed for sending; ``due_at`` is when the claim lapses.

    ``attempts`` is the fencing token: it goes up by two with every claim and is odd once sending was begun, until the
    claim is given back.
    """

    id: int
    address: Address
    body: str
    attempts: int
    due_at: datetime
    expires_at: datetime
    nudge: str | None = None
    urgent: bool = False
    untried: int = 0

    @property
    def tries(self) -> int:
        """How often it was claimed, this time among them, without the times that it only had to wait its turn."""
        return self.attempts // 2 - self.untried

    @property
    def begun(self) -> bool:
        """Whether somebody began to send it and was never heard of again: it may have arrived."""
        return self.attempts % 2 == 1


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """What could not be handled or delivered, without words: when, for whom, and why as a short code or exception name.

    ``resendable`` while a message that was not a nudge is still worth sending; see ``Storage.resend``.
    """

    id: int
    address: Address
    at: datetime
    reason: str
    resendable: bool = False


@dataclass(frozen=True, slots=True)
class Backlog:
    """What has not been delivered: letters in the outbox, the moment of the one due longest, and dead letters."""

    waiting: int
    due_since: datetime | None
    dead: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything kept about one person, opened: for their export and, without bodies, for an inspection."""

    address: Address
    version: int
    updated_at: datetime
    next_due: datetime | None
    claimed_until: datetime | None
    planned_with: str
    body: str
    letters: tuple[Letter, ...]
    replies: tuple[str, ...]
    dead_letters: tuple[DeadLetter, ...]


class Storage(Installations, Versions, Protocol):
    """One contract for every database; every method is tenant-safe because it takes the whole address or the whole row.

    Every method may raise ``StorageUnavailableError``, and what opens something that is kept ``UnopenedError``; a claim
    never does. ``delivered``, ``retry`` and ``bury`` return whether the claim still held; when it did not, they change
    nothing. Claims take at most ``most`` and lapse after ``seconds``.
    """

    async def load(self, address: Address, inbound: str | None = None) -> Loaded: ...
    async def commit(self, change: Change) -> Outcome: ...

    async def claim_due(self, platforms: Sequence[str], now: datetime, seconds: float, most: int) -> list[Due]:
        """Claim conversations whose timer is due, earliest first."""

    async def claim_unplanned(
        self, platforms: Sequence[str], planned_with: str, now: datetime, seconds: float, most: int
    ) -> list[Due]:
        """Claim conversations planned with anything else than ``planned_with``; each is ``at`` now."""

    async def put_off(self, address: Address, until: datetime) -> None:
        """Let nobody claim this conversation until then, unless a turn of it is committed before."""

    async def claim_letters(
        self, platforms: Sequence[str], now: datetime, seconds: float, most: int, urgent_only: bool = False
    ) -> list[Letter]:
        """Claim lane heads that are due, earliest first; heads that have expired are buried on the way."""

    async def still_claimed(self, letter: Letter, now: datetime) -> bool:
        """Ask right before sending: false when a stop deleted it, or the claim lapsed or went to somebody else."""

    async def begin(self, letter: Letter, now: datetime) -> Letter | None:
        """Like ``still_claimed``, and note that sending begins; the letter with its new token, or ``None``."""

    async def delivered(self, letter: Letter, now: datetime) -> bool:
        """Erase it; the next in its lane becomes the head."""

    async def retry(self, letter: Letter, at: datetime, tried: bool = True) -> bool:
        """Give the claim back, to be claimed again from ``at`` on (or when it expires, if that is earlier).

        If nothing was ``tried``, this claim does not count among the letter's tries.
        """

    async def bury(self, letter: Letter, reason: str, now: datetime) -> bool:
        """Make it a dead letter; the next in its lane becomes the head."""

    async def keep_dead(self, address: Address, reason: str, now: datetime) -> None:
        """Keep a dead letter of a request; where nobody knows whose it was, tenant and user are empty."""

    async def dead_letters(self, most: int) -> list[DeadLetter]:
        """List the newest first."""

    async def resend(self, letter: DeadLetter, now: datetime) -> bool:
        """Queue a buried message again, behind what its lane holds; false when it is not resendable any more."""

    async def backlog(self, now: datetime) -> Backlog:
        """Count what is not delivered, of every platform."""

    async def note(self, name: str) -> str | None:
        """What an operator or a process left for all processes under this name; sealed like everything kept."""

    async def keep_note(self, name: str, text: str | None) -> None:
        """Leave a note, in place of an earlier one; ``None`` takes it away."""

    async def kept(self, address: Address) -> Kept | None: ...

    async def forget(self, address: Address) -> bool:
        """Delete all that is kept of a person; false when there was nothing."""

    async def rotate(self, rest: float = 0.0) -> int:
        """Seal with the newest key what older keys sealed; return how many values that were.

        A page at a time, with ``rest`` seconds between two, so that turns go on meanwhile. What was cut short goes on
        where it was when it is called again. ``UnopenedError`` comes at the end and names what could not be opened;
        everything else is sealed with the newest key by then.
        """

    async def tidy(self, now: datetime) -> int:
        """Delete what has had its time: replies, inbound ids, dead letters; return how many rows that were."""

    async def close(self) -> None: ...
