"""Rewriting: a version of a person's draft that passes the check and keeps as many of their own sentences as it can."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.coach.blocks import Line, read_lines
from bot.coach.etiquette import Assessment, Etiquette, Finding, check
from bot.coach.letter import Letter, Sentence, take_apart
from bot.coach.phrases import Phrases
from bot.coach.rules import Rules

MOST_OWN_WORDS = 60
"""How many words of a person's own sentences stay beside thanks and question."""

_FEW_WORDS = 3
_CLAUSE_END = re.compile(r"[,;\n]|\s[-–—]\s")
_HARSH = frozenset({"wrong_decision", "demanding", "defensive"})


@dataclass(frozen=True, slots=True)
class Rewriting:
    """Ready sentences for what cannot stay, and phrases that say what a person's own sentence does."""

    lines: Mapping[str, Line]
    greetings: Phrases
    closings: Phrases
    requests: Phrases
    leads: Phrases
    accepting: Phrases
    warm: Phrases
    area: Phrases
    topics: Phrases
    abouts: Phrases

    @classmethod
    def from_rules(cls, rules: Rules) -> Rewriting:
        """Read the part ``rewriting`` of the file ``review``.

        Raises:
            BadRuleError: something is missing or has the wrong shape, or a phrase cannot be read.
        """
        return cls(
            lines=read_lines(rules.part("lines")),
            greetings=rules.part("greetings").phrases(),
            closings=rules.part("closings").phrases(),
            requests=rules.part("requests").phrases(),
            leads=rules.part("leads").phrases(),
            accepting=rules.part("accepting").phrases(),
            warm=rules.part("warm").phrases(),
            area=rules.part("area").phrases(),
            topics=rules.part("topics").phrases(),
            abouts=rules.part("abouts").phrases(),
        )

    def topic(self, text: str) -> str:
        """Return what the person asks about, as "in the lesson"; empty when they do not say."""
        found = self.topics.first(text)
        if found:
            return text[slice(*found)].lower()
        found = self.abouts.first(text)
        return "in " + text[slice(*found)].lower().partition(" ")[2] if found else ""


def rewrite(text: str, etiquette: Etiquette, rewriting: Rewriting, words: Mapping[str, str]) -> str:
    """Return a version that passes ``check``; a draft that passes already comes back as it is.

    ``words`` fill the places of the ready sentences: ``company`` and ``first_name``, empty when unknown.
    """
    assessment = check(text, etiquette)
    if assessment.clean:
        return text.strip()
    parts = _Parts.of(text, assessment, etiquette, rewriting)
    versions = [parts.put_together(own, rewriting, words) for own in _MUCH_TO_LITTLE]
    return next((version for version in versions if check(version, etiquette).clean), versions[-1])


@dataclass(frozen=True, slots=True)
class _Own:
    """Which of the person's own parts to keep."""

    thanks: bool
    rest: bool
    question: bool


_MUCH_TO_LITTLE = (
    _Own(True, True, True),
    _Own(True, True, False),
    _Own(True, False, True),
    _Own(True, False, False),
    _Own(False, True, False),
    _Own(False, False, False),
)


