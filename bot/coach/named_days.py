"""Days by name: `tomorrow`, `the day after tomorrow`, `next Friday`, `on the 12th`, `3 April`."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.coach.calendar_days import end_of_month, months_on
from bot.coach.moment_parts import NOTHING, Here, Part, Read, between, on, with_part

_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)\Z")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?:/(\d{2,4}))?(?![\d/])")
_DENIED = frozenset({"not", "can't", "cant", "cannot", "don't", "dont", "no", "won't", "isn't"})
_ALSO_WORDS = frozenset({"may", "march", "mar", "second"})
"""Names of months that are ordinary words too; they need a number."""

FIRST_WORDS = frozenset({"day", "last", "this", "now", "first"})
_SHORT_DAYS = frozenset({"sun", "sat", "mon", "wed"})


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
    word, after, far = here.word(at), here.word(at + 1), here.word(at + 2)
    days = here.names.relative_days
    if word == "day" and after in ("after", "before") and far in days:
        return on(here.today + timedelta(days=days[far] + (1 if after == "after" else -1))), 3
    if word == "last" and here.names.parts.get(after) == "evening":
        return with_part(on(here.today - timedelta(days=1)), "evening"), 2
    if (word == "this" and after in here.names.parts) or (
        word == "now" and here.word(at - 1) in ("just", "only", "right")
    ):
        return on(here.today), 1
    if word not in days or (days[word] <= 0 and _denied(here, at)):
        return None
    day = on(here.today + timedelta(days=days[word]))
    return (with_part(day, here.names.parts[word]) if word in here.names.parts else day), 1


def _denied(here: Here, at: int) -> bool:
    """``not today``, ``can't face it today``: the day is named to be ruled out."""
    first = here.words.sentence(at)[0]
    return not _DENIED.isdisjoint(here.words.lower[max(first, at - 4) : at])


def weekday(here: Here, at: int) -> Read | None:
    """``Friday``, ``next Friday``, ``Friday next week``, ``last Friday``, ``a week on Friday``, ``Friday week``."""
    word, before = here.word(at), here.before(at, 2)
    if word not in here.names.days or (word in _SHORT_DAYS and before[0] in ("the", "i", "we", "a", "in")):
        return None
    day = here.names.days[word]
    ahead = (day - here.today.weekday()) % 7 or 7
    taken = 1
    if here.past or before[0] == "last":
        back = (here.today.weekday() - day) % 7
        ahead = -(back or (7 if before[0] == "last" else 0))
    elif (here.word(at + 1), here.word(at + 2)) == ("next", "week"):
        ahead, taken = (here.monday(1) - here.today).days + day, 3
    elif before[0] == "next" and here.today + timedelta(days=ahead) < here.monday(1):
        ahead += 7
    elif here.word(at + 1) == "week" or "week" in before:
        ahead, taken = ahead + 7, 1 + (here.word(at + 1) == "week")
    return on(here.today + timedelta(days=ahead)).joined(Part(days=frozenset({day}))), taken


def calendar_day(here: Here, at: int) -> Read | None:
    """``12 March``, ``March the 12th``, ``the first of April``, ``on the 12th``, ``in April``."""
    word = here.word(at)
    if word in here.names.months and (word not in _ALSO_WORDS or _number(here, at + 1 + (here.word(at + 1) == "the"))):
        return _month_first(here, at)
    day = _number(here, at)
    if not day:
        return None
    end = at + 1 + (here.word(at + 1) == "of")
    if here.word(end) in here.names.months:
        found = _in_month(here, here.names.months[here.word(end)], day)
        return (found, end + 1 - at) if found else None
    return _day_alone(here, at, day)


def _month_first(here: Here, at: int) -> Read | None:
    month = here.names.months[here.word(at)]
    end = at + 1 + (here.word(at + 1) == "the")
    day = _number(here, end)
    if day:
        found = _in_month(here, month, day)
        return (found, end + 1 - at) if found else None
    if here.word(at - 1) in ("in", "until", "till", "next", "for", "by"):
        first = next_month(here, month)
        return between(first, end_of_month(first)), 1
    return None


def next_month(here: Here, month: int) -> date:
    """The first of that month: the next one, or the last one when the text tells of what was."""
    year = here.today.year + (month < here.today.month) - (here.past and month > here.today.month)
    return date(year, month, 1)


def _number(here: Here, at: int) -> int | None:
    word = here.word(at)
    ordinal = _ORDINAL.match(word)
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
    named = _ORDINAL.match(here.word(at)) or (
        here.word(at - 1) == "the" and here.word(at - 2) in ("on", "until", "till", "by")
    )
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
    if here.word(at - 1) == "after" and word in names.after_parts:
        return with_part(NOTHING, names.after_parts[word]), 1
    if word == "first" and here.word(at + 1) == "thing":
        return with_part(NOTHING, "morning"), 2
    if word not in names.parts or (word in ("night", "nights") and here.word(at - 1) in ("work", "good")):
        return None
    return with_part(NOTHING, names.parts[word]), 1
