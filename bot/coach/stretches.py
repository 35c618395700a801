"""Stretches of time: `next week`, `end of the month`, `at the weekend`, `after Easter`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.coach.calendar_days import easter, end_of_month, months_on
from bot.coach.moment_parts import Here, Part, Read, between, dated, on, with_part
from bot.coach.named_days import next_month


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
        day = here.monday(ahead) + timedelta(days={"start": 0, "middle": 2, "end": 4}[name])
        return on(day + timedelta(days=7 * (day < here.today and not here.past)))
    if unit == "year":
        return _edge_of_year(here, name, here.today.year + ahead)
    if unit == "month":
        first = months_on(here.today.replace(day=1), ahead)
        found = _edge_of_month(first, name)
        over = found.last is not None and found.last < here.today and not here.past
        return _edge_of_month(months_on(first, 1), name) if over else found
    return _edge_of_month(next_month(here, here.names.months[word]), name) if word in here.names.months else None


def _edge_of_year(here: Here, name: str, year: int) -> Part:
    if name == "end":
        return on(date(year, 12, 31))
    first = date(year, 1, 1) if name == "start" else date(year, 6, 24)
    return on(first if first >= here.today or here.past else first.replace(year=year + 1))


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
    if _before(here, at):
        return on(max(monday + timedelta(days=4), here.today)), 1
    shift = -7 if here.past or here.led_by(links.last, at) else 7 if here.led_by(links.next, at) else 0
    saturday = monday + timedelta(days=5 + shift)
    found = between(saturday, saturday + timedelta(days=1))
    if here.ruled_out(at):
        found = replace(found, ruled_out=True, spared=frozenset({5, 6}))
    return found, 1


def _before(here: Here, at: int) -> bool:
    """Whether it is named as what comes after: "before Christmas", but not "two days before Christmas"."""
    words = here.names.links.before
    place = at - 1 if here.word(at - 1) in words else at - 2
    lengths = here.names.units.keys() | here.names.parts.keys()
    return here.word(place) in words and here.word(place - 1) not in lengths


def feast(here: Here, at: int) -> Read | None:
    """``after Easter``, ``before Christmas``, ``in the new year``."""
    links, words = here.names.links, here.names.stretch
    if taken := here.taken(words.new_year, at):
        first = date(here.today.year + 1, 1, 1)
        return between(first + timedelta(days=1), first + timedelta(days=13)), taken
    if here.word(at) not in words.feasts:
        return None
    first = _feast_ahead(here.today, words.feasts[here.word(at)])
    fixed = words.feasts[here.word(at)] is not None
    if not fixed and here.word(at + 1) in here.names.days:
        return dated(_beside_easter(first, here.names.days[here.word(at + 1)])), 2
    last = first + timedelta(days=1)
    if here.led_by(links.after, at):
        return between(last, last + timedelta(days=13), last + timedelta(days=fixed)), 1
    if _before(here, at):
        return between(first - timedelta(days=7), first - timedelta(days=1), first - timedelta(days=3)), 1
    return between(first, last), 1


def _beside_easter(sunday: date, day: int) -> date:
    """Easter Monday, Easter Saturday: from Good Friday on, to the Thursday after."""
    return sunday + timedelta(days=(day - 4) % 7 - 2)


def _feast_ahead(today: date, fixed: tuple[int, int] | None) -> date:
    """The feast of this year, while it is not over, or of the next."""
    days = (date(year, *fixed) if fixed else easter(year) for year in (today.year, today.year + 1))
    return next(day for day in days if day >= today or day.year > today.year)


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
