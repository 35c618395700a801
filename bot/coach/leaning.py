"""Leaning: how like the texts of a class a text is, by learned weights of its words and of its pairs of words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from bot.coach.rules import Rules
from bot.coach.words import Words

STEP = 0.25
"""What one in the table of weights is worth."""

FEWEST = 4
"""A sentence of fewer words is read with the next one; a text of fewer is left to the rules, which know short ones.

A short ending ("I'm") counts for none: three words of everyday with an ending lean as easily as a real sign.
"""


class Leaning:
    """A table of weights, made by ``python -m benchmarks.learning`` and never by hand."""

    def __init__(self, rules: Rules) -> None:
        self._start = rules.part("start").number()
        self._least = rules.part("least").number()
        self._weights = {
            feature: int(weight) * STEP
            for weight, features in rules.part("weights").parts().items()
            for feature in features.texts()
        }

    def found_in(self, words: Words) -> bool:
        """Whether one sentence leans far enough; a long text around it takes nothing away."""
        return any(self.weight(sentence) > self._least for sentence in sentences(words))

    def weight(self, sentence: Sequence[str]) -> float:
        weights = self._weights
        known = [weights[one] for one in features(sentence) if one in weights]
        return self._start + sum(known) / math.sqrt(len(known) or 1)


def features(sentence: Sequence[str]) -> dict[str, None]:
    """Return each word and each pair of neighbours once, in their order."""
    return dict.fromkeys(chain(sentence, map(" ".join, pairwise(sentence))))


def sentences(words: Words) -> Iterator[Sequence[str]]:
    first = 0
    for start in (*(at for at, same in enumerate(words.joined) if not same), len(words)):
        if _is_long_enough(words.lower[first:start]):
            yield words.lower[first:start]
            first = start


def _is_long_enough(sentence: Sequence[str]) -> bool:
    return sum(not word.startswith("'") for word in sentence) >= FEWEST
