"""The words of rhythms in one language: `every`, `weekly`, `once a`, `Mondays`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from bot.coach.rules import Rules

_RHYTHMS = ("daily", "weekly", "biweekly", "monthly")


@dataclass(frozen=True, slots=True)
class RhythmWords:
    """``plural_days`` are days that mean every week by themselves; ``others`` make of a week every second one."""

    adverbs: Mapping[str, str]
    every: frozenset[str]
    once: frozenset[str]
    per: frozenset[str]
    others: frozenset[str]
    units: Mapping[str, str]
    weekday: frozenset[str]
    plural_days: Mapping[str, int]

    @classmethod
    def from_rules(cls, rules: Rules) -> RhythmWords:
        rules.no_more_than([field.name for field in fields(cls)])
        return cls(
            adverbs=rules.part("adverbs").codes(_RHYTHMS),
            every=rules.part("every").single_words(),
            once=rules.part("once").single_words(),
            per=rules.part("per").single_words(),
            others=rules.part("others").single_words(),
            units=rules.part("units").codes(_RHYTHMS),
            weekday=rules.part("weekday").single_words(),
            plural_days=rules.part("plural_days").counts(0, 6),
        )
