"""Phrases: patterns over words that an adviser can read, and that cannot run away.

A phrase is words in a row. ``(a|b c)`` is one of several, ``[x]`` may be left out, ``improv*`` has any ending, ``..`` skips
up to three words and ``..5`` up to five. Case, curly quotes and a missing apostrophe do not matter; matches begin and end
at the edge of a word. Every phrase compiles to a regular expression without an unbounded repeat inside another, so that
matching takes time linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

MOST_SKIPPED = 8
"""Words that one gap may skip at most."""

MOST_GAPS = 3

_TOKEN = re.compile(r"\.\.\d*|[()\[\]|]|[^\s()\[\]|]+")
_QUOTES = str.maketrans({"‘": "'", "’": "'", "`": "'", "“": '"', "”": '"', "\u00a0": " "})
_BETWEEN = r"[,;:]?\s+"


class BadPhraseError(ValueError):
    """A phrase that cannot be read; the message says why."""


def fold(text: str) -> str:
    """Return the text with straight quotes and plain spaces; positions stay the same."""
    return text.translate(_QUOTES)


class Phrases:
    """Several phrases searched for together; ``first`` and ``all`` give spans in the text that was passed."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self.sources = tuple(phrases)
        for phrase in self.sources:
            pattern_of(phrase)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        if not self.sources:
            return re.compile(r"(?!)")
        alternatives = "|".join(pattern_of(phrase) for phrase in self.sources)
        return re.compile(rf"(?<![\w'])(?:{alternatives})(?![\w])", re.IGNORECASE)

    def first(self, text: str) -> tuple[int, int] | None:
        match = self._pattern.search(fold(text))
        return match.span() if match else None

    def all(self, text: str) -> Iterator[tuple[int, int]]:
        return (match.span() for match in self._pattern.finditer(fold(text)))

    def found_in(self, text: str) -> bool:
        return self.first(text) is not None

    def is_whole(self, text: str) -> bool:
        """Whether the text is one of the phrases and nothing else, punctuation at its ends apart."""
        bare = fold(text).strip(" \t\r\n.,;:!?…\"'()")
        return re.fullmatch(self._pattern, bare) is not None


def pattern_of(phrase: str) -> str:
    """Return the regular expression of one phrase.

    Raises:
        BadPhraseError: a bracket is not closed, a gap stands at an end or is too wide, or there is nothing in it.
    """
    tokens = _TOKEN.findall(phrase)
    if sum(token.startswith("..") for token in tokens) > MOST_GAPS:
        raise BadPhraseError(f"has more than {MOST_GAPS} gaps")
    expression, rest = _row(tokens)
    if rest:
        raise BadPhraseError(f"has a {rest[0]!r} too many")
    return expression


def _row(tokens: list[str]) -> tuple[str, list[str]]:
    """Read items up to a closing bracket or bar; spaces go between items, optional ones bring their own."""
    parts: list[str] = []
    needs_space = False
    pending_optional = ""
    while tokens and tokens[0] not in (")", "]", "|"):
        token, tokens = tokens[0], tokens[1:]
        if token == "[":
            inner, tokens = _alternatives(tokens, "]")
            if needs_space:
                parts.append(rf"(?:{_BETWEEN}{inner})?")
            else:
                pending_optional += rf"(?:{inner}{_BETWEEN})?"
            continue
        if token.startswith(".."):
            if not needs_space or not tokens or tokens[0] in (")", "]", "|"):
                raise BadPhraseError("has a gap at its beginning or end")
            parts.append(rf"(?:\s+\S+){{0,{_width(token)}}}?")
            continue
        if token == "(":
            inner, tokens = _alternatives(tokens, ")")
        else:
            inner = _word(token)
        parts.append((_BETWEEN if needs_space else pending_optional) + inner)
        needs_space = True
    if not needs_space:
        raise BadPhraseError("has no word that must be there")
    return "".join(parts), tokens


def _alternatives(tokens: list[str], closing: str) -> tuple[str, list[str]]:
    options: list[str] = []
    while True:
        option, tokens = _row(tokens)
        options.append(option)
        if not tokens:
            raise BadPhraseError(f"has no closing {closing!r}")
        token, tokens = tokens[0], tokens[1:]
        if token == closing:
            return "(?:" + "|".join(options) + ")", tokens
        if token != "|":
            raise BadPhraseError(f"has {token!r} where {closing!r} should stand")


def _width(token: str) -> int:
    width = int(token[2:] or 3)
    if not 1 <= width <= MOST_SKIPPED:
        raise BadPhraseError(f"skips {width} words; a gap skips 1 to {MOST_SKIPPED}")
    return width


def _word(token: str) -> str:
    stem = token.removesuffix("*")
    if not stem or "*" in stem:
        raise BadPhraseError(f"has {token!r}; a star stands only at the end of a word")
    escaped = re.escape(fold(stem)).replace("'", "'?")
    return escaped + (r"[\w'-]*" if token.endswith("*") else "")
