"""Moments in words: "today at 17:00", "17:00" in a label, "tomorrow morning" where the clock would be too exact.

A moment is put the way somebody in the same room would say it now: by the day's name while that is clear, then by date.
The words are terms of the language, so another language changes their order without code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal

from bot.content.catalog import Language
from bot.content.template import fill

Manner = Literal["exact", "short", "roughly"]
"""``exact`` in a sentence, ``short`` in a label, ``roughly`` by part of day in both."""

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_PARTS = ("morning", "afternoon", "evening")
_HALVES = ("am", "pm")
_DAYS = ("today", "tomorrow", "yesterday", "weekday", "date", "year")
_NOON, _EVENING = 12, 18
_WEEK, _HALF_YEAR = 7, 180

TERMS = (
    "moments.clock",
    *(f"moments.{manner}.{day}" for manner in ("exact", "short", "roughly") for day in _DAYS),
    *(f"moments.{name}" for name in (*_WEEKDAYS, *_MONTHS, *_PARTS)),
)
"""The terms that a language must have, by name.

Their templates may use ``{clock}``, ``{part}``, ``{weekday}``, ``{day}``, ``{month}`` and ``{year}``; the clock itself
``{hour}`` and ``{minute}``, or ``{hour12}`` and ``{half}``.
"""

HALVES = tuple(f"moments.{half}" for half in _HALVES)
"""The terms that a language must have beside them when its clock shows the half of the day."""


def word_moment(moment: datetime, now: datetime, language: Language, manner: Manner = "exact") -> str:
    """Put a moment in words as seen from ``now``; both are wall-clock times of the person's zone.

    Raises:
        KeyError: the language lacks one of ``TERMS``.
    """
    terms = language.terms
    name = f"moments.{manner}.{_day(moment, now)}"
    return fill(terms[name], _words(moment, language, terms[name].names))


def _day(moment: datetime, now: datetime) -> str:
    """Which way of naming the day is clear from here; a weekday's name is while it is less than a week away."""
    away = (moment.date() - now.date()).days
    if away in _NEAR:
        return _NEAR[away]
    if abs(away) < _WEEK:
        return "weekday"
    return "date" if abs(away) < _HALF_YEAR else "year"


def _words(moment: datetime, language: Language, names: tuple[str, ...]) -> dict[str, str]:
    return {name: _word(name, moment, language) for name in names}


def _word(name: str, moment: datetime, language: Language) -> str:
    if name in _NUMBERS:
        return _NUMBERS[name](moment)
    term = language.terms[f"moments.{_NAMES[name](moment)}"]
    return fill(term, _words(moment, language, term.names))


_NEAR = {0: "today", 1: "tomorrow", -1: "yesterday"}

_NUMBERS: Mapping[str, Callable[[datetime], str]] = {
    "hour": lambda moment: f"{moment.hour:02}",
    "hour12": lambda moment: str((moment.hour - 1) % _NOON + 1),
    "minute": lambda moment: f"{moment.minute:02}",
    "day": lambda moment: str(moment.day),
    "year": lambda moment: str(moment.year),
}

_NAMES: Mapping[str, Callable[[datetime], str]] = {
    "clock": lambda moment: "clock",
    "half": lambda moment: _HALVES[moment.hour >= _NOON],
    "part": lambda moment: _PARTS[(moment.hour >= _NOON) + (moment.hour >= _EVENING)],
    "weekday": lambda moment: _WEEKDAYS[moment.weekday()],
    "month": lambda moment: _MONTHS[moment.month - 1],
}
