"""Days by name: `tomorrow`, `the day after tomorrow`, `next Friday`, `on the 12th`, `3 April`."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.coach.calendar_days import end_of_month, months_on
from bot.coach.moment_parts import NOTHING, Here, Part, Read, between, on, with_part

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?:/(\d{2,4}))?(?![\d/])")


def in_figures(text: str, today: date) -> tuple[Part, tuple[int, int]] | None:
    """Return a date like 2026-03-12 or 12/3 (the day first), and where it stands in the text."""
    iso, slashed = _ISO.search(text), _SLASHED.search(text)
    found = iso or slashed
    if not found:
        return None
    if iso:
        year, month, day = int(iso[1]), int(iso[2]), int(iso[3])
    else:
        assert slashed is not None
        year, month, day = int(slashed[3] or today.year), int(slashed[2]), int(slashed[1])
    try:
        return on(date(year + 2000 * (year < 100), month, day)), found.span()
    except ValueError:
        return None


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
    day = on(here.today + timedelta(days=away))
    return (with_part(day, names.parts[word]) if word in names.parts else day), 1


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
    return on(here.today + timedelta(days=away)).joined(Part(days=frozenset({day}))), 1 + more


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
    week_on = here.word(at + 1) in links.week
    return (ahead + 7 if week_on or here.led_by(links.week, at) else ahead), int(week_on)


def calendar_day(here: Here, at: int) -> Read | None:
    """``12 March``, ``March the 12th``, ``the first of April``, ``on the 12th``, ``in April``."""
    word, links = here.word(at), here.names.links
    if word in here.names.months and (word not in here.names.day.ordinary_months or _number(here, _day_at(here, at))):
        return _month_first(here, at)
    day = _number(here, at)
    if not day:
        return None
    end = at + 1 + (here.word(at + 1) in links.of)
    if here.word(end) in here.names.months:
        found = _in_month(here, here.names.months[here.word(end)], day)
        return (found, end + 1 - at) if found else None
    return _day_alone(here, at, day)


def _month_first(here: Here, at: int) -> Read | None:
    month = here.names.months[here.word(at)]
    end = _day_at(here, at)
    day = _number(here, end)
    if day:
        found = _in_month(here, month, day)
        return (found, end + 1 - at) if found else None
    if here.word(at - 1) in here.names.day.month_leads:
        first = next_month(here, month)
        return between(first, end_of_month(first)), 1
    return None


def _day_at(here: Here, at: int) -> int:
    """Where the day stands after a month: ``March 12``, ``March the 12th``."""
    return at + 1 + (here.word(at + 1) in here.names.links.the)


def next_month(here: Here, month: int) -> date:
    """The first of that month: the next one, or the last one when the text tells of what was."""
    year = here.today.year + (month < here.today.month) - (here.past and month > here.today.month)
    return date(year, month, 1)


def _number(here: Here, at: int) -> int | None:
    word = here.word(at)
    ordinal = here.names.day.ordinal.match(word)
    plain = int(word) if word.isascii() and word.isdecimal() and len(word) < 3 else here.names.ordinals.get(word)
    day = int(ordinal[1]) if ordinal else plain
    return day if day and 1 <= day <= 31 else None


def _in_month(here: Here, month: int, day: int) -> Part | None:
    for year in (here.today.year, here.today.year + (-1 if here.past else 1)):
        if day <= end_of_month(date(year, month, 1)).day and _fits(here, date(year, month, day)):
            return on(date(year, month, day))
    return None


def _day_alone(here: Here, at: int, day: int) -> Read | None:
    """``the 12th``: the next one, or the last one gone by."""
    words = here.names.day
    led = here.word(at - 1) in here.names.links.the and here.word(at - 2) in words.date_leads
    named = led or words.ordinal.match(here.word(at))
    if not named:
        return None
    first = here.today.replace(day=1)
    months = (months_on(first, -step if here.past else step) for step in range(3))
    days = (month.replace(day=day) for month in months if day <= end_of_month(month).day)
    found = next((wanted for wanted in days if _fits(here, wanted) and wanted != here.today), None)
    return (on(found), 1) if found else None


def _fits(here: Here, day: date) -> bool:
    return day <= here.today if here.past else day >= here.today


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
