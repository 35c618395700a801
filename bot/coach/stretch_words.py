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


@dataclass(frozen=True, slots=True)
class StretchWords:
    """``feasts`` are months and days, or ``None`` for Easter; ``steps`` count weeks, months or years from this one."""

    half: frozenset[str]
    articles: frozenset[str]
    lead_ins: frozenset[str]
    led_in: frozenset[str]
    with_of: frozenset[str]
    more: frozenset[str]
    alternatives: frozenset[str]
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
            half=rules.part("half").single_words(),
            articles=rules.part("articles").single_words(),
            lead_ins=rules.part("lead_ins").single_words(),
            led_in=rules.part("led_in").single_words(),
            with_of=rules.part("with_of").single_words(),
            more=rules.part("more").single_words(),
            alternatives=rules.part("alternatives").single_words(),
            loose=rules.part("loose").single_words(),
            working=rules.part("working").single_words(),
            and_a_half=rules.part("and_a_half").rows(),
            time=rules.part("time").single_words(),
            ago=rules.part("ago").single_words(),
            how_often=rules.part("how_often").single_words(),
            edges=rules.part("edges").codes(_EDGES),
            edged=rules.part("edged").codes(_EDGED),
            this=rules.part("this").single_words(),
            weekends=rules.part("weekends").single_words(),
            feasts={word: _feast(part) for word, part in rules.part("feasts").by_word().items()},
            new_year=rules.part("new_year").rows(),
            steps=rules.part("steps").counts(-1, 1),
            periods=rules.part("periods").codes(_PERIODS),
            later=rules.part("later").single_words(),
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
