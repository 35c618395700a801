"""Moments: dates, times and rhythms in words, counted from a moment in the person's zone.

A text is walked word by word; small readers look whether their kind of expression begins here and say how many words it
took. What was found adds up: "tomorrow" gives a day, "after lunch" a part of it, "at 9" a time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from bot.coach.clock import Clock, signed_clocks
from bot.coach.figured_days import in_figures
from bot.coach.moment_names import Names
from bot.coach.moment_parts import NOTHING, Fault, Here, Part, Read, Reader, faulty
from bot.coach.moment_readers import Beginnings
from bot.coach.rhythm import DAY_CODES
from bot.coach.shifts import minutes_on, shifted
from bot.coach.words import Words

_PART_ENDS = {"morning": time(12), "midday": time(14), "afternoon": time(18), "evening": time.max}
"""When a part of the day is over."""

_USUAL = time(9)
_MIDNIGHT = time(0)
_A_WHILE = timedelta(minutes=15)
_WEEK = 7


@dataclass(frozen=True, slots=True)
class When:
    """What a text says about a moment; ``day`` is the best single day where ``first`` and ``last`` leave it open.

    ``recurrence`` is ``daily``, ``weekly``, ``weekly:FR``, ``weekly:MO,TH``, ``biweekly:FR`` or ``monthly``.
    ``places`` are the numbers of the words that were read. With a ``fault`` nothing else is known;
    ``ruled_out`` says that the day is named to be left out, and no other is.
    """

    day: date | None = None
    first: date | None = None
    last: date | None = None
    at: time | None = None
    part: str | None = None
    recurrence: str | None = None
    places: frozenset[int] = frozenset()
    fault: Fault | None = None
    ruled_out: bool = False

    def known(self) -> bool:
        """Whether a moment is spoken of, be it one that cannot be found."""
        return any((self.day, self.at, self.part, self.recurrence, self.fault))


class MomentReader:
    """Reads moments to come, or with ``past`` moments gone by."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._beginnings = Beginnings(names)

    def read(
        self,
        words: Words,
        now: datetime,
        past: bool = False,
        month_first: bool = False,
        wished: frozenset[int] = frozenset(),
    ) -> When:
        """Return everything found in the words, put together; ``month_first`` says how dates in figures are written.

        ``wished`` are the words of a clause that says for when something is wished: others tell of other things.
        """
        here = Here(words, self.names, now, past, month_first)
        figures = _figures(here)
        found, told, places, before, at = NOTHING, NOTHING, frozenset[int](), (NOTHING, 0), 0
        while at < len(words):
            readers = self._readers_of(words.lower[at])
            read = figures.get(at) or (_first(readers, here, at) if readers else None)
            if read:
                part = _beside(*before, read[0], at, here)
                before = read[0], at + read[1]
                found, told = (found.joined(part), told) if at in wished else (found, told.joined(part))
                places |= frozenset(range(at, at + read[1]))
            at += read[1] if read else 1
        return replace(_put_together(_wished(found, told) if wished else told, here), places=places)

    def month_first(self, country: str, language: str) -> bool:
        """Whether dates in figures begin with the month there; where the country is not known, the language says so."""
        return (country or language) in self.names.month_first

    def _readers_of(self, word: str) -> tuple[Reader, ...]:
        return self._beginnings.at(word)

    def moment(self, when: When, now: datetime) -> datetime | None:
        """Return the moment itself: the named time, else the usual one of the part of day, else nine in the morning.

        An hour that the clocks leave out is the one that they show instead.
        """
        if when.day is None:
            return None
        usual = self.names.part_times.get(when.part or "", _USUAL)
        moment = datetime.combine(when.day, when.at or usual, tzinfo=now.tzinfo)
        return moment.astimezone(UTC).astimezone(now.tzinfo)


def _first(readers: tuple[Reader, ...], here: Here, at: int) -> Read | None:
    return next((read for reader in readers if (read := reader(here, at))), None)


def _figures(here: Here) -> dict[int, Read]:
    """Dates and times in figures with signs between them, which are several words each, by the first of them."""
    days = in_figures(here)
    clocks = [
        (_signed(clock, _covered(here.words, span)[0], here), span)
        for clock, span in signed_clocks(here.words.text, here.names)
        if not any(start < span[1] and span[0] < end for _, (start, end) in days)
    ]
    placed = [(part, _covered(here.words, span)) for part, span in (*days, *clocks)]
    return {words[0]: (part, len(words)) for part, words in placed}


