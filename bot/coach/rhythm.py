"""Rhythms: `every Friday`, `every second Friday`, `weekly`, `once a month`, `Mondays and Thursdays`."""

from __future__ import annotations

from bot.coach.moment_parts import Here, Part, Read

DAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_WEEKDAYS = frozenset(range(5))


def rhythm(here: Here, at: int) -> Read | None:
    word, words = here.word(at), here.names.rhythm
    if word in words.adverbs:
        return Part(every=words.adverbs[word]), 1
    once = word in words.once and here.word(at + 1) in words.per
    if once or word in words.every:
        return _every(here, at + 1 + once, at)
    if word in words.plural_days:
        return Part(every="weekly", days=frozenset({words.plural_days[word]})), 1
    return None


def _every(here: Here, at: int, start: int) -> Read | None:
    names, words = here.names, here.names.rhythm
    other = here.word(at) in words.others
    at += other
    unit = here.word(at)
    taken = at + 1 - start
    if unit in names.days:
        return Part(every="biweekly" if other else "weekly", days=frozenset({names.days[unit]})), taken
    if unit in words.weekday:
        return Part(every="weekly", days=_WEEKDAYS), taken
    if unit in names.parts:
        return Part(every="daily", part=names.parts[unit]), taken
    if unit not in words.units:
        return None
    every = words.units[unit]
    return Part(every="biweekly" if other and every == "weekly" else every), taken
