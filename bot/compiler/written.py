"""Dialogs as they were written: read and well shaped, but with names that nobody has looked up yet."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from bot.compiler.nodes import File, Scalar
from bot.compiler.phrases import WrittenCondition
from bot.engine.model import Act, Delay, Slot

Manner = Literal["weekends", "quiet hours"]


@dataclass(frozen=True, slots=True)
class WrittenSlot:
    name: Scalar
    slot: Slot


@dataclass(frozen=True, slots=True)
class WrittenAsk:
    """``words`` is the last part of the message key; the slot's own name unless another was written.

    ``at_least`` is how many words a text must have to be the answer.
    """

    slot: Scalar
    words: Scalar
    at_least: int = 0


@dataclass(frozen=True, slots=True)
class WrittenFill:
    slots: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class WrittenDo:
    skill: Scalar


@dataclass(frozen=True, slots=True)
class WrittenRun:
    dialog: Scalar
    passes: tuple[Scalar, ...] = ()
    keeps: tuple[Scalar, ...] = ()


WrittenBody = WrittenAsk | WrittenFill | WrittenDo | WrittenRun


@dataclass(frozen=True, slots=True)
class WrittenTo:
    state: Scalar


@dataclass(frozen=True, slots=True)
class WrittenBranch:
    """Conditional ways, then the state for the rest."""

    ways: tuple[tuple[WrittenCondition, Scalar], ...]
    rest: Scalar


@dataclass(frozen=True, slots=True)
class WrittenMap:
    """States by answer or end; ``otherwise`` is the way ``else``, ``skipped`` the way ``skip``."""

    key: Scalar
    ways: tuple[tuple[Scalar, Scalar], ...]
    otherwise: Scalar | None = None
    skipped: Scalar | None = None


@dataclass(frozen=True, slots=True)
class WrittenEnd:
    name: Scalar


WrittenGo = WrittenTo | WrittenBranch | WrittenMap | WrittenEnd


@dataclass(frozen=True, slots=True)
class WrittenSilence:
    after: timedelta
    to: Scalar


@dataclass(frozen=True, slots=True)
class WrittenState:
    name: Scalar
    go: WrittenGo
    body: WrittenBody | None = None
    clears: tuple[Scalar, ...] = ()
    says: tuple[Scalar, ...] = ()
    shows: tuple[Scalar, ...] = ()
    saves: tuple[Scalar, ...] = ()
    forgets: tuple[Scalar, ...] = ()
    acts: tuple[Act, ...] = ()
    small_print_later: bool = False
    if_silent: WrittenSilence | None = None

    @property
    def targets(self) -> tuple[Scalar, ...]:
        """Every state that it may go to, as often as it is named; ``end`` among them."""
        return (*targets_of(self.go), *(() if self.if_silent is None else (self.if_silent.to,)))


def targets_of(go: WrittenGo) -> tuple[Scalar, ...]:
    match go:
        case WrittenTo(state):
            return (state,)
        case WrittenBranch(ways, rest):
            return (*(target for _, target in ways), rest)
        case WrittenMap(_, ways, otherwise, skipped):
            extra = tuple(target for target in (otherwise, skipped) if target is not None)
            return (*(target for _, target in ways), *extra)
        case WrittenEnd():
            return ()


@dataclass(frozen=True, slots=True)
class WrittenNudge:
    name: Scalar
    at: Scalar | None = None
    after: Delay | None = None
    then: tuple[Delay, ...] = ()
    last: Scalar | None = None
    until: Scalar | None = None
    lateness: timedelta | None = None
    when: WrittenCondition | None = None
    carries: tuple[Scalar, ...] = ()
    ignores: tuple[Manner, ...] = ()
    consent: Scalar | None = None
    go: Scalar | None = None

    def begins_at(self, states: Collection[str]) -> str | None:
        """The state it begins at: the one written, or the one of its own name; ``None`` if it only says its message."""
        if self.go is not None:
            return self.go.text
        return self.name.text if self.name.text in states else None


@dataclass(frozen=True, slots=True)
class WrittenDialog:
    """One file of ``dialogs/``; ``name`` stands where its name was written."""

    file: File
    name: Scalar
    states: Mapping[str, WrittenState]
    slots: Mapping[str, WrittenSlot]
    nudges: Mapping[str, WrittenNudge]
    starts_on: tuple[Scalar, ...] = ()
    over_when: tuple[WrittenCondition, ...] = ()
    renamed: tuple[tuple[Scalar, Scalar], ...] = ()
    opens_application: bool = False
    about: str = ""
