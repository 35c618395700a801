"""Etiquette: what a person's own draft to an employer does well, and which rules of courtesy it breaks.

The rules are data: phrases that show a fault, and wider phrases that excuse it. What no phrase can say is decided here:
whether the thanks come first, whether anything is asked at all, and how long the draft is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.coach.exact_phrases import ExactPhrases
from bot.coach.phrases import Classes, Phrases
from bot.coach.rules import Rules
from bot.coach.words import Words

Code = Literal[
    "wrong_decision",
    "demanding",
    "defensive",
    "why_question",
    "what_wrong",
    "no_thanks",
    "no_improve_ask",
    "thanks_late",
    "too_long",
]

GRAVITY: tuple[Code, ...] = (
    "wrong_decision",
    "demanding",
    "defensive",
    "why_question",
    "what_wrong",
    "no_thanks",
    "no_improve_ask",
    "thanks_late",
    "too_long",
)
"""The codes, the gravest first."""

SPOKEN: tuple[Code, ...] = GRAVITY[:5]
"""The faults that lie in something that is said; the others lie in what is missing, or in the whole."""

MOST_WORDS = 150

_GREETING = 4
"""A sentence of at most this many words says nothing yet: "Dear Ms Grant"."""

_SIGN_OFF = 4
"""At most this many words stand behind the thanks of a closing line: "Thanks again, Sam Field"."""

_PLACEHOLDER = re.compile(
    r"\[[A-Za-z][^\]\n]{0,40}\]|<[A-Za-z][^>\n@]{0,40}>|\{[A-Za-z][^}\n]{0,40}\}|_{3,}|\b[Xx]{3,}\b"
)

Place = tuple[int, int]
"""First word and end word."""


@dataclass(frozen=True, slots=True)
class Sense:
    """Phrases that show something, and wider phrases around them in which they do not."""

    says: Phrases
    unless: Phrases

    @classmethod
    def from_rules(cls, rules: Rules, classes: Classes) -> Sense:
        return cls(rules.part("says").phrases(classes), rules.part("unless").phrases(classes))

    def places(self, words: Words) -> Iterator[Place]:
        excused = [(first, end) for first, end, _ in self.unless.places(words)]
        for first, end, _ in self.says.places(words):
            if not any(first < until and since < end for since, until in excused):
                yield first, end


@dataclass(frozen=True, slots=True)
class Etiquette:
    """The rules of one language."""

    thanks: Sense
    for_something: Phrases
    pleasantry: Phrases
    accepts: Sense
    wishes: Phrases
    improve: Sense
    generic: ExactPhrases
    requests: Phrases
    insults: Phrases
    findings: Mapping[Code, Sense]
    self_deprecating: Phrases

    @classmethod
    def from_rules(cls, rules: Rules) -> Etiquette:
        """Read the file ``etiquette``.

        Raises:
            BadRuleError: something is missing or has the wrong shape, or a phrase cannot be read.
        """
        classes = rules.part("classes").classes()
        return cls(
            thanks=Sense.from_rules(rules.part("thanks"), classes),
            for_something=rules.part("thanks", "for_something").phrases(classes),
            pleasantry=rules.part("pleasantry").phrases(classes),
            accepts=Sense.from_rules(rules.part("accepts"), classes),
            wishes=rules.part("wishes").phrases(classes),
            improve=Sense.from_rules(rules.part("improve"), classes),
            generic=ExactPhrases({"generic": rules.part("improve", "generic").phrases(classes)}),
            requests=rules.part("requests").phrases(classes),
            insults=rules.part("findings", "defensive", "insults").phrases(classes),
            findings={code: Sense.from_rules(rules.part("findings", code), classes) for code in SPOKEN},
            self_deprecating=rules.part("advisories", "self_deprecating").phrases(classes),
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule and the part of the text that breaks it; for what is missing, an empty part at the beginning.

    ``insult`` says that it is not said for oneself but against the reader.
    """

    code: Code
    start: int
    end: int
    insult: bool = False


Praise = Literal["thanks_first", "thanks", "asks", "asks_view", "accepts", "wishes", "short"]
Advisory = Literal["generic_ask", "self_deprecating", "unfilled_placeholder", "small_letters"]


@dataclass(frozen=True, slots=True)
class Assessment:
    """``findings`` are the gravest first, at most one for each code and sentence."""

    findings: tuple[Finding, ...]
    praise: tuple[Praise, ...]
    advisories: tuple[Advisory, ...]

    @property
    def broken(self) -> tuple[Code, ...]:
        return tuple(dict.fromkeys(finding.code for finding in self.findings))

    @property
    def clean(self) -> bool:
        return not self.findings


def check(text: str, etiquette: Etiquette) -> Assessment:
    """Read a draft to an employer."""
    draft = _Draft.of(text, etiquette)
    findings = (*draft.said, *_missing(draft))
    ordered = sorted(findings, key=lambda finding: (GRAVITY.index(finding.code), finding.start))
    return Assessment(tuple(ordered), tuple(_praise(draft)), tuple(_advisories(draft)))


