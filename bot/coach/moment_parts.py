"""Parts of a moment: what one expression of time says, and where it is read from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.coach.clock import Clock
from bot.coach.moment_names import Names
from bot.coach.rules import Row
from bot.coach.words import Words


@dataclass(frozen=True, slots=True)
class Part:
    """What one expression says. ``first`` and ``last`` leave ``day`` open; ``minutes`` count from now."""

    day: date | None = None
    first: date | None = None
    last: date | None = None
    clock: Clock | None = None
    part: str | None = None
    every: str | None = None
    days: frozenset[int] = frozenset()
    minutes: int | None = None

    def joined(self, other: Part) -> Part:
        """Return both together; a later day, clock or part of the day wins."""
        day = other if other.day else self
        return Part(
            day.day,
            day.first,
            day.last,
            self.clock or other.clock,
            other.part or self.part,
            other.every or self.every,
            self.days | other.days,
            other.minutes if other.minutes is not None else self.minutes,
        )


NOTHING = Part()
Read = tuple[Part, int]
"""What was read at a word, and how many words it took."""


@dataclass(frozen=True, slots=True)
class Here:
    """A text and the moment it was written; ``past`` says that it tells of what was."""

    words: Words
    names: Names
    now: datetime
    past: bool = False

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

    def monday(self, weeks: int) -> date:
        """The Monday of this week, or so many weeks on."""
        return self.today + timedelta(days=7 * weeks - self.today.weekday())


Reader = Callable[[Here, int], Read | None]


def on(day: date) -> Part:
    return Part(day=day)


def between(first: date, last: date, best: date | None = None) -> Part:
    return Part(day=best or first, first=first, last=last)


def with_part(part: Part, name: str) -> Part:
    return replace(part, part=name)