def _signed(clock: Clock | None, at: int, here: Here) -> Part:
    if clock is None:
        return faulty("unclear")
    return Part(no_hour=True) if here.ruled_out(at) else Part(clock=clock)


def _covered(words: Words, span: tuple[int, int]) -> list[int]:
    return [at for at, start in enumerate(words.starts) if span[0] <= start < span[1]]


def _beside(before: Part, end: int, part: Part, at: int, here: Here) -> Part:
    """The part, where a date stands beside a day of the week: they say one thing, and must not say two.

    Of two days with an "or" between them the first counts.
    """
    if part.day and before.day and at - end == 1 and here.word(end) in here.names.stretch.alternatives:
        return NOTHING
    if at - end > 1 or (at - end == 1 and here.word(end) not in here.names.links.the):
        return part
    dates, named = (before, part) if before.dated else (part, before)
    if not (dates.dated and dates.day and named.day and len(named.days) == 1):
        return part
    return dates if dates.day.weekday() in named.days else faulty("unclear")


def _wished(found: Part, told: Part) -> Part:
    """What is wished, with what the rest of the text adds to it: the day of an hour, or what it lies beside."""
    if found.shift is not None:
        length = found.shift.length
        by_hour = length is not None and length.minutes is not None
        own = found.clock if told.clock and not by_hour else None
        joined = told.joined(found)
        return replace(joined, clock=found.clock or told.clock if by_hour else told.clock or found.clock, own_clock=own)
    if found.minutes is not None or (found.day is not None and not found.ruled_out):
        clock, part = (found.clock, found.part) if told.day or found.part else (found.clock or told.clock, told.part)
        spared, no_hour = found.spared | told.spared, found.no_hour or told.no_hour
        return replace(found, clock=clock, part=part, spared=spared, no_hour=no_hour)
    return replace(told.joined(found), clock=found.clock or told.clock)


def _put_together(found: Part, here: Here) -> When:
    if found.fault:
        return When(fault=found.fault)
    if found.minutes is not None and found.day is None:
        return When(*_day_and_time(minutes_on(here.now, found.minutes)))
    named = _named(found, here)
    return _shifted(found, named, here) if found.shift else named


def _day_and_time(moment: tuple[date, time]) -> tuple[date, None, None, time]:
    return moment[0], None, None, moment[1]


def _named(found: Part, here: Here) -> When:
    day, at = found.day, _time(found, here)
    if (found.no_hour and at is None and found.part is None) or (found.no_day and day is None):
        return When(fault="unclear")
    if at == _MIDNIGHT and day is not None:
        return _after(found, day)
    if day is None and found.every is None and (at or found.part) and not (found.clock and found.clock.general):
        day = _nearest(at or _PART_ENDS.get(found.part or "", time.max), here)
    if day is not None and not found.ruled_out and len(found.spared) < _WEEK:
        while day.weekday() in found.spared:
            day += timedelta(days=1)
    at = at or _rest_of(found.part, day, here)
    return When(day, found.first, found.last, at, found.part, _recurrence(found), ruled_out=found.ruled_out)


def _after(found: Part, day: date) -> When:
    """Midnight after the evening of a day; of the day alone it may be either of two."""
    return When(day + timedelta(days=1), at=_MIDNIGHT) if found.part == "evening" else When(fault="unclear")


def _shifted(found: Part, named: When, here: Here) -> When:
    """The moment beside the named one, which has to be known as closely as that."""
    if found.shift is None or named.day is None or named.fault:
        return When(fault=named.fault or "from_what")
    shift = found.shift
    if found.own_clock is not None:
        shift = replace(shift, at=found.own_clock.at(shift.part, None, here.past))
    moment = shifted(shift, named.day, named.at, here.now.tzinfo)
    if moment is None:
        return When(fault="from_what")
    return When(moment[0], at=moment[1], part=None if moment[1] else named.part)


def _rest_of(part: str | None, day: date | None, here: Here) -> time | None:
    """An hour that is left of a part of today whose usual one has gone by."""
    usual = here.names.part_times.get(part or "")
    now = here.now.time()
    if here.past or usual is None or day != here.today or now < usual:
        return None
    later = (datetime.combine(day, now) + _A_WHILE).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return later.time() if later.date() == day and later.time() < _PART_ENDS[part or ""] else None


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
