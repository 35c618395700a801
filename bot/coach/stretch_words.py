"""The words of stretches of time in one language: lengths, edges of a month, weekends, feasts, `next week`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from bot.coach.rules import BadRuleError, Row, Rules

EASTER = "easter"
_EDGES = ("start", "middle", "end")
_EDGED = ("day", "week", "month", "year")
_PERIODS = ("week", "month", "year")
_COMMON_YEAR = 2001
"""One without a 29th of February: a feast falls on a day that every year has."""

_SETS = (
    "half",
    "quarter",
    "articles",
    "lead_ins",
    "led_in",
    "with_of",
    "more",
    "alternatives",
    "counted_from",
    "loose",
    "working",
    "time",
    "ago",
    "how_often",
    "this",
    "weekends",
    "later",
)
"""Lists of single words, of which any may stand."""


@dataclass(frozen=True, slots=True)
class StretchWords:
    """``feasts`` are months and days, or ``None`` for Easter; ``steps`` count weeks, months or years from this one."""

    half: frozenset[str]
    quarter: frozenset[str]
    articles: frozenset[str]
    lead_ins: frozenset[str]
    led_in: frozenset[str]
    with_of: frozenset[str]
    more: frozenset[str]
    alternatives: frozenset[str]
    counted_from: frozenset[str]
    loose: frozenset[str]
    working: frozenset[str]
    and_a_half: tuple[Row, ...]
    time: frozenset[str]
    ago: frozenset[str]
    how_often: frozenset[str]
    edges: Mapping[str, str]
    edged: Mapping[str, str]
    this: frozenset[str]
    weekends: frozenset[str]
    feasts: Mapping[str, tuple[int, int] | None]
    new_year: tuple[Row, ...]
    steps: Mapping[str, int]
    periods: Mapping[str, str]
    later: frozenset[str]
    week_after_next: tuple[Row, ...]

    @classmethod
    def from_rules(cls, rules: Rules) -> StretchWords:
        rules.no_more_than([field.name for field in fields(cls)])
        return cls(
            **{name: rules.part(name).single_words() for name in _SETS},
            and_a_half=rules.part("and_a_half").rows(),
            edges=rules.part("edges").codes(_EDGES),
            edged=rules.part("edged").codes(_EDGED),
            feasts={word: _feast(part) for word, part in rules.part("feasts").by_word().items()},
            new_year=rules.part("new_year").rows(),
            steps=rules.part("steps").counts(-1, 1),
            periods=rules.part("periods").codes(_PERIODS),
            week_after_next=rules.part("week_after_next").rows(),
        )


def _feast(rules: Rules) -> tuple[int, int] | None:
    if rules.text() == EASTER:
        return None
    try:
        day = date.fromisoformat(f"{_COMMON_YEAR}-{rules.text()}")
    except ValueError:
        raise BadRuleError(rules.path, "should be a month and a day like 12-25, or easter") from None
    return day.month, day.day