@dataclass(frozen=True, slots=True)
class _Parts:
    """A draft sorted by what its sentences do; what breaks a rule is left out."""

    letter: Letter
    topic: str
    thanks: str
    question: str
    rest: tuple[str, ...]

    @classmethod
    def of(cls, text: str, assessment: Assessment, etiquette: Etiquette, rewriting: Rewriting) -> _Parts:
        letter = take_apart(text, rewriting.greetings, rewriting.closings)
        said = [
            finding
            for finding in assessment.findings
            if finding.end and finding.code not in ("too_long", "thanks_late")
        ]
        kept = [part for sentence in letter.sentences for part in _without(sentence, said, rewriting)]
        thanks = next((part for part in kept if _thanks(part, etiquette)), "")
        question = next((part for part in kept if part != thanks and _requests(part, etiquette, rewriting)), "")
        harsh = not _HARSH.isdisjoint(assessment.broken)
        rest = (
            part for part in kept if part not in (thanks, question) and _may_stay(part, harsh, etiquette, rewriting)
        )
        return cls(letter, rewriting.topic(text), thanks, question, tuple(_few(rest)))

    def put_together(self, own: _Own, rewriting: Rewriting, words: Mapping[str, str]) -> str:
        lines = {name: line.say({**words, "topic": self.topic}) for name, line in rewriting.lines.items()}
        thanks = self.thanks if own.thanks and self.thanks else lines["thanks"]
        question = self.question if own.question and self.question else lines["ask"]
        rest = self.rest if own.rest else ()
        accept = () if any(rewriting.accepting.found_in(part) for part in rest) else (lines["accept"],)
        area = () if rewriting.area.found_in(question) else (lines["area"],)
        greeting = "" if _begins(thanks, rewriting.greetings) else self.letter.greeting or lines["greeting"]
        rows = [
            greeting,
            " ".join((thanks, *accept, *rest)),
            " ".join((question, *area)),
            self.letter.closing or lines["close"],
        ]
        return "\n\n".join(row for row in rows if row)


def _without(sentence: Sentence, said: list[Finding], rewriting: Rewriting) -> Iterator[str]:
    """Yield the sentence, or the clauses before its first fault, with a capital and a full stop."""
    text = sentence.text
    faults = [finding for finding in said if sentence.start <= finding.start < sentence.end]
    if faults:
        first = min(faults, key=lambda finding: finding.start)
        text = _clauses_before(text, first.start - sentence.start, first.end - sentence.start)
    lead = rewriting.leads.first(text)
    if lead is not None and lead[0] == 0:
        text = text[lead[1] :]
    if len(text.split()) >= _FEW_WORDS:
        yield _tidy(text)


def _clauses_before(text: str, start: int, end: int) -> str:
    """A fault that spans a comma may have begun in a good clause: then that one is kept as well."""
    breaks = [match.start() for match in _CLAUSE_END.finditer(text, 0, end)]
    before = [place for place in breaks if place <= start]
    return text[: (before[-1:] or breaks[:1] or [0])[0]]


def _tidy(text: str) -> str:
    bare = " ".join(text.split()).strip(" ,;-–")
    bare = bare[:1].upper() + bare[1:]
    return bare if bare.endswith((".", "!", "?")) else bare + "."


def _thanks(part: str, etiquette: Etiquette) -> bool:
    return "?" not in part and "no_thanks" not in check(part, etiquette).broken and not _asks(part, etiquette)


def _asks(part: str, etiquette: Etiquette) -> bool:
    """Whether it asks what to improve, and for something nearer than "any feedback"."""
    assessment = check(part, etiquette)
    return "no_improve_ask" not in assessment.broken and "generic_ask" not in assessment.advisories


def _requests(part: str, etiquette: Etiquette, rewriting: Rewriting) -> bool:
    return _asks(part, etiquette) and ("?" in part or rewriting.requests.found_in(part))


def _may_stay(part: str, harsh: bool, etiquette: Etiquette, rewriting: Rewriting) -> bool:
    """After harsh words only what is plainly warm stays: a complaint often runs on over several sentences."""
    faults = set(check(part, etiquette).broken) - {"no_improve_ask", "no_thanks"}
    if faults or "?" in part or rewriting.requests.found_in(part):
        return False
    return rewriting.warm.found_in(part) if harsh else True


def _few(parts: Iterator[str]) -> Iterator[str]:
    left = MOST_OWN_WORDS
    for part in parts:
        left -= len(part.split())
        if left < 0:
            return
        yield part


def _begins(text: str, phrases: Phrases) -> bool:
    found = phrases.first(text)
    return found is not None and found[0] == 0