def asks_for_something(text: str, etiquette: Etiquette) -> bool:
    """Whether a sentence, or a part of one, asks the reader for something, whatever it is."""
    return "?" in text or etiquette.requests.found_in(text)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A draft with everything that was found in it, before it is judged."""

    etiquette: Etiquette
    words: Words
    sentences: tuple[Place, ...]
    said: tuple[Finding, ...]
    thanks: tuple[Place, ...]
    asks: tuple[Place, ...]

    @classmethod
    def of(cls, text: str, etiquette: Etiquette) -> _Draft:
        words = Words.of(text)
        thanks = tuple(place for place in etiquette.thanks.places(words) if not _signs_off(place, words, etiquette))
        return cls(
            etiquette=etiquette,
            words=words,
            sentences=tuple(_sentences(words)),
            said=tuple(_said(words, etiquette)),
            thanks=thanks,
            asks=tuple(etiquette.improve.places(words)),
        )

    @property
    def thanks_late(self) -> bool:
        return bool(self.thanks) and not self.thanks_first

    @property
    def thanks_first(self) -> bool:
        """Whether at most greetings and one statement stand before the thanks."""
        if not self.thanks:
            return False
        opening = [sentence for sentence in self.sentences if sentence[1] <= self.thanks[0][0]]
        weighty = [sentence for sentence in opening if not self._light(sentence)]
        return len(weighty) <= 1 and not any(self._wants(sentence) for sentence in opening)

    @property
    def requested(self) -> tuple[Place, ...]:
        """What is asked about improving in so many words, and so that nothing is wrong with it."""
        return tuple(place for place in self.asks if self._asked_well(place))

    def _asked_well(self, place: Place) -> bool:
        sentence = self.words.sentence(place[0])
        start, stop = self.words.span(*sentence)
        hurts = any(start <= finding.start < stop for finding in self.said)
        asked = any(self.words.asked[slice(*sentence)])
        return not hurts and (asked or asks_for_something(self._text(sentence), self.etiquette))

    def _light(self, sentence: Place) -> bool:
        first, end = sentence
        return end - first <= _GREETING or self.etiquette.pleasantry.found_in(self._text(sentence))

    def _wants(self, sentence: Place) -> bool:
        """Whether the sentence asks or complains."""
        first, end = sentence
        start, stop = self.words.span(first, end)
        return (
            any(self.words.asked[first:end])
            or any(first <= place < end for place, _ in self.asks)
            or any(start <= finding.start < stop for finding in self.said)
        )

    def _text(self, sentence: Place) -> str:
        start, end = self.words.span(*sentence)
        return self.words.text[start:end]


def _said(words: Words, etiquette: Etiquette) -> Iterator[Finding]:
    for code, sense in etiquette.findings.items():
        seen: set[Place] = set()
        for first, end in sense.places(words):
            sentence = words.sentence(first)
            if sentence not in seen:
                seen.add(sentence)
                start, stop = words.span(first, end)
                yield Finding(code, start, stop, etiquette.insults.found_in(words.text[start:stop]))


def _missing(draft: _Draft) -> Iterator[Finding]:
    if not draft.thanks:
        yield Finding("no_thanks", 0, 0)
    elif draft.thanks_late:
        yield Finding("thanks_late", *draft.words.span(*draft.thanks[0]))
    if not draft.asks:
        yield Finding("no_improve_ask", 0, 0)
    if len(draft.words.text.split()) > MOST_WORDS:
        yield Finding("too_long", 0, len(draft.words.text))


def _praise(draft: _Draft) -> Iterator[Praise]:
    """What works; a draft that says something hurtful is not praised for accepting or for being short."""
    if draft.thanks:
        yield "thanks_first" if draft.thanks_first else "thanks"
    if draft.requested:
        yield "asks_view" if all(_generic(place, draft) for place in draft.requested) else "asks"
    if not draft.said and any(draft.etiquette.accepts.places(draft.words)):
        yield "accepts"
    if not draft.said and draft.etiquette.wishes.found_in(draft.words):
        yield "wishes"
    if not draft.said and _GREETING < len(draft.words) <= MOST_WORDS:
        yield "short"


def _advisories(draft: _Draft) -> Iterator[Advisory]:
    if draft.asks and all(_generic(place, draft) for place in draft.asks):
        yield "generic_ask"
    if draft.etiquette.self_deprecating.found_in(draft.words):
        yield "self_deprecating"
    if _PLACEHOLDER.search(draft.words.text):
        yield "unfilled_placeholder"
    if len(draft.words) > _GREETING and not any(letter.isupper() for letter in draft.words.text):
        yield "small_letters"


def _generic(place: Place, draft: _Draft) -> bool:
    start, end = draft.words.span(*place)
    return draft.etiquette.generic.group_of(draft.words.text[start:end]) is not None


def _signs_off(place: Place, words: Words, etiquette: Etiquette) -> bool:
    """Whether a thanks only closes the letter: nearly nothing behind it, something before it, and not for anything."""
    first, end = place
    if first == 0 or len(words) - end > _SIGN_OFF:
        return False
    start, _ = words.span(first, end)
    return first > _GREETING and not etiquette.for_something.found_in(words.text[start:])


def _sentences(words: Words) -> Iterator[Place]:
    at = 0
    while at < len(words):
        sentence = words.sentence(at)
        yield sentence
        at = sentence[1]
