"""Capitals: how a name typed in a hurry is written in a letter."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.coach.rules import Rules

_SHOUT = 5
"""From this many letters on, a word in capitals only is taken for shouting, not for an abbreviation."""


@dataclass(frozen=True, slots=True)
class Capitals:
    """The rules of one language: words that stay ``small`` in a name, and what a role stands without."""

    abbreviations: frozenset[str]
    small: frozenset[str]
    articles: frozenset[str]
    nouns: frozenset[str]

    @classmethod
    def from_rules(cls, rules: Rules, abbreviations: Iterable[str]) -> Capitals:
        small, articles, nouns = (rules.part(name).single_words() for name in ("small", "articles", "nouns"))
        return cls(frozenset(map(str.upper, abbreviations)), small, articles, nouns)

    def name(self, text: str) -> str:
        """Return a company's or a person's name with capitals; one that has capitals already stays as it is."""
        return self._name(text, self.abbreviations)

    def person(self, text: str) -> str:
        """Return a person's name, which is no abbreviation."""
        return self._name(text, ())

    def role(self, text: str) -> str:
        """Return a role so that it fits between "the" and "role": no article, no noun of its own, no shouting."""
        words = text.split()
        if len(words) > 1 and words[0].lower() in self.articles:
            del words[0]
        if len(words) > 1 and words[-1].lower() in self.nouns:
            del words[-1]
        return " ".join(map(self._in_a_row, words))

    def _name(self, text: str, abbreviations: Collection[str]) -> str:
        words = text.split()
        if any(letter.isupper() for letter in text):
            return " ".join(words)
        return " ".join(self._capital(word, place, abbreviations) for place, word in enumerate(words))

    def _capital(self, word: str, place: int, abbreviations: Collection[str]) -> str:
        if word.upper() in abbreviations:
            return word.upper()
        if place and word in self.small:
            return word
        return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))

    def _in_a_row(self, word: str) -> str:
        if word.upper() in self.abbreviations:
            return word.upper()
        return word.lower() if word.isupper() and len(word) >= _SHOUT else word
