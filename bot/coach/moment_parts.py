"""Parts of a moment: what one expression of time says, and where it is read from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from bot.coach.calendar_days import Length
from bot.coach.clock import Clock
from bot.coach.moment_names import Names
from bot.coach.rules import Row
from bot.coach.words import Words

Fault = Literal["gone_by", "unclear", "from_what"]
"""Why what was said names no moment: it lies behind, cannot be read, or counts from something that is not known."""


@dataclass(frozen=True, slots=True)
class Shift:
    """How another moment lies beside the named one: ``sign`` is -1 before it, 1 after it and 0 on its very day.

    It is so far away as ``length`` says, or the nearest ``weekday``; ``at`` is an hour of its own. With ``same_day``
    the hour before is of the same day, where there is one; ``part`` is the part of the day that it lies in.
    """

    sign: int
    length: Length | None = None
    weekday: int | None = None
    at: time | None = None
    same_day: bool = False
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What one expression says. ``first`` and ``last`` leave ``day`` open; ``minutes`` count from now.

    ``dated`` is a day of the calendar. ``ruled_out`` says that the day is named to be left out, ``no_hour`` that an
    hour is or cannot be told, ``no_day`` that a day cannot; the days of the week that are left out stand in ``spared``.
    ``own_clock`` is the hour of the moment to which ``shift`` leads.
    """

    day: date | None = None
    first: date | None = None
    last: date | None = None
    clock: Clock | None = None
    part: str | None = None
    every: str | None = None
    days: frozenset[int] = frozenset()
    minutes: int | None = None
    shift: Shift | None = None
    fault: Fault | None = None
    dated: bool = False
    ruled_out: bool = False
    no_hour: bool = False
    no_day: bool = False
    spared: frozenset[int] = frozenset()
    own_clock: Clock | None = None

    def joined(self, other: Part) -> Part:
        """Return both together; a later day or part of the day wins, and the first clock."""
        day = other if other.day and not (other.ruled_out and self.day and not self.ruled_out) else self
        return Part(
            day.day,
            day.first,
            day.last,
            self.clock or other.clock,
            other.part or self.part,
            other.every or self.every,
            self.days | other.days,
            other.minutes if other.minutes is not None else self.minutes,
            other.shift or self.shift,
            self.fault or other.fault,
            day.dated,
            day.ruled_out,
            self.no_hour or other.no_hour,
            self.no_day or other.no_day,
            self.spared | other.spared,
        )


NOTHING = Part()
Read = tuple[Part, int]
"""What was read at a word, and how many words it took."""


@dataclass(frozen=True, slots=True)
class Here:
    """A text and the moment it was written; ``past`` says that it tells of what was.

    ``month_first`` says that 4/6 is the sixth of April.
    """

    words: Words
    names: Names
    now: datetime
    past: bool = False
    month_first: bool = False

    @property
    def today(self) -> date:
        return self.now.date()

    def word(self, at: int) -> str:
        words = self.words.lower
        return words[at] if 0 <= at < len(words) else ""

    def led_by(self, words: frozenset[str], at: int) -> bool:
        """Whether one of the words is among the two before."""
        return self.word(at - 1) in words or self.word(at - 2) in words

    def taken(self, rows: Iterable[Row], at: int) -> int:
        """How many words the first of the rows takes that stands at a word; none is 0."""
        return next((len(row) for row in rows if tuple(self.words.lower[at : at + len(row)]) == row), 0)

    def gap(self, at: int) -> str:
        """What stands between a word and the one before it."""
        return self.words.text[self.words.ends[at - 1] : self.words.starts[at]] if 0 < at < len(self.words) else ""

    def ruled_out(self, at: int) -> bool:
        """Whether what begins at a word is named to be left out: ``not on a Friday``, ``but not at 9``."""
        words = self.names.day
        while self.word(at - 1) in words.denial_links and "," not in self.gap(at):
            at -= 1
        return not self.past and self.word(at - 1) in words.denials and "," not in self.gap(at)

    def monday(self, weeks: int) -> date:
        """The Monday of this week, or so many weeks on."""
        return self.today + timedelta(days=7 * weeks - self.today.weekday())


Reader = Callable[[Here, int], Read | None]


def on(day: date) -> Part:
    return Part(day=day)


def dated(day: date) -> Part:
    return Part(day=day, dated=True)


def faulty(fault: Fault) -> Part:
    return Part(fault=fault)


def between(first: date, last: date, best: date | None = None) -> Part:
    return Part(day=best or first, first=first, last=last)


def with_part(part: Part, name: str) -> Part:
    return replace(part, part=name)
