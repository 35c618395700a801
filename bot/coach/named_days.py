"""Days by name: `tomorrow`, `the day after tomorrow`, `next Friday`, `on the 12th`, `3 April`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from bot.coach.calendar_days import end_of_month, months_on
from bot.coach.clock import Clock
from bot.coach.moment_parts import NOTHING, Here, Part, Read, between, dated, faulty, on, with_part

_LATELY = timedelta(days=31)
"""A day that is named without its year and lies no further back is not meant for next year."""


def relative_day(here: Here, at: int) -> Read | None:
    """``tomorrow``, ``the day after tomorrow``, ``last night``, ``this evening``, ``just now``."""
    word, then, names = here.word(at), here.word(at + 1), here.names
    if word in names.day.day:
        return _day_beside(here, at)
    if word in names.links.last and names.parts.get(then) == "evening":
        return with_part(on(here.today - timedelta(days=1)), "evening"), 2
    if (word in names.day.this and then in names.parts) or (
        word in names.day.now and here.word(at - 1) in names.day.just
    ):
        return on(here.today), 1
    away = names.relative_days.get(word)
    if away is None or (away <= 0 and _denied(here, at)):
        return None
    if away == 0 and not here.past and here.word(at - 1) in names.stretch.later:
        return with_part(on(here.today), _part_to_come(here)), 1
    weeks = _weeks_on(here, at + 1)
    day = on(here.today + timedelta(days=away + 7 * weeks * (-1 if here.past else 1)))
    return (with_part(day, names.parts[word]) if word in names.parts else day), 1 + (weeks > 0)


def _part_to_come(here: Here) -> str:
    """``later today``: the afternoon, and when that is near the evening."""
    soon = (here.now + timedelta(hours=1)).time()
    return "afternoon" if soon < here.names.part_times["afternoon"] else "evening"


def _day_beside(here: Here, at: int) -> Read | None:
    """``day after tomorrow``, ``day before yesterday``."""
    link, away = here.word(at + 1), here.names.relative_days.get(here.word(at + 2))
    if away is None:
        return None
    if link in here.names.links.after:
        return on(here.today + timedelta(days=away + 1)), 3
    return (on(here.today + timedelta(days=away - 1)), 3) if link in here.names.links.before else None


def _denied(here: Here, at: int) -> bool:
    """``not today``, ``can't face it today``: the day is named to be ruled out."""
    first = here.words.sentence(at)[0]
    return not here.names.day.denials.isdisjoint(here.words.lower[max(first, at - 4) : at])


def weekday(here: Here, at: int) -> Read | None:
    """``Friday``, ``next Friday``, ``Friday next week``, ``last Friday``, ``a week on Friday``, ``Friday week``."""
    word, before, words = here.word(at), here.word(at - 1), here.names.day
    if word not in here.names.days or (word in words.short_days and before in words.no_days_after):
        return None
    day = here.names.days[word]
    away, more = _days_to(here, at, day)
    found = replace(on(here.today + timedelta(days=away)), days=frozenset({day}))
    if here.ruled_out(at):
        found = replace(found, days=frozenset(), ruled_out=True, spared=frozenset({day}))
    return found, 1 + more


def _days_to(here: Here, at: int, day: int) -> tuple[int, int]:
    """How many days away a weekday is, and how many words after its name say so."""
    links, before = here.names.links, here.word(at - 1)
    ahead = (day - here.today.weekday()) % 7 or 7
    if here.past or before in links.last:
        back = (here.today.weekday() - day) % 7
        return -(back or (7 if before in links.last else 0)), 0
    if more := here.taken(here.names.day.next_week, at + 1):
        return (here.monday(1) - here.today).days + day, more
    if before in links.next and here.today + timedelta(days=ahead) < here.monday(1):
        return ahead + 7, 0
    if here.word(at + 1) in links.after and here.word(at + 2) in links.next:
        return ahead + 7, 2
    weeks = _weeks_on(here, at + 1)
    return ahead + 7 * weeks, int(weeks > 0)


def _weeks_on(here: Here, at: int) -> int:
    """``Friday week``, ``Tuesday fortnight``, ``tomorrow week``."""
    if here.word(at) in here.names.links.week:
        return 1
    return 2 * (here.names.units.get(here.word(at)) == "fortnight")


def day_of_month(here: Here, at: int) -> Read | None:
    """``the last Friday of the month``, ``first Monday in April``, ``second Tuesday of next month``."""
    links, names = here.names.links, here.names
    number = -1 if here.word(at) in links.last else names.ordinals.get(here.word(at), 0)
    day = names.days.get(here.word(at + 1))
    if day is None or not -1 <= number <= 5 or number == 0 or here.word(at + 2) not in links.of | names.day.month_leads:
        return None
    end = at + 3 + (here.word(at + 3) in links.the or here.word(at + 3) in names.stretch.this)
    ahead = here.word(end) in links.next
    first = _month_named(here, end + ahead, int(ahead))
    if first is None:
        return None
    found = _weekday_of(first, day, number)
    if found < here.today and not here.past and here.word(end) not in names.months and not ahead:
        found = _weekday_of(months_on(first, 1), day, number)
    return dated(found), end + ahead + 1 - at


def _month_named(here: Here, at: int, ahead: int) -> date | None:
    word = here.word(at)
    if here.names.stretch.periods.get(word) == "month":
        return months_on(here.today.replace(day=1), ahead)
    return next_month(here, here.names.months[word]) if word in here.names.months else None


def _weekday_of(first: date, day: int, number: int) -> date:
    """The so manieth such weekday of the month, the last of it for -1; a fifth may be one of the next month."""
    if number < 0:
        last = end_of_month(first)
        return last - timedelta(days=(last.weekday() - day) % 7)
    return first + timedelta(days=(day - first.weekday()) % 7 + 7 * (number - 1))


