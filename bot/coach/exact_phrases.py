"""Exact phrases: named groups of phrases, of which a whole text may be one."""

from __future__ import annotations

from collections.abc import Mapping

from bot.coach.phrase_machine import Machine
from bot.coach.phrases import Phrases
from bot.coach.words import Words, fold

_ENDS = " \t\r\n.,;:!?…\"'()"


class ExactPhrases:
    """Groups of phrases by name, earlier ones first."""

    def __init__(self, groups: Mapping[str, Phrases]) -> None:
        nodes = [(number, node) for number, phrases in enumerate(groups.values()) for node in phrases.nodes]
        self._names = tuple(groups)
        self._machine = Machine(nodes, settles="nothing")

    def group_of(self, text: str) -> str | None:
        """Return the first group that has the text as a phrase, punctuation apart: "ok. bye." is "ok bye"."""
        numbers = self._machine.whole(Words.of(fold(text).strip(_ENDS)).as_one_sentence())
        return self._names[min(numbers)] if numbers else None
