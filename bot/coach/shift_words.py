"""The words by which one moment lies before or after another: `an hour before`, `the evening before`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from bot.coach.rules import Row, Rules

_SETS = ("before", "after", "since", "now", "same_day", "not_led_by", "no_others")
"""Lists of single words, of which any may stand."""


@dataclass(frozen=True, slots=True)
class ShiftWords:
    """``times`` are the hours of the parts of the day before or after; those in ``same_day`` are of the very day."""

    before: frozenset[str]
    after: frozenset[str]
    since: frozenset[str]
    now: frozenset[str]
    times: Mapping[str, time]
    same_day: frozenset[str]
    not_led_by: frozenset[str]
    no_others: frozenset[str]
    the_day: tuple[Row, ...]

    @classmethod
    def from_rules(cls, rules: Rules) -> ShiftWords:
        rules.no_more_than((*_SETS, "times", "the_day"))
        return cls(
            **{name: rules.part(name).single_words() for name in _SETS},
            the_day=rules.part("the_day").rows(),
            times={name: part.clock_time() for name, part in rules.part("times").parts().items()},
        )
