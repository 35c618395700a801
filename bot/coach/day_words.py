"""The words around the names of days in one language: `the day after`, `the 12th`, `just now`, `first thing`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.coach.rules import Row, Rules

_SETS = (
    "day",
    "this",
    "now",
    "just",
    "denials",
    "denial_links",
    "short_days",
    "no_days_after",
    "ordinary_months",
    "month_leads",
    "date_leads",
    "after_ordinals",
)
"""Lists of single words, of which any may stand."""

_KEYS = (*_SETS, "next_week", "ordinal_endings", "first_thing", "same_time", "vague_hours", "unknown_days", "no_parts")


@dataclass(frozen=True, slots=True)
class DayWords:
    """``ordinary_months`` and ``short_days`` are ordinary words too; ``ordinal`` finds the number in ``12th``."""

    day: frozenset[str]
    this: frozenset[str]
    now: frozenset[str]
    just: frozenset[str]
    denials: frozenset[str]
    denial_links: frozenset[str]
    short_days: frozenset[str]
    no_days_after: frozenset[str]
    next_week: tuple[Row, ...]
    ordinary_months: frozenset[str]
    month_leads: frozenset[str]
    date_leads: frozenset[str]
    after_ordinals: frozenset[str]
    ordinal: re.Pattern[str]
    first_thing: tuple[Row, ...]
    same_time: tuple[Row, ...]
    vague_hours: tuple[Row, ...]
    unknown_days: tuple[Row, ...]
    no_parts: frozenset[Row]

    @classmethod
    def from_rules(cls, rules: Rules) -> DayWords:
        rules.no_more_than(_KEYS)
        endings = "|".join(map(re.escape, sorted(rules.part("ordinal_endings").single_words())))
        return cls(
            **{name: rules.part(name).single_words() for name in _SETS},
            next_week=rules.part("next_week").rows(),
            ordinal=re.compile(rf"(\d{{1,2}})(?:{endings or '(?!)'})\Z"),
            first_thing=rules.part("first_thing").rows(),
            same_time=rules.part("same_time").rows(),
            unknown_days=rules.part("unknown_days").rows(),
            vague_hours=rules.part("vague_hours").rows(),
            no_parts=frozenset(rules.part("no_parts").rows()),
        )
