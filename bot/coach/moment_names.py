"""The names of days, months, numbers and parts of the day in one language, and the words that tie them together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import time

from bot.coach.clock_words import ClockWords
from bot.coach.day_words import DayWords
from bot.coach.moment_links import Links
from bot.coach.rhythm_words import RhythmWords
from bot.coach.rules import Rules
from bot.coach.shift_words import ShiftWords
from bot.coach.stretch_words import StretchWords

PARTS = ("morning", "midday", "afternoon", "evening")
UNITS = ("second", "minute", "hour", "day", "week", "fortnight", "month", "year")


@dataclass(frozen=True, slots=True)
class Names:
    """The rules file ``moments``: names to numbers and codes, then the words of each small reader.

    Days count from Monday as 0, ``relative_days`` from today. ``month_first`` are the countries and languages in which
    4/6 is the sixth of April.
    """

    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    days: Mapping[str, int]
    months: Mapping[str, int]
    units: Mapping[str, str]
    relative_days: Mapping[str, int]
    parts: Mapping[str, str]
    part_times: Mapping[str, time]
    month_first: frozenset[str]
    after_parts: Mapping[str, str]
    links: Links
    clock: ClockWords
    rhythm: RhythmWords
    stretch: StretchWords
    day: DayWords
    shift: ShiftWords

    @classmethod
    def from_rules(cls, rules: Rules) -> Names:
        """Read the file ``moments``.

        Raises:
            BadRuleError: something is missing, unknown or out of its range, or is no single word.
        """
        rules.no_more_than([field.name for field in fields(cls)])
        return cls(
            numbers=rules.part("numbers").counts(0, 9999),
            ordinals=rules.part("ordinals").counts(1, 31),
            days=rules.part("days").counts(0, 6),
            months=rules.part("months").counts(1, 12),
            units=rules.part("units").codes(UNITS),
            relative_days=rules.part("relative_days").counts(-31, 31),
            parts=rules.part("parts").codes(PARTS),
            part_times=_times(rules.part("part_times")),
            month_first=frozenset(rules.part("month_first").texts()),
            after_parts=rules.part("after_parts").codes(PARTS),
            links=Links.from_rules(rules.part("links")),
            clock=ClockWords.from_rules(rules.part("clock")),
            rhythm=RhythmWords.from_rules(rules.part("rhythm")),
            stretch=StretchWords.from_rules(rules.part("stretch")),
            day=DayWords.from_rules(rules.part("day")),
            shift=ShiftWords.from_rules(rules.part("shift")),
        )

    def number(self, word: str) -> int | None:
        return int(word) if word.isascii() and word.isdecimal() and len(word) < 5 else self.numbers.get(word)


def _times(rules: Rules) -> Mapping[str, time]:
    rules.no_more_than(PARTS)
    return {name: rules.part(name).clock_time() for name in PARTS}
