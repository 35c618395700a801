"""A conversation: everything kept about one person.

These values are made and taken apart on every turn, so they are named tuples, which cost a fifth of a frozen dataclass
to make; ``_replace`` gives a changed copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal, NamedTuple, Protocol, TypeVar

from bot.engine.values import Value

MOST_APPLICATIONS = 20

NONE: Mapping[str, Any] = {}
"""No slots, no counts: what is not there yet. Read-only by its type; a proxy would cost a copy on every turn."""


Named = TypeVar("Named", bound=tuple[Any, ...])


class InOrder(Protocol):
    """Make a named tuple of every one of its values, in order; how many there are is not looked at."""

    def __call__(self, kind: type[Named], values: Iterable[Any], /) -> Named: ...


in_order: InOrder = tuple.__new__
"""What a named tuple's own constructor comes down to, without the function around it that costs as much again."""


class Profile(NamedTuple):
    """Who the person is to their platform; ``timezone`` is an IANA name."""

    name: str = ""
    timezone: str = "UTC"
    language: str = "en"
    country: str = ""


class Application(NamedTuple):
    """One job the person was turned down for. ``saved`` are texts kept because the person asked for it."""

    number: int
    slots: Mapping[str, Value] = NONE
    saved: Mapping[str, Value] = NONE
    closed: bool = False


class Waiting(NamedTuple):
    """A question that waits for its answer: its number, slot, message key, the choices shown and how often it missed.

    ``silent_at`` is when the dialog goes on by itself, if it does (UTC).
    """

    number: int
    slot: str
    key: str
    choices: tuple[str, ...] = ()
    misses: int = 0
    silent_at: datetime | None = None


FrameKind = Literal["main", "run", "digression", "nudge"]


class Frame(NamedTuple):
    """One running dialog. ``made`` maps a slot to the state whose skill gave it, so that a correction can redo it."""

    dialog: str
    state: str
    kind: FrameKind = "main"
    structure: str = ""
    slots: Mapping[str, Value] = NONE
    waiting: Waiting | None = None
    made: Mapping[str, str] = NONE
    skipped: tuple[str, ...] = ()
    application: int | None = None


class Timer(NamedTuple):
    """A nudge armed by the person's consent.

    ``wall`` is the wall-clock time promised (naive, local); ``due`` the instant in UTC that follows from it, the zone,
    quiet hours and working days. ``values`` are the slots that the nudge carries. ``since`` is the consent (UTC) from
    which a series counts.
    """

    nudge: str
    wall: datetime
    due: datetime
    until: datetime | None = None
    application: int | None = None
    values: Mapping[str, Value] = NONE
    since: datetime | None = None


class Conversation(NamedTuple):
    """Everything kept about one person.

    ``snapshots`` are up to three earlier (stack, application) pairs as JSON, newest last, for undo.
    ``counts`` are visits per message key. ``asked`` numbers the questions. ``fired`` marks nudges that already spoke,
    ``missed`` those that did not and why; ``last_nudge`` is the one that the person has not answered yet.
    ``keep_until`` is when everything is deleted if the person stays away (UTC). ``spoken`` are the moments (UTC) of the
    latest nudges that count for how often the coach may write. ``planned_with`` is the library version of the last
    turn; ``finishes_on`` an older one, when what is on the stack is still to be finished with that.
    """

    profile: Profile = Profile()
    slots: Mapping[str, Value] = NONE
    applications: tuple[Application, ...] = ()
    current: int | None = None
    stack: tuple[Frame, ...] = ()
    timers: tuple[Timer, ...] = ()
    snapshots: tuple[str, ...] = ()
    counts: Mapping[str, int] = NONE
    asked: int = 0
    fired: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    last_nudge: str = ""
    nudges_paused: bool = False
    small_print_shown: bool = False
    last_now: datetime | None = None
    last_message: datetime | None = None
    keep_until: datetime | None = None
    planned_with: str = ""
    spoken: tuple[datetime, ...] = ()
    finishes_on: str = ""

    def application(self, number: int | None) -> Application | None:
        """The application with the number, if it is kept."""
        for one in self.applications:
            if one.number == number:
                return one
        return None
