"""A text as words: what phrases are matched against, with the way back to positions in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import accumulate

_QUOTES = str.maketrans({"‘": "'", "’": "'", "`": "'", "´": "'", "“": '"', "”": '"', "\u00a0": " "})
_ENDING = r"'(?:s|m|d|re|ve|ll)\b"
WORD = re.compile(rf"{_ENDING}|\w+(?:(?!{_ENDING})['&]\w+)*", re.IGNORECASE)
"""A word; a short ending (``she's``, ``Acme's``) is a word of its own."""

_WORDS_APART = re.compile(f"({WORD.pattern})", re.IGNORECASE)

_BREAK = re.compile(r"(?<!\.)\.(?!\.)|[!?]|\n\s*(?:\n|[-*•])")


def fold(text: str) -> str:
    """Return the text with straight quotes and plain spaces; positions stay the same."""
    return text if text.isascii() and "`" not in text else text.translate(_QUOTES)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in lower case. Lists run in parallel: ``starts`` and ``ends`` are positions in ``text``.

    ``joined`` says that a word belongs to the same sentence as the one before it, ``asked`` that a question mark
    follows it. A hyphen parts words like a blank.
    """

    text: str
    lower: list[str]
    starts: list[int]
    ends: list[int]
    joined: list[bool]
    asked: list[bool]

    @classmethod
    def of(cls, text: str) -> Words:
        folded = fold(text)
        parts = _WORDS_APART.split(folded)
        places = list(accumulate(map(len, parts)))
        gaps = parts[::2]
        joined = [gap == " " or not _BREAK.search(gap) for gap in gaps[:-1]]
        if joined:
            joined[0] = False
        asked = ["?" in gap[:3] for gap in gaps[1:]] if "?" in folded else [False] * len(joined)
        return cls(folded, list(map(str.lower, parts[1::2])), places[:-1:2], places[1::2], joined, asked)

    def with_lower(self, lower: list[str]) -> Words:
        """Return the same words, read as others."""
        return self if lower == self.lower else replace(self, lower=lower)

    def as_one_sentence(self) -> Words:
        """Return the same words, with whatever parts sentences left out."""
        return self if all(self.joined[1:]) else replace(self, joined=[at > 0 for at in range(len(self.joined))])

    def at_most(self, count: int) -> Words:
        """Return the first words, for what need not be read to the end."""
        if len(self.lower) <= count:
            return self
        cut = (words[:count] for words in (self.lower, self.starts, self.ends, self.joined, self.asked))
        return Words(self.text[: self.ends[count - 1]], *cut)  # type: ignore[arg-type]

    def __len__(self) -> int:
        return len(self.lower)

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Return the positions in the text of the words from ``first`` up to, not including, ``end``."""
        return self.starts[first], self.ends[end - 1]

    def sentence(self, at: int) -> tuple[int, int]:
        """Return the first word and the end of the sentence around the word ``at``."""
        first, end = at, at + 1
        while first > 0 and self.joined[first]:
            first -= 1
        while end < len(self.lower) and self.joined[end]:
            end += 1
        return first, end
