"""Rhythms: `every Friday`, `every second Friday`, `weekly`, `once a month`, `Mondays and Thursdays`."""

from __future__ import annotations

from bot.coach.moment_parts import Here, Part, Read

DAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_ADVERBS = {
    "weekly": "weekly",
    "monthly": "monthly",
    "daily": "daily",
    "fortnightly": "biweekly",
    "biweekly": "biweekly",
}
FIRST_WORDS = frozenset({*_ADVERBS, "every", "each", "once"})
_UNITS = {"day": "daily", "week": "weekly", "weeks": "weekly", "month": "monthly", "fortnight": "biweekly"}
_OTHERS = frozenset({"other", "second", "2nd", "alternate", "two"})
_SINGULAR = frozenset({"tues", "weds", "thurs"})
_WEEKDAYS = frozenset(range(5))


def rhythm(here: Here, at: int) -> Read | None:
    word = here.word(at)
    if word in _ADVERBS:
        return Part(every=_ADVERBS[word]), 1
    if word in ("every", "each") or (word == "once" and here.word(at + 1) in ("a", "per", "every", "each")):
        return _every(here, at + 1 + (word == "once"), at)
    if word in here.names.days and word.endswith("s") and word not in _SINGULAR:
        return Part(every="weekly", days=frozenset({here.names.days[word]})), 1
    return None


def _every(here: Here, at: int, start: int) -> Read | None:
    other = here.word(at) in _OTHERS
    at += other
    unit = here.word(at)
    if unit in here.names.days:
        return Part(every="biweekly" if other else "weekly", days=frozenset({here.names.days[unit]})), at + 1 - start
    if unit == "weekday":
        return Part(every="weekly", days=_WEEKDAYS), at + 1 - start
    if unit in here.names.parts:
        return Part(every="daily", part=here.names.parts[unit]), at + 1 - start
    if unit not in _UNITS:
        return None
    every = _UNITS[unit]
    return Part(every="biweekly" if other and every == "weekly" else every), at + 1 - start
