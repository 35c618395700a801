"""The words of rhythms in one language: `every`, `weekly`, `once a`, `Mondays`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from bot.coach.rules import Rules

_RHYTHMS = ("daily", "weekly", "biweekly", "monthly")

_SETS = ("every", "once", "per", "others", "weekday")
"""Lists of single words, of which any may stand."""


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
            **{name: rules.part(name).single_words() for name in _SETS},
            adverbs=rules.part("adverbs").codes(_RHYTHMS),
            units=rules.part("units").codes(_RHYTHMS),
            plural_days=rules.part("plural_days").counts(0, 6),
        )
