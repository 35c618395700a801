"""The names of days, months, numbers and parts of the day in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.coach.rules import Rules


@dataclass(frozen=True, slots=True)
class Names:
    """Names to numbers; days count from Monday as 0, ``relative_days`` from today."""

    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    days: Mapping[str, int]
    months: Mapping[str, int]
    units: Mapping[str, str]
    relative_days: Mapping[str, int]
    parts: Mapping[str, str]
    part_times: Mapping[str, str]
    after_parts: Mapping[str, str]

    @classmethod
    def from_rules(cls, rules: Rules) -> Names:
        return cls(
            numbers=rules.part("numbers").numbers(),
            ordinals=rules.part("ordinals").numbers(),
            days=rules.part("days").numbers(),
            months=rules.part("months").numbers(),
            units=rules.part("units").table(),
            relative_days=rules.part("relative_days").numbers(),
            parts=rules.part("parts").table(),
            part_times=rules.part("part_times").table(),
            after_parts=rules.part("after_parts").table(),
        )

    @property
    def first_words(self) -> frozenset[str]:
        """The names that an expression of time can begin with."""
        tables = (self.numbers, self.ordinals, self.days, self.months, self.relative_days, self.parts, self.after_parts)
        return frozenset().union(*tables)

    def number(self, word: str) -> int | None:
        return int(word) if word.isascii() and word.isdecimal() and len(word) < 5 else self.numbers.get(word)