def calendar_day(here: Here, at: int) -> Read | None:
    """``12 March``, ``March the 12th``, ``the first of April``, ``on the 12th``, ``in April``."""
    word, links = here.word(at), here.names.links
    if word in here.names.months and (word not in here.names.day.ordinary_months or _number(here, _day_at(here, at))):
        return _month_first(here, at)
    day = _number(here, at)
    if not day:
        return None
    end = at + 1 + (here.word(at + 1) in links.of)
    end += here.word(end) in links.the
    if month := _month_by_step(here, end):
        return _of_month(month[0], day), month[1] - at
    if here.word(end) in here.names.months:
        return _in_month_or_year(here, here.names.months[here.word(end)], day, end, at)
    return _day_alone(here, at, day)


def _month_by_step(here: Here, at: int) -> tuple[date, int] | None:
    """The first of ``next month``, and where the words end."""
    words = here.names.stretch
    if here.word(at) not in words.steps or words.periods.get(here.word(at + 1)) != "month":
        return None
    return months_on(here.today.replace(day=1), words.steps[here.word(at)]), at + 2


def _of_month(first: date, day: int) -> Part:
    return dated(first.replace(day=day)) if 1 <= day <= end_of_month(first).day else faulty("unclear")


def _month_first(here: Here, at: int) -> Read | None:
    month = here.names.months[here.word(at)]
    end = _day_at(here, at)
    day = _number(here, end)
    if day:
        return _in_month_or_year(here, month, day, end, at)
    if here.word(at - 1) in here.names.day.month_leads:
        first = next_month(here, month)
        return between(first, end_of_month(first)), 1
    return None


def _in_month_or_year(here: Here, month: int, day: int, end: int, at: int) -> Read:
    """The day of a month that ends at a word; a year may follow."""
    year = _year(here.word(end + 1))
    if year is None:
        return in_month(here, month, day) or faulty("unclear"), end + 1 - at
    return _of_month(date(year, month, 1), day), end + 2 - at


def _year(word: str) -> int | None:
    return int(word) if len(word) == 4 and word.isascii() and word.isdecimal() and word[:2] in ("19", "20") else None


def _day_at(here: Here, at: int) -> int:
    """Where the day stands after a month: ``March 12``, ``March the 12th``."""
    return at + 1 + (here.word(at + 1) in here.names.links.the)


def next_month(here: Here, month: int) -> date:
    """The first of that month: the next one, or the last one when the text tells of what was."""
    year = here.today.year + (month < here.today.month) - (here.past and month > here.today.month)
    return date(year, month, 1)


def _number(here: Here, at: int) -> int | None:
    """The number of a day, also one that no month has."""
    word = here.word(at)
    ordinal = here.names.day.ordinal.match(word)
    plain = int(word) if word.isascii() and word.isdecimal() and len(word) < 3 else here.names.ordinals.get(word)
    return int(ordinal[1]) if ordinal else plain


def in_month(here: Here, month: int, day: int) -> Part | None:
    """That day of this year or the next, or the last one that was; ``None`` when no such day is near.

    A day that has just gone by is not taken for next year's.
    """
    days = [year.replace(day=day) for year in _months(here, month) if 1 <= day <= end_of_month(year).day]
    if not here.past and any(timedelta(0) < here.today - one <= _LATELY for one in days):
        return faulty("gone_by")
    fitting = [one for one in days if _fits(here, one)]
    if not fitting:
        return None
    return dated(fitting[-1] if here.past else fitting[0])


def _months(here: Here, month: int) -> Iterator[date]:
    """That month of the last year, of this one and of the next."""
    return (date(here.today.year + step, month, 1) for step in (-1, 0, 1))


def _day_alone(here: Here, at: int, day: int) -> Read | None:
    """``the 12th``: the next one, or the last one gone by."""
    words = here.names.day
    led = here.word(at - 1) in here.names.links.the and here.word(at - 2) in words.date_leads
    named = led or words.ordinal.match(here.word(at))
    if not named or here.word(at + 1) in words.after_ordinals:
        return None
    first = here.today.replace(day=1)
    months = (months_on(first, -step if here.past else step) for step in range(3))
    days = (month.replace(day=day) for month in months if 1 <= day <= end_of_month(month).day)
    found = next((wanted for wanted in days if _fits(here, wanted) and wanted != here.today), None)
    return (dated(found) if found else faulty("unclear"), 1)


def _fits(here: Here, day: date) -> bool:
    return day <= here.today if here.past else day >= here.today


def same_time(here: Here, at: int) -> Read | None:
    """``this time tomorrow``, ``tomorrow at the same time``."""
    names = here.names
    taken = here.taken(names.day.same_time, at)
    before = at - 1
    while here.word(before) in names.clock.leads | names.links.the:
        before -= 1
    days = (*names.relative_days, *names.days, *names.stretch.steps)
    beside = any(here.word(end) in days for end in (at + taken, at + taken + 1))
    if not taken or not (beside or here.word(before) in (*days, *names.stretch.periods)):
        return None
    return Part(clock=Clock(here.now.hour, here.now.minute, "exact")), taken


def part_of_day(here: Here, at: int) -> Read | None:
    """``morning``, ``after lunch``, ``first thing``."""
    word, names = here.word(at), here.names
    if here.word(at - 1) in names.links.after and word in names.after_parts:
        return with_part(NOTHING, names.after_parts[word]), 1
    if taken := here.taken(names.day.first_thing, at):
        return with_part(NOTHING, "morning"), taken
    if word not in names.parts or (here.word(at - 1), word) in names.day.no_parts:
        return None
    return with_part(NOTHING, names.parts[word]), 1
