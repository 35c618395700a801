"""Moments: dates, times and rhythms in words, counted from a moment in the person's zone.

A text is walked word by word; small readers look whether their kind of expression begins here and say how many words it
took. What was found adds up: "tomorrow" gives a day, "after lunch" a part of it, "at 9" a time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.coach.clock import signed_clock
from bot.coach.moment_names import Names
from bot.coach.moment_parts import NOTHING, Here, Part, Read, Reader
from bot.coach.moment_readers import Beginnings
from bot.coach.named_days import in_figures
from bot.coach.rhythm import DAY_CODES
from bot.coach.words import Words

_PART_ENDS = {"morning": time(12), "midday": time(14), "afternoon": time(18), "evening": time.max}
"""When a part of the day is over."""

_USUAL = time(9)


@dataclass(frozen=True, slots=True)
class When:
    """What a text says about a moment; ``day`` is the best single day where ``first`` and ``last`` leave it open.

    ``recurrence`` is ``daily``, ``weekly``, ``weekly:FR``, ``weekly:MO,TH``, ``biweekly:FR`` or ``monthly``.
    ``places`` are the numbers of the words that were read.
    """

    day: date | None = None
    first: date | None = None
    last: date | None = None
    at: time | None = None
    part: str | None = None
    recurrence: str | None = None
    places: frozenset[int] = frozenset()

    def known(self) -> bool:
        return any((self.day, self.at, self.part, self.recurrence))


class MomentReader:
    """Reads moments to come, or with ``past`` moments gone by."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._beginnings = Beginnings(names)

    def read(self, words: Words, now: datetime, past: bool = False) -> When:
        """Return everything found in the words, put together."""
        here = Here(words, self.names, now, past)
        found, places = _figures(here)
        at = 0
        while at < len(words):
            readers = self._readers_of(words.lower[at])
            read = _first(readers, here, at) if readers and at not in places else None
            if read:
                found = found.joined(read[0])
                places |= frozenset(range(at, at + read[1]))
            at += read[1] if read else 1
        return replace(_put_together(found, here), places=places)

    def _readers_of(self, word: str) -> tuple[Reader, ...]:
        return self._beginnings.at(word)

    def moment(self, when: When, now: datetime) -> datetime | None:
        """Return the moment itself: the named time, else the usual one of the part of day, else nine in the morning."""
        if when.day is None:
            return None
        usual = self.names.part_times.get(when.part or "", _USUAL)
        return datetime.combine(when.day, when.at or usual, tzinfo=now.tzinfo)


def _first(readers: tuple[Reader, ...], here: Here, at: int) -> Read | None:
    return next((read for reader in readers if (read := reader(here, at))), None)


def _figures(here: Here) -> tuple[Part, frozenset[int]]:
    """Dates and times in figures with signs between them, which are several words each."""
    found, places = NOTHING, frozenset[int]()
    day = in_figures(here.words.text, here.today)
    if day:
        found, places = found.joined(day[0]), places | _covered(here.words, day[1])
    signed = signed_clock(here.words.text, here.names)
    if signed:
        found, places = found.joined(Part(clock=signed[0])), places | _covered(here.words, signed[1])
    return found, places


def _covered(words: Words, span: tuple[int, int]) -> frozenset[int]:
    return frozenset(at for at, start in enumerate(words.starts) if span[0] <= start < span[1])


def _put_together(found: Part, here: Here) -> When:
    if found.minutes is not None and found.day is None:
        due = here.now + timedelta(minutes=found.minutes)
        return When(due.date(), at=due.time().replace(second=0, microsecond=0))
    day, at = found.day, _time(found, here)
    if day is None and found.every is None and (at or found.part) and not (found.clock and found.clock.general):
        day = _nearest(at or _PART_ENDS.get(found.part or "", time.max), here)
    return When(day, found.first, found.last, at, found.part, _recurrence(found))


def _time(found: Part, here: Here) -> time | None:
    if found.clock is None:
        return None
    today = found.day == here.today or (found.day is None and found.every is None)
    return found.clock.at(found.part, here.now.time() if today else None, here.past)


def _nearest(at: time, here: Here) -> date:
    """Today, or the next day when that time is over, or the day before when a past time is still to come."""
    gone = at <= here.now.time()
    shift = (0 if gone else -1) if here.past else (1 if gone else 0)
    return here.today + timedelta(days=shift)


def _recurrence(found: Part) -> str | None:
    if found.every in ("weekly", "biweekly") and found.days:
        return f"{found.every}:{','.join(DAY_CODES[day] for day in sorted(found.days))}"
    return found.every
