"""Stretches of time: `in three working days`, `next week`, `end of the month`, `at the weekend`, `after Easter`."""

from __future__ import annotations

from datetime import date, timedelta

from bot.coach.calendar_days import easter, end_of_month, months_on, working_days
from bot.coach.moment_parts import Here, Part, Read, between, on, with_part
from bot.coach.named_days import next_month

_MINUTES = {"minute": 1, "hour": 60}
_DAYS = {"day": 1, "week": 7, "fortnight": 14}


def length(here: Here, at: int) -> Read | None:
    """``in three working days``, ``an hour``, ``half an hour``, ``ten days' time``, ``two days ago``."""
    words = here.names.stretch
    if here.word(at - 1) in words.how_often:
        return None
    count, end = _count(here, at)
    if count is None:
        return None
    working = here.word(end) in words.working
    end += working
    unit = here.names.units.get(here.word(end))
    if unit is None:
        return None
    end += 1
    if unit == "hour" and (more := here.taken(words.and_a_half, end)):
        count, end = count + 0.5, end + more
    ago = here.word(end) in words.ago
    end += ago or here.word(end) in words.time
    sign = -1 if ago or here.past else 1
    return _shifted(here, count * sign, unit, working, _loose(here, at)), end - at


def _count(here: Here, at: int) -> tuple[float | None, int]:
    """A number that begins here and where it ends."""
    word, words = here.word(at), here.names.stretch
    if word in words.half:
        return 0.5, at + 1 + (here.word(at + 1) in words.articles)
    if word in words.lead_ins and here.word(at + 1) in words.led_in:
        at, word = at + 1, here.word(at + 1)
    count = here.names.number(word)
    if count is None:
        return None, at
    end = at + 1 + (word in words.with_of and here.word(at + 1) in here.names.links.of)
    end += here.word(end) in words.more
    if here.word(end) in words.alternatives and here.names.number(here.word(end + 1)) is not None:
        end += 2
    return count, end


def _loose(here: Here, at: int) -> bool:
    return not here.names.stretch.loose.isdisjoint((here.word(at), here.word(at + 1)))


def _shifted(here: Here, count: float, unit: str, working: bool, loose: bool) -> Part:
    if unit == "second":
        return Part(minutes=0)
    if unit in _MINUTES:
        return Part(minutes=round(count * _MINUTES[unit]))
    whole = int(count)
    if working:
        return on(working_days(here.today, whole))
    if unit in ("month", "year"):
        return on(months_on(here.today, min(max(whole, -120), 120) * (12 if unit == "year" else 1)))
    day = here.today + timedelta(days=min(max(round(count * _DAYS[unit]), -4000), 4000))
    return between(day - timedelta(days=1), day + timedelta(days=2), day) if loose else on(day)


def edge(here: Here, at: int) -> Read | None:
    """``end of the month``, ``start of next week``, ``mid March``, ``end of the day``."""
    links, words = here.names.links, here.names.stretch
    name = words.edges.get(here.word(at))
    if name is None:
        return None
    end = at + 1 + (here.word(at + 1) in links.of)
    end += here.word(end) in links.the or here.word(end) in words.this
    ahead = here.word(end) in links.next
    found = _edge_of(here, name, here.word(end + ahead), int(ahead))
    return (found, end + ahead + 1 - at) if found else None


def _edge_of(here: Here, name: str, word: str, ahead: int) -> Part | None:
    unit = here.names.stretch.edged.get(word)
    if unit == "day" and name == "end":
        return with_part(on(here.today), "evening")
    if unit == "week":
        return on(here.monday(ahead) + timedelta(days={"start": 0, "middle": 2, "end": 4}[name]))
    if unit == "year":
        return on(date(here.today.year, 12, 31))
    if unit == "month":
        return _edge_of_month(months_on(here.today.replace(day=1), ahead), name)
    return _edge_of_month(next_month(here, here.names.months[word]), name) if word in here.names.months else None


def _edge_of_month(first: date, name: str) -> Part:
    last = end_of_month(first)
    return {
        "start": between(first, first + timedelta(days=6)),
        "middle": between(first.replace(day=12), first.replace(day=18), first.replace(day=15)),
        "end": between(last - timedelta(days=3), last, last),
    }[name]


def weekend(here: Here, at: int) -> Read | None:
    """``at the weekend``, ``next weekend``, ``after the weekend`` (Monday), ``before the weekend`` (Friday)."""
    if here.word(at) not in here.names.stretch.weekends:
        return None
    links, monday = here.names.links, here.monday(0)
    if here.led_by(links.after, at):
        return on(monday + timedelta(days=7)), 1
    if here.led_by(links.before, at):
        return on(max(monday + timedelta(days=4), here.today)), 1
    shift = -7 if here.past or here.led_by(links.last, at) else 7 if here.led_by(links.next, at) else 0
    return between(monday + timedelta(days=5 + shift), monday + timedelta(days=6 + shift)), 1


def feast(here: Here, at: int) -> Read | None:
    """``after Easter``, ``before Christmas``, ``in the new year``."""
    links, words = here.names.links, here.names.stretch
    if taken := here.taken(words.new_year, at):
        first = date(here.today.year + 1, 1, 1)
        return between(first + timedelta(days=1), first + timedelta(days=13)), taken
    if here.word(at) not in words.feasts:
        return None
    fixed = words.feasts[here.word(at)]
    first = date(here.today.year, *fixed) if fixed else _easter_ahead(here.today)
    last = first + timedelta(days=1)
    if here.led_by(links.after, at):
        return between(last, last + timedelta(days=13), last + timedelta(days=bool(fixed))), 1
    if here.led_by(links.before, at):
        return between(first - timedelta(days=7), first - timedelta(days=1), first - timedelta(days=3)), 1
    return between(first, last), 1


def _easter_ahead(today: date) -> date:
    this = easter(today.year)
    return this if this >= today else easter(today.year + 1)


def week_or_month(here: Here, at: int) -> Read | None:
    """``next week``, ``last month``, ``later this week``, ``the week after next``."""
    word, words = here.word(at), here.names.stretch
    if taken := here.taken(words.week_after_next, at):
        return between(here.monday(2), here.monday(2) + timedelta(days=6)), taken
    unit = words.periods.get(here.word(at + 1))
    if word not in words.steps or unit is None:
        return None
    return _whole(here, words.steps[word], unit, here.word(at - 1) in words.later), 2


def _whole(here: Here, step: int, unit: str, later: bool) -> Part:
    if unit == "year":
        return between(date(here.today.year + step, 1, 1), date(here.today.year + step, 12, 31))
    if unit == "month":
        first = months_on(here.today.replace(day=1), step)
        return between(max(first, here.today) if step == 0 else first, end_of_month(first))
    monday = here.monday(step)
    last = monday + timedelta(days=6)
    return between(min(here.today + timedelta(days=later), last) if step == 0 else monday, last)
