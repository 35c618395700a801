"""Areas: what can be worked on between two interviews, and how each is recognised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast

from bot.coach.phrases import Classes, Phrases
from bot.coach.rules import BadRuleError, Rules
from bot.coach.words import Words

Kind = Literal["easy", "thought", "neither"]
"""Easy to address, needs more thought, or nothing to change."""

_KINDS = ("easy", "thought", "neither")


@dataclass(frozen=True, slots=True)
class Area:
    """``faults`` say by themselves that something was missing; ``topics`` only where something else says so."""

    kind: Kind
    faults: Phrases
    topics: Phrases
    unless: Phrases

    @classmethod
    def from_rules(cls, rules: Rules, classes: Classes) -> Area:
        """Read one area.

        Raises:
            BadRuleError: something is missing, ``kind`` is none of the three, or a phrase cannot be read.
        """
        kind = rules.part("kind").text()
        if kind not in _KINDS:
            raise BadRuleError((*rules.path, "kind"), f"should be one of {', '.join(_KINDS)}")
        faults, topics, unless = (rules.part(name).phrases(classes) for name in ("faults", "topics", "unless"))
        return cls(cast(Kind, kind), faults, topics, unless)

    def places(self, words: Words) -> Iterator[tuple[int, int, bool]]:
        """Yield first word, end word and whether the place says by itself that something was missing."""
        excused = [(first, end) for first, end, _ in self.unless.places(words)]
        for phrases, certain in ((self.faults, True), (self.topics, False)):
            for first, end, _ in phrases.places(words):
                if not any(first < until and since < end for since, until in excused):
                    yield first, end, certain
