"""Feedback: what a message from an employer or an agency says about one interview, and whether it says anything.

A text is read in parts: sentences, cut again where the speaker turns ("but", "although", a semicolon). Parts that are
pure formula count only for another candidate or a closed role, whatever words for skills and experience stand in them.
What is only praised is nothing to work on. What finds fault and fits no area is a point all the same, in their words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.coach.areas import Area
from bot.coach.etiquette import Place, Sense
from bot.coach.phrases import Phrases
from bot.coach.rules import Rules
from bot.coach.words import Words

_FEW, _FEW_BESIDE = 3, 5
"""A clause of fewer words says nothing without the one before: "and too short". Beside sorted ones it needs more."""


@dataclass(frozen=True, slots=True)
class FeedbackRules:
    """The rules of one language."""

    areas: Mapping[str, Area]
    wanting: Phrases
    fine: Phrases
    praise: Phrases
    formula: Phrases
    remarks: Sense
    invites: Sense
    refuses: Sense
    turns: Phrases
    vague: Phrases
    longest_vague: int
    points: Sense
    of_the_person: Sense
    enough: int
    reported: Phrases
    joins: Phrases
    about_them: Sense
    second: Phrases
    in_touch: Phrases

    @classmethod
    def from_rules(cls, rules: Rules) -> FeedbackRules:
        """Read the file ``feedback``.

        Raises:
            BadRuleError: something is missing or has the wrong shape, or a phrase cannot be read.
        """
        classes = rules.part("classes").classes()
        return cls(
            areas={name: Area.from_rules(part, classes) for name, part in rules.part("areas").parts().items()},
            wanting=rules.part("wanting").phrases(classes),
            fine=rules.part("fine").phrases(classes),
            praise=rules.part("praise").phrases(classes),
            formula=rules.part("formula").phrases(classes),
            remarks=Sense.from_rules(rules.part("remarks"), classes),
            invites=Sense.from_rules(rules.part("invites"), classes),
            refuses=Sense.from_rules(rules.part("refuses"), classes),
            turns=rules.part("turns").phrases(),
            vague=rules.part("vague", "reasons").phrases(classes),
            longest_vague=int(rules.part("vague", "most_words").number()),
            points=Sense.from_rules(rules.part("points"), classes),
            joins=rules.part("joins").phrases(classes),
            of_the_person=Sense.from_rules(rules.part("of_the_person"), classes),
            enough=int(rules.part("enough").number()),
            reported=rules.part("reported").phrases(classes),
            about_them=Sense.from_rules(rules.part("about_them"), classes),
            second=rules.part("second").phrases(classes),
            in_touch=rules.part("in_touch").phrases(classes),
        )


@dataclass(frozen=True, slots=True)
class Mention:
    """An area, the words it rests on (``start`` to ``end``) and the part of a sentence around them."""

    area: str
    start: int
    end: int
    part: tuple[int, int]


@dataclass(frozen=True, slots=True)
class FeedbackReading:
    """What a message holds; ``mentions`` are in the order of the text, one for each area.

    ``vague`` says that a reason was named in a few words, but none that can be worked on; a letter is never vague.
    ``brief`` says that nothing was found in a few words which are no standard letter: somebody's own note, likely.
    ``unsorted`` are parts that find fault and fit no area: points in the words of a note, no proof that there are any.
    ``plain`` are the parts that are no formula, without who said them.
    ``second`` says that the person was nearly chosen,
    ``in_touch`` that they would like to hear from them again; in a letter that goes to everyone it is never true.
    """

    mentions: tuple[Mention, ...]
    has_feedback: bool
    invites: bool
    refuses: bool
    vague: bool
    brief: bool
    unsorted: tuple[tuple[int, int], ...]
    plain: tuple[tuple[int, int], ...]
    second: bool
    in_touch: bool

    @property
    def areas(self) -> tuple[str, ...]:
        return tuple(mention.area for mention in self.mentions)


def read_feedback(text: str, rules: FeedbackRules) -> FeedbackReading:
    """Read a message about an interview: a letter, a consultant's notes, or what the person remembers of a call."""
    words = Words.of(text)
    parts = tuple(_Part.of(place, words, rules) for place in _parts(words, rules.turns))
    places = sorted(place for name in rules.areas for place in _places(name, words, parts, rules))
    mentions = tuple(_mentions(words, places))
    invites = any(True for _ in rules.invites.places(words))
    useful = any(rules.areas[mention.area].kind != "neither" for mention in mentions)
    few = len(words) <= rules.longest_vague
    unsorted = tuple(_unsorted(words, parts, [place[0] for place in places], rules))
    second = rules.second.found_in(words)
    has_feedback = useful or second or _remarked(words, parts, rules)
    return FeedbackReading(
        mentions=mentions,
        has_feedback=has_feedback,
        invites=invites,
        refuses=not invites and any(True for _ in rules.refuses.places(words)),
        vague=not has_feedback and few and rules.vague.found_in(words),
        brief=not has_feedback and few and not any(part.formula for part in parts),
        unsorted=unsorted,
        plain=tuple(_bare(*words.span(*part.place), words.text, rules.reported) for part in parts if not part.formula),
        second=second,
        in_touch=has_feedback and rules.in_touch.found_in(words),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a sentence, and whether it is formula, says that all was well, or says that something was wanting."""

    place: Place
    formula: bool
    fine: bool
    wanting: bool
    praised: bool

    @classmethod
    def of(cls, place: Place, words: Words, rules: FeedbackRules) -> _Part:
        start, end = words.span(*place)
        text = Words.of(words.text[start:end])
        wanting = rules.wanting.found_in(text)
        praised = rules.praise.found_in(text) and not wanting
        return cls(place, rules.formula.found_in(text), rules.fine.found_in(text), wanting, praised)

    def holds(self, word: int) -> bool:
        return self.place[0] <= word < self.place[1]


_Found = tuple[int, int, str, Place]
"""First word and end of what shows an area, the area, and the part of a sentence around it."""


def _mentions(words: Words, places: list[_Found]) -> Iterator[Mention]:
    seen: set[str] = set()
    for first, end, name, part in places:
        if name not in seen:
            seen.add(name)
            yield Mention(name, *words.span(first, end), words.span(*part))


def _places(name: str, words: Words, parts: tuple[_Part, ...], rules: FeedbackRules) -> Iterator[_Found]:
    """In a letter with formula in it only what says by itself that something was missing counts."""
    area = rules.areas[name]
    form_letter = any(part.formula for part in parts)
    praised = [(since, until) for since, until, _ in rules.praise.places(words)]
    for first, end, certain in area.places(words):
        part = next(part for part in parts if part.holds(first))
        hollow = area.kind != "neither" and (part.formula or part.fine or part.praised)
        wished = part.wanting and not form_letter and not any(since < end and first < until for since, until in praised)
        if not hollow and (certain or wished):
            yield first, end, name, part.place


def _remarked(words: Words, parts: tuple[_Part, ...], rules: FeedbackRules) -> bool:
    """Whether something is said of this one person; an offer to talk about it says nothing yet."""
    offers = [first for first, _ in rules.invites.places(words)]
    plain = [part for part in parts if not part.formula and not any(part.holds(word) for word in offers)]
    remarked = any(part.holds(first) for first, _ in rules.remarks.places(words) for part in plain)
    return remarked or any(
        part.praised and part.holds(first) for first, _ in rules.about_them.places(words) for part in plain
    )


def _unsorted(
    words: Words, parts: tuple[_Part, ...], sorted_out: list[int], rules: FeedbackRules
) -> Iterator[tuple[int, int]]:
    """What finds fault in no area, without "he told me" before it; in a letter with formula in it nothing does."""
    if any(part.formula for part in parts):
        return
    found = [*rules.points.places(words), *_of_the_person(words, parts, sorted_out, rules)]
    told = [first for phrases in (rules.second, rules.in_touch) for first, _, _ in phrases.places(words)]
    told += [first for first, _ in rules.invites.places(words)]
    joins = {first for first, _, _ in rules.joins.places(words)}
    least = _FEW_BESIDE if sorted_out else _FEW
    for part in parts:
        if part.fine or part.praised:
            continue
        for first, end in _clauses(part.place, words, joins):
            fault = any(first <= since and until <= end for since, until in found)
            if fault and end - first >= least and not any(first <= at < end for at in (*sorted_out, *told)):
                yield _bare(*words.span(first, end), words.text, rules.reported)


def _of_the_person(
    words: Words, parts: tuple[_Part, ...], sorted_out: list[int], rules: FeedbackRules
) -> Iterator[Place]:
    """In a note of a few words, with nothing else in it, whatever is said of the person or says enough."""
    if (
        len(words) > rules.longest_vague
        or sorted_out
        or any(rules.invites.places(words))
        or rules.vague.found_in(words)
    ):
        return
    excused = [first for first, _, _ in rules.points.unless.places(words)]
    plain = [part for part in parts if not any(part.holds(first) for first in excused)]
    for place in rules.of_the_person.places(words):
        if any(part.holds(place[0]) for part in plain):
            yield place
    for part in plain:
        if part.place[1] - part.place[0] >= rules.enough:
            yield part.place


def _clauses(part: Place, words: Words, joins: set[int]) -> Iterator[Place]:
    first, end = part
    for place in range(first + 1, end):
        if place in joins:
            yield first, place
            first = place
    yield first, end


def _bare(start: int, end: int, text: str, reported: Phrases) -> tuple[int, int]:
    """A clause without who said it: "he told me"."""
    lead = reported.first(text[start:end])
    while lead is not None and not text[start : start + lead[0]].strip(" ,:"):
        start += lead[1]
        lead = reported.first(text[start:end])
    return end - len(text[start:end].lstrip(" ,:")), end


def _parts(words: Words, turns: Phrases) -> Iterator[Place]:
    """Sentences, cut before a word with which the speaker turns and behind a colon, a semicolon or a dash."""
    turned = {first for first, _, _ in turns.places(words)}
    at = 0
    while at < len(words):
        first, end = words.sentence(at)
        for place in range(first + 1, end):
            if place in turned or _breaks(words, place):
                yield first, place
                first = place
        yield first, end
        at = end


def _breaks(words: Words, place: int) -> bool:
    between = words.text[words.ends[place - 1] : words.starts[place]]
    return ";" in between or ":" in between or " - " in between or " – " in between
