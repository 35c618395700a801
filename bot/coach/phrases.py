"""Phrases: patterns over words that an adviser can read, and that cannot run away.

A phrase is words in a row. ``(a|b c)`` is one of several, ``[x]`` may be left out, ``improv*`` has any ending, ``#`` is
a number in figures, ``..`` skips up to three words and ``..5`` up to five, ``why?`` stands before a question mark,
``<job>`` is any phrase of the class ``job`` that the rules file defines. Case, curly quotes, hyphens, commas and a
missing apostrophe do not matter; a phrase never reaches over the end of a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from bot.coach.phrase_machine import Machine
from bot.coach.phrase_source import NO_CLASSES, BadPhraseError, Classes, parse
from bot.coach.words import Words

__all__ = ["NO_CLASSES", "BadPhraseError", "Classes", "Phrases"]


class Phrases:
    """Several phrases searched for together; ``first`` and ``all`` give spans in the text that was passed.

    Raises:
        BadPhraseError: one of the phrases cannot be read.
    """

    def __init__(self, phrases: Iterable[str], classes: Classes | None = None) -> None:
        self.sources = tuple(phrases)
        self.nodes = tuple(parse(phrase, classes or NO_CLASSES) for phrase in self.sources)

    @cached_property
    def _machine(self) -> Machine:
        return Machine(list(enumerate(self.nodes)), settles="all")

    def make_ready(self) -> None:
        """Do now what else the first search does: many phrases are read only to become part of a phrasebook."""
        _ = self._machine

    def first(self, text: str | Words) -> tuple[int, int] | None:
        return next(self.all(text), None)

    def all(self, text: str | Words) -> Iterator[tuple[int, int]]:
        words = text if isinstance(text, Words) else Words.of(text)
        return (words.span(first, end) for first, end, _ in self.places(words))

    def places(self, words: Words) -> Iterator[tuple[int, int, int]]:
        """Yield (first word, end word, number of the phrase), left to right, never overlapping."""
        free = 0
        for at, ends in self._machine.found(words):
            if at >= free:
                number, free = next(reversed(ends.items()))
                yield at, free, number

    def found_in(self, text: str | Words) -> bool:
        return self.first(text) is not None
