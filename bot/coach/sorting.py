"""Sorting: feedback mirrored in task words: what was good, what to prepare, and what nobody can change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.coach.areas import Area
from bot.coach.blocks import Line, read_line, read_lines
from bot.coach.etiquette import Sense
from bot.coach.feedback import FeedbackReading, Mention
from bot.coach.phrases import NO_CLASSES, Phrases
from bot.coach.rules import Rules
from bot.coach.words import Words

MOST_QUOTES = 2
MOST_POINTS = 3
_LONGEST_POINT = 20
"""Words of a point that fits no area and is quoted back."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """Whole sentences; empty where there is nothing to say. ``areas`` are those that can be worked on."""

    strengths: str
    to_prepare: str
    in_their_words: str
    nothing_to_change: str
    areas: tuple[str, ...]

    @property
    def text(self) -> str:
        parts = (self.strengths, self.to_prepare, self.in_their_words, self.nothing_to_change)
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Sorting:
    """The blocks of a language."""

    strengths: Line
    to_prepare: Mapping[str, Line]
    in_their_words: Line
    also: Line
    second: str
    in_touch: str
    nothing_to_change: Line
    quote: Line
    comma: str
    conjunction: str
    points: Mapping[str, Line]
    unchangeable: Mapping[str, Line]
    nouns: Phrases
    mine: frozenset[str]
    yours: str
    praise: Sense
    experience: Phrases

    @classmethod
    def from_rules(cls, rules: Rules) -> Sorting:
        """Read the file ``sorting``.

        Raises:
            BadRuleError: something is missing or has the wrong shape, or a phrase cannot be read.
        """
        return cls(
            strengths=read_line(rules.part("strengths")),
            to_prepare=read_lines(rules.part("to_prepare")),
            in_their_words=read_line(rules.part("in_their_words")),
            also=read_line(rules.part("also")),
            second=rules.part("second").text(),
            in_touch=rules.part("in_touch").text(),
            nothing_to_change=read_line(rules.part("nothing_to_change")),
            quote=read_line(rules.part("quote")),
            comma=rules.part("list", "comma").text(),
            conjunction=rules.part("list", "and").text(),
            points=read_lines(rules.part("points")),
            unchangeable=read_lines(rules.part("unchangeable")),
            nouns=rules.part("nouns").phrases(),
            mine=rules.part("mine").words(),
            yours=rules.part("yours").text(),
            praise=Sense.from_rules(rules.part("praise"), NO_CLASSES),
            experience=rules.part("experience").phrases(),
        )

    def sort(self, reading: FeedbackReading, text: str, known: Mapping[str, Area]) -> Sorted:
        """Mirror a reading of the text; ``known`` are the areas, which tell what is easy from what needs thought."""
        others = self.experience.found_in(text) and "stronger_candidate" in reading.areas
        mine = [
            mention
            for mention in reading.mentions
            if mention.area in self.points and not (others and mention.area == "experience_gap")
        ]
        strengths = self._good(reading, text) if reading.has_feedback or reading.unsorted else ""
        nothing_to_change = self._nothing_to_change(reading, others)
        alone = reading.has_feedback and not (strengths or mine or nothing_to_change)
        noted = [
            place for place in reading.unsorted or (reading.plain if alone else ()) if not self._praised(text, place)
        ]
        return Sorted(
            strengths=strengths,
            to_prepare=self._to_prepare(mine[:MOST_POINTS], text, known),
            in_their_words=self._in_their_words(noted, text, beside=bool(mine)),
            nothing_to_change=nothing_to_change,
            areas=tuple(mention.area for mention in mine),
        )

    def plain_point(self, area: str) -> str:
        """Return what to prepare in the area, in the words that name nothing of one letter; empty for no area."""
        return self.points[area].say({"named": ""}) if area in self.points else ""

    def _good(self, reading: FeedbackReading, text: str) -> str:
        """What they praised, how near it was, and that they want to hear from the person again."""
        near = (self.second if reading.second else "", self.in_touch if reading.in_touch else "")
        return " ".join(part for part in (self._strengths(text), *near) if part)

    def _praised(self, text: str, place: tuple[int, int]) -> bool:
        return any(self.praise.places(Words.of(text[slice(*place)])))

    def _in_their_words(self, places: Iterable[tuple[int, int]], text: str, *, beside: bool) -> str:
        points = [text[start:end].replace('"', "'") for start, end in places]
        short = [self.quote.say({"word": point}) for point in points if len(point.split()) <= _LONGEST_POINT]
        return (self.also if beside else self.in_their_words).say({"points": self._list(short[:MOST_POINTS])})

    def _strengths(self, text: str) -> str:
        words = Words.of(text)
        found = dict.fromkeys(words.text[slice(*words.span(*place))].lower() for place in self.praise.places(words))
        quoted = [self.quote.say({"word": word}) for word in list(found)[:MOST_QUOTES]]
        return self.strengths.say({"quoted": self._list(quoted)})

    def _to_prepare(self, mentions: Sequence[Mention], text: str, known: Mapping[str, Area]) -> str:
        """What is easy apart from what needs more thought; points of one kind are only counted."""
        points = [self._point(mention, text) for mention in mentions]
        easy = [known[mention.area].kind == "easy" for mention in mentions]
        if any(easy) and not all(easy):
            quick = self._list(point for point, is_easy in zip(points, easy, strict=True) if is_easy)
            slow = self._list(point for point, is_easy in zip(points, easy, strict=True) if not is_easy)
            return self.to_prepare["both"].say({"easy": quick, "thought": slow})
        how_many = {1: "one", 2: "two"}.get(len(points), "more")
        return self.to_prepare[how_many].say({"points": self._list(points)})

    def _nothing_to_change(self, reading: FeedbackReading, others: bool) -> str:
        reasons = [
            self.unchangeable["experience" if others and area == "stronger_candidate" else area].say({})
            for area in reading.areas
            if area in self.unchangeable
        ]
        return self.nothing_to_change.say({"points": self._list(reasons)})

    def _point(self, mention: Mention, text: str) -> str:
        return self.points[mention.area].say({"named": self._named(text[slice(*mention.part)])})

    def _named(self, part: str) -> str:
        """Return what they named, turned to the person: "my answers" becomes "your answers"."""
        found = self.nouns.first(part)
        if found is None:
            return ""
        first, _, rest = part[slice(*found)].lower().partition(" ")
        return f"{self.yours if first in self.mine else first} {rest}"

    def _list(self, items: Iterable[str]) -> str:
        items = list(items)
        if len(items) < 2:
            return "".join(items)
        return self.comma.join(items[:-1]) + self.conjunction + items[-1]
