"""A phrasebook: many named groups of phrases, all looked for in one walk over a text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from bot.coach.phrase_machine import Machine
from bot.coach.phrases import Phrases
from bot.coach.words import Words


class Place(NamedTuple):
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
        nodes = [(number, node) for number, phrases in enumerate(groups.values()) for node in phrases.nodes]
        self._names = tuple(groups)
        self._machine = Machine(nodes, settles="itself")

    def find(self, words: Words) -> Found:
        found: dict[str, list[Place]] = {}
        free: dict[int, int] = {}
        for at, ends in self._machine.found(words):
            for number, end in ends.items():
                if free.get(number, 0) <= at:
                    found.setdefault(self._names[number], []).append(Place(at, end))
                    free[number] = end
        return found
