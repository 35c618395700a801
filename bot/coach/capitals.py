"""Capitals: how a name typed in a hurry is written in a letter."""

from __future__ import annotations

import re
from collections.abc import Collection

_SMALL = frozenset({"and", "of", "the", "for", "at", "in", "on", "de", "du", "van", "von"})
_ARTICLE = re.compile(r"^(?:the|a|an|my|your|their)\s+", re.IGNORECASE)
_NOUN = re.compile(r"\s+(?:role|job|position|post|vacancy|opening)$", re.IGNORECASE)
_SHOUT = 5
"""From this many letters on, a word in capitals only is taken for shouting, not for an abbreviation."""


def as_name(text: str, abbreviations: Collection[str] = ()) -> str:
    """Return a company's or a person's name with capitals; one that has capitals already stays as it is."""
    words = text.split()
    if any(letter.isupper() for letter in text):
        return " ".join(words)
    return " ".join(_capital(word, place, abbreviations) for place, word in enumerate(words))


def as_role(text: str, abbreviations: Collection[str] = ()) -> str:
    """Return a role so that it fits between "the" and "role": no article, no noun of its own, no shouting."""
    bare = _NOUN.sub("", _ARTICLE.sub("", " ".join(text.split())))
    return " ".join(_in_a_row(word, abbreviations) for word in bare.split())


def _capital(word: str, place: int, abbreviations: Collection[str]) -> str:
    if word.upper() in abbreviations:
        return word.upper()
    if place and word in _SMALL:
        return word
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))


def _in_a_row(word: str, abbreviations: Collection[str]) -> str:
    if word.upper() in abbreviations:
        return word.upper()
    return word.lower() if word.isupper() and len(word) >= _SHOUT else word
