"""Answer cards: a practised answer shown part by part in its own words, one thing to try, and what is new in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from bot.coach.answers import AnswerReading
from bot.coach.blocks import Line, read_line
from bot.coach.rules import Rules

_SNIPPET = 60
"""Characters of an answer that a part is shown by."""

_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n")
_CLAUSE_END = re.compile(r"[.,;!?\n]")


@dataclass(frozen=True, slots=True)
class AnswerCards:
    """How a reading is put; ``order`` says which of the missing parts is offered first."""

    question: Line
    found: Line
    missing: Line
    parts: Mapping[str, str]
    people: Line
    length: Line
    order: tuple[str, ...]
    whole: str
    progress: Mapping[str, Line]
    progress_parts: Mapping[str, str]
    joined: str

    @classmethod
    def from_rules(cls, rules: Rules) -> AnswerCards:
        """Read the file ``practice``.

        Raises:
            BadRuleError: something is missing or has the wrong shape.
        """
        card, progress = rules.part("card"), rules.part("progress")
        return cls(
            question=read_line(card.part("question")),
            found=read_line(card.part("found")),
            missing=read_line(card.part("missing")),
            parts=card.part("parts").table(),
            people=read_line(card.part("people")),
            length=read_line(card.part("length")),
            order=rules.part("order").texts(),
            whole=rules.part("whole").text(),
            progress={name: read_line(progress.part(name)) for name in ("new", "gone", "same")},
            progress_parts=progress.part("parts").table(),
            joined=progress.part("joined").text(),
        )

    def card(self, question: str, text: str, reading: AnswerReading) -> str:
        """Return the reading line by line: each part with the words that it was found in, who acts, and the length.

        A question that is empty has no line, and who acts is counted only where it asks for something done.
        """
        lines = [self._part(name, text, reading) for name in self.parts if name in reading.parts]
        counts = {"own": str(reading.own_deeds), "shared": str(reading.shared_deeds)}
        people = self.people.say(counts) if reading.deeds else ""
        length = {"count": str(reading.words), "few": str(reading.few), "many": str(reading.many)}
        said = (self.question.say({"question": question}), *lines, people, self.length.say(length))
        return "\n".join(line for line in said if line)

    def to_try(self, reading: AnswerReading) -> str:
        """Return the one remark that helps most, or what to do with an answer that has everything."""
        missing = {note.about: note.says for note in reading.notes if not note.there}
        return next((missing[name] for name in self.order if name in missing), self.whole)

    def compared(self, before: Collection[str], now: Collection[str]) -> str:
        """Return what another try has that the one before had not, else what that one also had."""
        for name, parts in (("new", _without(now, before)), ("gone", _without(before, now))):
            if parts:
                return self.progress[name].say({"parts": self._listed(parts)})
        return self.progress["same"].say({})

    def _part(self, name: str, text: str, reading: AnswerReading) -> str:
        place = reading.found.get(name)
        ends = _CLAUSE_END if name == "number" else _SENTENCE_END
        words = {"part": self.parts[name], "words": _snippet(text, *place, ends) if place else ""}
        return self.found.say(words) or self.missing.say(words)

    def _listed(self, parts: Iterable[str]) -> str:
        words = [self.progress_parts[name] for name in self.order if name in parts]
        return self.joined.join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)


def parts_of(reading: AnswerReading) -> tuple[str, ...]:
    """The names of what an answer holds."""
    return tuple(note.about for note in reading.notes if note.there)


def _without(parts: Collection[str], others: Collection[str]) -> list[str]:
    return [part for part in parts if part not in others]


def _snippet(text: str, start: int, end: int, ends: re.Pattern[str]) -> str:
    """The words found, with those that follow until ``ends`` as far as there is room; never part of a word."""
    ending = ends.search(text, end)
    said = text[start : ending.start() if ending else len(text)]
    if len(said) <= _SNIPPET:
        return said
    until = max(said.rfind(" ", 0, _SNIPPET), end - start)
    return f"{said[:until].rstrip(' ,;')} …"
