"""A letter in its parts: greeting, sentences and closing, as a person wrote them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.coach.phrases import Phrases
from bot.coach.words import Words

_GREETING_END = re.compile(r"[,!:;\n.]|\s[-–—]\s")
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!\bDr)(?<!\bM[rs])(?<!\bMrs)[.!?…]+[)\"'”’]*(?=\s|$)|\n{2,}|\n(?=[A-Z])")
"""Not after an initial or a title: "D. Field", "Dr. Ray"."""
_LONGEST_GREETING = 6
_LONGEST_CLOSING = 6
_LONGEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its punctuation and where it begins in the letter."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def asks(self) -> bool:
        return "?" in self.text


@dataclass(frozen=True, slots=True)
class Letter:
    """``greeting`` and ``closing`` are empty when there is none; positions are those of the whole text."""

    greeting: str
    sentences: tuple[Sentence, ...]
    closing: str


def take_apart(text: str, greetings: Phrases, closings: Phrases) -> Letter:
    """Split a letter; ``greetings`` and ``closings`` are the phrases that one begins with."""
    greeting = _greeting(text, greetings)
    sentences = _sentences(text, len(greeting))
    closing = ""
    if len(sentences) > 1 and _closes(sentences[-1].text, closings):
        closing = sentences.pop().text
    return Letter(greeting.strip(), tuple(sentences), closing)


def _greeting(text: str, greetings: Phrases) -> str:
    indent = len(text) - len(text.lstrip())
    found = greetings.first(text)
    end = _GREETING_END.search(text, found[1]) if found and found[0] == indent else None
    if end is None or len(text[: end.start()].split()) > _LONGEST_GREETING:
        return ""
    return text[: end.end()]


def _sentences(text: str, at: int) -> list[Sentence]:
    sentences = []
    ends = [match.end() for match in _SENTENCE_END.finditer(text, at)]
    for end in [*ends, len(text)]:
        part = text[at:end]
        if len(Words.of(part)):
            sentences.append(Sentence(part.strip(), at + len(part) - len(part.lstrip())))
        at = end
    return sentences


def _closes(text: str, closings: Phrases) -> bool:
    """Whether a last line is a formula with a name, or a name alone."""
    if "?" in text or len(text.split()) > _LONGEST_CLOSING:
        return False
    found = closings.first(text)
    if found is not None and found[0] == 0:
        return _names(text[found[1] :].strip(" ,.!-\n"))
    return not text.endswith((".", "!")) and _names(text)


def _names(text: str) -> bool:
    words = text.split()
    return len(words) <= 1 or (len(words) <= _LONGEST_NAME and all(word[:1].isupper() for word in words))
