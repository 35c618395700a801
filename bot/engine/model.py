"""The library: dialogs as immutable data, as the compiler leaves them and ``step`` reads them.

A dialog is a map of states. A state says, shows, asks, fills, does or runs another dialog, and then goes on.
Wording is named by *message keys* (``draft.next_step``); the words themselves live in the catalog.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Literal

from bot.engine.conditions import ALWAYS, Condition
from bot.engine.conversation import Application, Timer
from bot.engine.values import Value, Values

Scope = Literal["turn", "dialog", "application", "person"]


# ---------------------------------------------------------------------------------------------- slots


@dataclass(frozen=True, slots=True)
class OneOf:
    """One code out of a few."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ManyOf:
    """Several codes out of a few, at most ``most`` of them."""

    codes: tuple[str, ...]
    most: int


@dataclass(frozen=True, slots=True)
class Text:
    """The person's own words, at most ``most`` characters."""

    most: int


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time; ``roughly`` is worded by part of day ("tomorrow morning"), otherwise by the clock."""

    roughly: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number between ``least`` and ``most``, both included."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class YesNo:
    """Yes or no."""


Kind = OneOf | ManyOf | Text | Moment | Number | YesNo

LONG_TEXT = 200
"""A text slot of this many characters or more asks for a long text: little but crisis and stop wins over it."""


@dataclass(frozen=True, slots=True)
class Slot:
    name: str
    kind: Kind
    scope: Scope = "dialog"
    starts_as: Value | None = None


# ---------------------------------------------------------------------------------------- what a state does


@dataclass(frozen=True, slots=True)
class Message:
    """A message key with the slots that its wording may need (placeholders and ``when``, over all languages)."""

    key: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One visible choice; it is hidden while one of the slots that its label needs is unknown."""

    code: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """How a slot is asked for. ``heard`` are further codes that words may mean although no button shows them.

    A text of fewer words than ``at_least`` is not the answer, and is understood like any other.
    Worked out here, once: the ``codes`` of all choices, and whether one ``has_hidden`` while something is unknown.
    """

    slot: str
    message: Message
    choices: tuple[Choice, ...] = ()
    heard: tuple[str, ...] = ()
    at_least: int = 0
    codes: tuple[str, ...] = field(init=False, repr=False, compare=False)
    has_hidden: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "codes", tuple(choice.code for choice in self.choices))
        object.__setattr__(self, "has_hidden", any(choice.needs for choice in self.choices))


@dataclass(frozen=True, slots=True)
class Show:
    """A copyable block with its introduction."""

    slot: str
    message: Message


@dataclass(frozen=True, slots=True)
class Ask:
    question: Question


@dataclass(frozen=True, slots=True)
class Fill:
    """Ask, one after the other, for what is still unknown."""

    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Do:
    skill: str


@dataclass(frozen=True, slots=True)
class Run:
    """Another dialog and back; ``passes`` go down, ``keeps`` come back under the same names."""

    dialog: str
    passes: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()


Body = Ask | Fill | Do | Run

Act = Literal[
    "pause_nudges", "resume_nudges", "stop_nudges", "move_nudge", "forget_me", "export_me", "close_application"
]


# ------------------------------------------------------------------------------------------- where it goes


@dataclass(frozen=True, slots=True)
class To:
    state: str


@dataclass(frozen=True, slots=True)
class Branch:
    """The first target whose condition holds; the last one always does."""

    ways: tuple[tuple[Condition, str], ...]


@dataclass(frozen=True, slots=True)
class ByAnswer:
    """By the answer's code, or by the end of the dialog that ran.

    ``otherwise`` is for the rest, ``skipped`` for no answer.
    """

    ways: Mapping[str, str]
    otherwise: str | None = None
    skipped: str | None = None


@dataclass(frozen=True, slots=True)
class End:
    """The dialog is over; ``name`` is what a caller's ``go`` may map."""

    name: str = "done"


Go = To | Branch | ByAnswer | End

END = "end"
"""The reserved target that ends a dialog as ``done``."""


@dataclass(frozen=True, slots=True)
class IfSilent:
    after: timedelta
    to: str


@dataclass(frozen=True, slots=True)
class State:
    """In this order: clear, forget, say, show, act, save, the body, and then go on.

    ``ahead`` maps a choice of this state's question to the question that the choice leads to, when it leads straight
    to one: words that answer that one answer both.
    """

    name: str
    go: Go
    says: tuple[Message, ...] = ()
    shows: tuple[Show, ...] = ()
    body: Body | None = None
    clears: tuple[str, ...] = ()
    saves: tuple[str, ...] = ()
    forgets: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    small_print_later: bool = False
    if_silent: IfSilent | None = None
    ahead: Mapping[str, Question] = field(default_factory=dict)
    line: int = 0


