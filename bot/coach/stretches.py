"""Stretches of time: `in three working days`, `next week`, `end of the month`, `at the weekend`, `after Easter`."""

from __future__ import annotations

from datetime import date, timedelta

from bot.coach.calendar_days import easter, end_of_month, months_on, working_days
from bot.coach.moment_parts import Here, Part, Read, between, on, with_part
from bot.coach.named_days import next_month

_EDGES = {
    "end": "end",
    "late": "end",
    "start": "start",
    "beginning": "start",
    "early": "start",
    "middle": "middle",
    "mid": "middle",
}
_MINUTES = {"minute": 1, "hour": 60}
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_STEPS = {"next": 1, "following": 1, "last": -1, "this": 0}
_WEEKENDS = frozenset({"weekend", "weekends", "wknd"})
_FEASTS = frozenset({"easter", "christmas", "xmas"})
FIRST_WORDS = frozenset({"half", "a", "another", *_EDGES, *_WEEKENDS, *_FEASTS, "new", "week", *_STEPS})


def length(here: Here, at: int) -> Read | None:
    """``in three working days``, ``an hour``, ``half an hour``, ``ten days' time``, ``two days ago``."""
    if here.word(at - 1) in ("once", "twice", "times", "per"):
        return None
    count, end = _count(here, at)
    if count is None:
        return None
    working = here.word(end) in ("working", "business")
    end += working
    unit = here.names.units.get(here.word(end))
    if unit is None or (unit == "second" and here.word(end) == "second"):
        return None
    end += 1
    if unit == "hour" and [here.word(end + step) for step in range(3)] == ["and", "a", "half"]:
        count, end = count + 0.5, end + 3
    ago = here.word(end) in ("ago", "back", "earlier")
    end += ago or here.word(end) == "time"
    sign = -1 if ago or here.past else 1
    return _shifted(here, count * sign, unit, working, _loose(here, at)), end - at


def _count(here: Here, at: int) -> tuple[float | None, int]:
    """A number that begins here and where it ends."""
    word = here.word(at)
    if word == "half":
        return 0.5, at + 1 + (here.word(at + 1) in ("a", "an"))
    if word in ("a", "another") and here.word(at + 1) in ("couple", "few"):
        at, word = at + 1, here.word(at + 1)
    count = here.names.number(word)
    if count is None:
        return None, at
    end = at + 1 + (word == "couple" and here.word(at + 1) == "of")
    end += here.word(end) == "more"
    if here.word(end) == "or" and here.names.number(here.word(end + 1)) is not None:
        end += 2
    return count, end


def _loose(here: Here, at: int) -> bool:
    return bool({here.word(at), here.word(at + 1)} & {"few", "several"}) and here.word(at + 1) != "a"


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
    name = _EDGES.get(here.word(at))
    if name is None:
        return None
    end = at + 1 + (here.word(at + 1) == "of")
    end += here.word(end) in ("the", "this")
    ahead = here.word(end) == "next"
    unit = here.word(end + ahead)
    found = _edge_of(here, name, unit, int(ahead))
    return (found, end + ahead + 1 - at) if found else None


def _edge_of(here: Here, name: str, unit: str, ahead: int) -> Part | None:
    if unit == "day" and name == "end":
        return with_part(on(here.today), "evening")
    if unit == "week":
        return on(here.monday(ahead) + timedelta(days={"start": 0, "middle": 2, "end": 4}[name]))
    if unit == "year":
        return on(date(here.today.year, 12, 31))
    if unit == "month":
        return _edge_of_month(months_on(here.today.replace(day=1), ahead), name)
    return _edge_of_month(next_month(here, here.names.months[unit]), name) if unit in here.names.months else None


def _edge_of_month(first: date, name: str) -> Part:
    last = end_of_month(first)
    return {
        "start": between(first, first + timedelta(days=6)),
        "middle": between(first.replace(day=12), first.replace(day=18), first.replace(day=15)),
        "end": between(last - timedelta(days=3), last, last),
    }[name]


def weekend(here: Here, at: int) -> Read | None:
    """``at the weekend``, ``next weekend``, ``after the weekend`` (Monday), ``before the weekend`` (Friday)."""
    if here.word(at) not in _WEEKENDS:
        return None
    before, monday = here.before(at, 2), here.monday(0)
    if "after" in before:
        return on(monday + timedelta(days=7)), 1
    if "before" in before:
        return on(max(monday + timedelta(days=4), here.today)), 1
    shift = -7 if "last" in before or here.past else 7 if "next" in before else 0
    return between(monday + timedelta(days=5 + shift), monday + timedelta(days=6 + shift)), 1


def feast(here: Here, at: int) -> Read | None:
    """``after Easter``, ``before Christmas``, ``in the new year``."""
    word = here.word(at)
    if word == "new" and here.word(at + 1) == "year":
        first = date(here.today.year + 1, 1, 1)
        return between(first + timedelta(days=1), first + timedelta(days=13)), 2
    if word not in _FEASTS:
        return None
    first = _easter_ahead(here.today) if word == "easter" else date(here.today.year, 12, 25)
    last = first + timedelta(days=1)
    before = here.before(at, 2)
    if "after" in before:
        return between(last, last + timedelta(days=13), last + timedelta(days=word != "easter")), 1
    if "before" in before:
        return between(first - timedelta(days=7), first - timedelta(days=1), first - timedelta(days=3)), 1
    return between(first, last), 1


def _easter_ahead(today: date) -> date:
    this = easter(today.year)
    return this if this >= today else easter(today.year + 1)


def week_or_month(here: Here, at: int) -> Read | None:
    """``next week``, ``last month``, ``later this week``, ``the week after next``."""
    word, unit = here.word(at), here.word(at + 1)
    if word == "week" and unit == "after" and here.word(at + 2) == "next":
        return between(here.monday(2), here.monday(2) + timedelta(days=6)), 3
    if word not in _STEPS or unit not in ("week", "wk", "month", "year"):
        return None
    return _whole(here, _STEPS[word], unit, here.word(at - 1) == "later"), 2


def _whole(here: Here, step: int, unit: str, later: bool) -> Part:
    if unit == "year":
        return between(date(here.today.year + step, 1, 1), date(here.today.year + step, 12, 31))
    if unit == "month":
        first = months_on(here.today.replace(day=1), step)
        return between(max(first, here.today) if step == 0 else first, end_of_month(first))
    monday = here.monday(step)
    last = monday + timedelta(days=6)
    return between(min(here.today + timedelta(days=later), last) if step == 0 else monday, last)
