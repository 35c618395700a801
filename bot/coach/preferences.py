"""Preferences: when somebody may be written to, where they are and which language they want, in their own words."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

from bot.coach.named import Named
from bot.coach.phrases import Phrases
from bot.coach.rules import Rules
from bot.coach.words import Words, fold
from bot.engine.schedules import WEEK

_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?")
_DAY_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|-")
_NOON, _HOURS, _MINUTES = 12, 24, 60

Minutes = int
"""Of the day, from midnight."""

Span = tuple[Minutes, Minutes]
"""From and until; both the same is the whole day."""


@dataclass(frozen=True, slots=True)
class HourWords:
    usual: Span
    spans: Named
    hours_of: Mapping[str, Span]
    clock: Mapping[str, int]
    after: frozenset[str]
    before: frozenset[str]
    morning: frozenset[str]
    afternoon: frozenset[str]
    without: Phrases

    @classmethod
    def from_rules(cls, rules: Rules) -> HourWords:
        spans = {name: _span(part) for name, part in rules.part("spans").parts().items()}
        after, before, morning, afternoon = (
            rules.part(name).words() for name in ("after", "before", "morning", "afternoon")
        )
        return cls(
            usual=_span(rules.part("usual")),
            spans=Named({name: [name] for name in spans}),
            hours_of=spans,
            clock=rules.part("clock").numbers(),
            after=after,
            before=before,
            morning=morning,
            afternoon=afternoon,
            without=rules.part("without").phrases(),
        )

    def read(self, text: str, now: Span | None = None) -> Span | None:
        """Return the span of the day that a text leaves or names; ``None`` when it does neither.

        ``now`` is the span as it is, of which an end that is not named stays; without it, the usual one.
        """
        first, last = now or self.usual
        times, words = self._times(text), Words.of(text)
        denied, found = self.without.found_in(words), set(words.lower)
        if len(times) == 1 and found & self.before:
            return (times[0][0], last) if denied else (first, times[0][0])
        if len(times) == 1 and found & self.after:
            return (first, times[0][0]) if denied else (times[0][0], last)
        name = "" if times else self.spans.find(text)
        span = _forward(*times[0], *times[1]) if len(times) > 1 else self.hours_of[name] if name else None
        return _rest(span, (first, last)) if span and denied else span

    def _times(self, text: str) -> list[tuple[Minutes, bool]]:
        """The clock times in a text, each with whether it says which half of the day it means."""
        found: list[tuple[Minutes, bool]] = []
        for word in re.findall(r"\d+(?:[:.]\d{2})?|[a-z.]+", text.lower()):
            clock = _CLOCK.fullmatch(word)
            if clock and int(clock[1]) <= _HOURS and int(clock[2] or 0) < _MINUTES:
                hour = int(clock[1])
                found.append(((hour % _HOURS) * _MINUTES + int(clock[2] or 0), hour > _NOON or clock[2] is not None))
            elif word in self.clock:
                found.append((self.clock[word] * _MINUTES, True))
            elif found and word in self.morning | self.afternoon:
                found[-1] = _in_half(found[-1][0], word in self.afternoon)
        return found


def _rest(taken: Span, day: Span) -> Span | None:
    """What a span leaves of the day: the later piece, where it leaves two; all but a night."""
    start, end = taken
    if start > end:
        return end, start
    if end < day[1]:
        return end, day[1]
    return (day[0], start) if start > day[0] else None


def _in_half(minutes: Minutes, afternoon: bool) -> tuple[Minutes, bool]:
    return minutes % (_NOON * _MINUTES) + (_NOON * _MINUTES if afternoon else 0), True


def _forward(start: Minutes, start_certain: bool, end: Minutes, end_certain: bool) -> Span:
    """From and until, in order: in "9 to 6" the second is in the afternoon."""
    if not end_certain and end <= start and end < _NOON * _MINUTES:
        end += _NOON * _MINUTES
    return start, end


def _span(rules: Rules) -> Span:
    first, last = (int(hour.number()) * _MINUTES for hour in rules.items())
    return first, last


@dataclass(frozen=True, slots=True)
class DayWords:
    names: Mapping[str, str]
    sets: Named
    days_of: Mapping[str, frozenset[str]]
    to: frozenset[str]
    without: frozenset[str]
    also: frozenset[str]

    @classmethod
    def from_rules(cls, rules: Rules) -> DayWords:
        sets = {name: part.words() for name, part in rules.part("sets").parts().items()}
        return cls(
            names={name: day for day, part in rules.part("names").parts().items() for name in part.texts()},
            sets=Named({name: [name] for name in sets}),
            days_of=sets,
            to=rules.part("to").words(),
            without=rules.part("without").words(),
            also=rules.part("also").words(),
        )

    def read(self, text: str, now: Collection[str] = WEEK) -> tuple[str, ...]:
        """Return the days that a text names or leaves of ``now``, from ``mon`` on; empty when it does neither."""
        words = _DAY_WORD.findall(fold(text).lower())
        out = next((at for at, word in enumerate(words) if word in self.without), len(words))
        wanted, unwanted = self._named(words[:out]), self._named(words[out:])
        if unwanted and not wanted:
            wanted = set(now)
        elif not self.also.isdisjoint(words):
            wanted |= set(now)
        return tuple(day for day in WEEK if day in wanted - unwanted)

    def _named(self, words: list[str]) -> set[str]:
        whole = self.sets.find(" ".join(words))
        found = set(self.days_of[whole]) if whole else set()
        for at, word in enumerate(words):
            day = self.names.get(word)
            if day is None:
                continue
            found.add(day)
            first = self.names.get(words[at - 2]) if at > 1 and words[at - 1] in {*self.to, "-"} else None
            if first is not None:
                found |= _between(first, day)
        return found


def _between(first: str, last: str) -> set[str]:
    """The days from one to the other, over the end of the week where need be."""
    start, end = WEEK.index(first), WEEK.index(last)
    return {WEEK[at % len(WEEK)] for at in range(start, end + 1 if end >= start else end + 1 + len(WEEK))}


@dataclass(frozen=True, slots=True)
class Preferences:
    """The file ``preferences`` of a language, with the names of all zones, and the zones by city."""

    hours: HourWords
    days: DayWords
    languages: Named
    zones: Named
    countries: Named
    zone_names: frozenset[str]
    cities: Named

    @classmethod
    def from_rules(cls, rules: Rules) -> Preferences:
        """Read the file ``preferences``.

        Raises:
            BadRuleError: something is missing or has the wrong shape.
        """
        return cls(
            hours=HourWords.from_rules(rules.part("hours")),
            days=DayWords.from_rules(rules.part("days")),
            languages=Named.from_rules(rules.part("languages")),
            zones=Named.from_rules(rules.part("zones")),
            countries=Named.from_rules(rules.part("countries")),
            zone_names=_zone_names(),
            cities=_cities(),
        )

    def zone(self, text: str) -> str:
        """Return the IANA name of a place or zone; empty when none is named."""
        typed = text.strip()
        return typed if typed in self.zone_names else self.zones.find(text) or self.cities.find(text)


@cache
def _zone_names() -> frozenset[str]:
    """Finding them out opens hundreds of files."""
    return frozenset(available_timezones())


@cache
def _cities() -> Named:
    """The world's zones by the city that each is named after."""
    zones = sorted(zone for zone in _zone_names() if "/" in zone and not zone.startswith(("Etc/", "US/")))
    return Named({zone: [zone.rpartition("/")[2].replace("_", " ")] for zone in zones})