# --------------------------------------------------------------------------------------------------- nudges


@dataclass(frozen=True, slots=True)
class Delay:
    """A length of time after consent: working days or plain time, then a clock time of the person's day if given."""

    working_days: int = 0
    plain: timedelta = timedelta()
    at: time | None = None


@dataclass(frozen=True, slots=True)
class Nudge:
    """A moment at which the coach may speak first.

    Picking the choice ``consent`` anywhere in its dialog arms it. It is due at the slot ``at`` or ``after`` a delay,
    and ``then`` again after each longer one, all counted from the consent.
    When due it goes to ``state`` of its dialog (``None``: it says ``message`` and the waiting question is asked again),
    if ``when`` holds and it is not later than the slot ``until`` or, without one, ``lateness`` after it was due.
    ``last`` is said in its place before the coach falls silent, because nobody answers (see ``restraint``).
    """

    name: str
    dialog: str
    message: Message
    at: str | None = None
    after: Delay | None = None
    then: tuple[Delay, ...] = ()
    until: str | None = None
    lateness: timedelta = timedelta(hours=4)
    when: Condition = ALWAYS
    carries: tuple[str, ...] = ()
    ignores: frozenset[Literal["weekends", "quiet hours"]] = frozenset()
    consent: str = "remind"
    state: str | None = None
    last: Message | None = None


# -------------------------------------------------------------------------------------------------- dialogs


@dataclass(frozen=True, slots=True)
class Dialog:
    """One state machine; it begins at ``start``.

    ``structure`` is a hash of everything but wording; behind a slash follow the contracts of its skills. ``renamed``
    maps old names of states and nudges to their new ones. It is over, without a word, when the person comes back to it
    and one of ``over_when`` holds.
    """

    name: str
    states: Mapping[str, State]
    slots: Mapping[str, Slot] = field(default_factory=dict)
    nudges: Mapping[str, Nudge] = field(default_factory=dict)
    starts_on: tuple[str, ...] = ()
    opens_application: bool = False
    renamed: Mapping[str, str] = field(default_factory=dict)
    structure: str = ""
    about: str = ""
    over_when: tuple[Condition, ...] = ()


# --------------------------------------------------------------------------------------------------- skills


EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class Facts:
    """What a skill may know beside its slots: the moment in the person's zone, who they are, and what is kept of them.

    ``offered_days`` are those on which the coach may offer to write, by itself: all, unless the person set which.
    ``paused`` says that no reminder comes before the person wants them again; ``usual_country`` is the operator's, for
    whoever has told of none.
    """

    now: datetime
    name: str = ""
    language: str = "en"
    country: str = ""
    usual_country: str = ""
    working_days: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    offered_days: frozenset[int] = EVERY_DAY
    quiet_from: time = time(21)
    quiet_to: time = time(8)
    applications: tuple[Application, ...] = ()
    timers: tuple[Timer, ...] = ()
    paused: bool = False


SkillFunction = Callable[[Values, Facts], Values]


@dataclass(frozen=True, slots=True)
class Skill:
    """A pure domain function: it reads slots by name and gives slots by name.

    A slot in ``gives`` that the result leaves out becomes unknown. ``contract`` goes up when the meaning of a slot
    changes.
    """

    name: str
    reads: tuple[str, ...]
    gives: tuple[str, ...]
    run: SkillFunction
    contract: int = 1


# -------------------------------------------------------------------------------------------------- library


@dataclass(frozen=True, slots=True)
class Library:
    """All dialogs, compiled.

    ``starts`` maps an intent to the dialog that it starts, ``repairs`` words what the engine says itself. Everything
    about a person is deleted ``days_kept`` days after their last message. ``country`` stands in for a person's own that
    is not known. ``finishes_on`` is the older version whose dialogs these are, when they are not those of ``version``
    (see ``finishing``). ``seen`` is worked out here, once: the slots that each dialog sees, its own before the shared
    ones.
    """

    dialogs: Mapping[str, Dialog]
    slots: Mapping[str, Slot] = field(default_factory=dict)
    skills: Mapping[str, Skill] = field(default_factory=dict)
    starts: Mapping[str, str] = field(default_factory=dict)
    repairs: Mapping[str, Message] = field(default_factory=dict)
    days_kept: int = 90
    country: str = ""
    version: str = ""
    finishes_on: str = ""
    kept: timedelta = field(init=False, repr=False, compare=False)
    seen: Mapping[str, Mapping[str, Slot]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "kept", timedelta(days=self.days_kept))
        seen = {name: {**self.slots, **dialog.slots} for name, dialog in self.dialogs.items()}
        object.__setattr__(self, "seen", seen)
