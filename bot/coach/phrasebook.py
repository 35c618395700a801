"""A phrasebook: many named groups of phrases, all looked for in one walk over a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.coach.phrase_graph import Index, Node, walk
from bot.coach.phrases import Phrases
from bot.coach.words import Words


@dataclass(frozen=True, slots=True)
class Place:
    """Where a phrase stands: from the word ``first`` up to, not including, ``end``."""

    first: int
    end: int

    def meets(self, other: Place) -> bool:
        return self.first < other.end and other.first < self.end


Found = Mapping[str, list[Place]]
"""Places by the name of the group, left to right; a group that was not found is missing."""


class Phrasebook:
    """Groups of phrases by name. Of a group, the longest phrase at a word counts, and places never overlap."""

    def __init__(self, groups: Mapping[str, Phrases]) -> None:
        self._names: list[str] = []
        self._index = Index(self._numbered(groups))

    def _numbered(self, groups: Mapping[str, Phrases]) -> Iterable[tuple[Node, int]]:
        for name, phrases in groups.items():
            for node in phrases.nodes:
                self._names.append(name)
                yield node, len(self._names) - 1

    def find(self, words: Words) -> Found:
        found: dict[str, list[Place]] = {}
        free: dict[str, int] = {}
        for at, word in enumerate(words.lower):
            longest = self._longest(words, at, word, free)
            for name, end in longest.items():
                found.setdefault(name, []).append(Place(at, end))
                free[name] = end
        return found

    def _longest(self, words: Words, at: int, word: str, free: Mapping[str, int]) -> dict[str, int]:
        longest: dict[str, int] = {}
        after = words.lower[at + 1] if at + 1 < len(words.lower) else ""
        for entry in self._index.starting_with(word):
            if entry.second is not None and after not in entry.second:
                continue
            name = self._names[entry.number]
            if free.get(name, 0) <= at:
                end = walk(entry.node, words, at)
                if end > longest.get(name, at):
                    longest[name] = end
        return longest
