"""Lengths of time: `in three working days`, `an hour and a half`, `a week on Friday`, `two days ago`."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.coach.calendar_days import Length
from bot.coach.clock import read_fraction
from bot.coach.moment_parts import Here, Part, Read, between, on

_WEEKS = ("week", "fortnight")
_TENS = range(20, 100, 10)
_HOURS = re.compile(r"(\d{1,2})[^\W\d_](\d{2})\Z")
_RUN_TOGETHER = re.compile(r"(\d{1,3})([^\W\d_]+)\Z")


def length(here: Here, at: int) -> Read | None:
    """``in three working days``, ``an hour``, ``half an hour``, ``ten days' time``, ``two days ago``, ``in 30min``."""
    words = here.names.stretch
    found, end = measured(here, at)
    if found is None or (found.unit == "minute" and read_fraction(here.words, at, here.names)):
        return None
    ago = here.word(end) in words.ago
    base = None if ago or here.past else _day_beside(here, found, end)
    if base is not None:
        return on(found.from_day(base[0])), base[1] - at
    more, end = (None, end) if ago else _more(here, found, end)
    end += ago or here.word(end) in words.time
    sign = -1 if ago or here.past else 1
    part = _from_now(here, found, sign, _is_loose(here, at))
    if more is not None and part.day is not None:
        part = on(more.from_day(part.day, sign))
    elif more is not None and part.minutes is not None and more.minutes is not None:
        part = Part(minutes=part.minutes + sign * more.minutes)
    return part, end - at


def _more(here: Here, found: Length, end: int) -> tuple[Length | None, int]:
    """``an hour and 20 minutes``, ``two weeks and three days``: a smaller unit behind the first, and where it ends."""
    joined = here.word(end) in here.names.clock.spans
    more, stop = measured(here, end + joined)
    kinds = (found.minutes is None, found.unit), more and (more.minutes is None, more.unit)
    if more is None or kinds[0][0] != (kinds[1] or kinds[0])[0] or more.unit == found.unit:
        return None, end
    return more, stop


def _from_now(here: Here, found: Length, sign: int, loose: bool) -> Part:
    if found.minutes is not None:
        return Part(minutes=found.minutes * sign)
    day = found.from_day(here.today, sign)
    return between(day - timedelta(days=1), day + timedelta(days=2), day) if loose else on(day)


def _is_loose(here: Here, at: int) -> bool:
    return not here.names.stretch.loose.isdisjoint((here.word(at), here.word(at + 1)))


def _day_beside(here: Here, found: Length, end: int) -> tuple[date, int] | None:
    """The day from which a length counts, and where it ends: ``a week on Friday``, ``a week tomorrow``."""
    names = here.names
    linked = here.word(end) in names.stretch.counted_from
    if not (found.unit in _WEEKS or (linked and found.minutes is None)):
        return None
    if "," in here.gap(end) or here.ruled_out(end + linked):
        return None
    word = here.word(end + linked)
    if word in names.days:
        away = (names.days[word] - here.today.weekday()) % 7 or 7
    elif word in names.relative_days and word not in names.parts:
        away = names.relative_days[word]
    else:
        return None
    return here.today + timedelta(days=away), end + linked + 1


def measured(here: Here, at: int) -> tuple[Length | None, int]:
    """The length that begins at a word, and where it ends."""
    words, units = here.names.stretch, here.names.units
    if here.word(at - 1) in words.how_often:
        return None, at
    together = _RUN_TOGETHER.match(here.word(at))
    if together and together[2] in units and here.word(at - 1) not in here.names.clock.leads:
        return Length(int(together[1]), units[together[2]]), at + 1
    if hours := _HOURS.match(here.word(at)) if here.word(at - 1) in here.names.shift.not_led_by else None:
        return Length(60 * int(hours[1]) + int(hours[2]), "minute"), at + 1
    count, end = _count(here, at)
    working = here.word(end) in words.working
    end += working
    unit = units.get(here.word(end))
    if count is None or unit is None:
        return None, at
    end += 1
    if more := here.taken(words.and_a_half, end):
        count, end = count + 0.5, end + more
    return Length(count, unit, working), end


def _count(here: Here, at: int) -> tuple[float | None, int]:
    """A number that begins here and where it ends."""
    word, words = here.word(at), here.names.stretch
    if word in words.half:
        at += 1 + (here.word(at + 1) in here.names.links.of)
        return 0.5, at + (here.word(at) in words.articles)
    if word in words.quarter:
        return _quarters(here, 1, at)
    if word in words.lead_ins and here.word(at + 1) in words.led_in:
        at, word = at + 1, here.word(at + 1)
    count, end = _number(here, at)
    if count is None:
        return None, at
    if here.word(end) in words.quarter:
        return _quarters(here, count, end)
    end += word in words.with_of and here.word(end) in here.names.links.of
    end += here.word(end) in words.more
    if more := here.taken(words.and_a_half, end):
        count, end = count + 0.5, end + more
    if _is_other(here, end) and _number(here, end + 1)[0] is not None:
        end = _number(here, end + 1)[1]
    elif here.gap(end).strip() in ("-", "–") and here.names.number(here.word(end)) is not None:
        end += 1
    return count, end


def _is_other(here: Here, at: int) -> bool:
    """``two or three``, ``3 to 4``: the first counts."""
    return here.word(at) in here.names.stretch.alternatives or here.word(at) in here.names.clock.spans


def _number(here: Here, at: int) -> tuple[float | None, int]:
    """``five``, ``forty-five``, ``1.5``, ``1/2``."""
    names, count = here.names, here.names.number(here.word(at))
    if count is None:
        return None, at
    more = names.number(here.word(at + 1))
    if here.word(at).isdecimal() and here.word(at + 1).isdecimal() and here.gap(at + 1) in (".", ","):
        return float(f"{count}.{here.word(at + 1)}"), at + 2
    if more and here.gap(at + 1) == "/":
        return count / more, at + 2 + (here.word(at + 2) in here.names.stretch.articles)
    if more is not None and 0 < more < 10 and count in _TENS and not here.word(at).isdecimal():
        return count + more, at + 2
    return count, at + 1


def _quarters(here: Here, count: float, end: int) -> tuple[float, int]:
    """``a quarter of an hour``, ``three quarters of an hour``."""
    end += 1 + (here.word(end + 1) in here.names.links.of)
    return count / 4, end + (here.word(end) in here.names.stretch.articles)
