"""Intents: what a free message is about, weighed from signs that anybody can read in the rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.coach.phrasebook import Found, Phrasebook
from bot.coach.phrases import Classes
from bot.coach.rules import Rules
from bot.coach.words import Words

AMBIGUOUS = "ambiguous"
SURE_BY = 1.5
"""How much further ahead of the next intent the first must be to count as clear."""

_SHORT = 4
_BRIEF = 9
_FOREIGN_LETTER = re.compile(r"[^\x00-\u024f\u2000-\u2bff\ufe00-\ufe0f\U0001f000-\U0001faff]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The intent that weighs most, whether it is well ahead, and the signs found."""

    intent: str
    sure: bool
    found: Found


@dataclass(frozen=True, slots=True)
class Together:
    """Signs that mean more in company."""

    signs: frozenset[str]
    without: frozenset[str]
    add: Mapping[str, float]


class IntentRules:
    """Signs and their weights in one language."""

    def __init__(self, rules: Rules, shared: Classes) -> None:
        classes = shared | rules.part("classes").classes()
        signs = rules.part("signs").parts()
        self._book = Phrasebook({name: part.phrases(classes) for name, part in signs.items()})
        self._weights = {sign: _numbers(part) for sign, part in rules.part("weights").parts().items()}
        self._together = [_together(part) for part in rules.part("together").items()]
        self._asks, self._orders = rules.part("asks").words(), rules.part("orders").words()
        self._typed = rules.part("typed").table()
        self._least = rules.part("least").number()
        self._counts_as = rules.part("counts_as").table()
        self._commands_count_as = rules.part("commands_count_as").table()
        self._counts_with = {intent: part.table() for intent, part in rules.part("counts_with").parts().items()}

    def judge(self, words: Words, more: Iterable[str] = ()) -> Verdict:
        """Weigh what the words hold; ``more`` are signs that were found elsewhere."""
        found = self._book.find(words)
        typed = self._typed.get(" ".join(words.lower))
        if typed is not None:
            return Verdict(typed, True, found)
        weights = self._weigh({*found, *self._marks(words), *more})
        ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
        if not ranked or ranked[0][1] < self._least:
            return Verdict(AMBIGUOUS, False, found)
        ahead = ranked[0][1] - (ranked[1][1] if len(ranked) > 1 else 0)
        return Verdict(ranked[0][0], ahead >= SURE_BY and ranked[0][1] >= 2 * self._least, found)

    def code(self, intent: str, found: Found, command: str | None = None) -> str:
        """The code of the labelled sets that an exact command or a finer intent counts as, beside the signs found."""
        if command is not None and command in self._commands_count_as:
            return self._commands_count_as[command]
        with_sign = (code for sign, code in self._counts_with.get(intent, {}).items() if sign in found)
        return next(with_sign, self._counts_as.get(intent, intent))

    def _weigh(self, signs: set[str]) -> dict[str, float]:
        weights: dict[str, float] = {}
        for sign in sorted(signs):  # in one order, so that sums of weights are the same every time
            _add(weights, self._weights.get(sign, {}))
        for together in self._together:
            if together.signs <= signs and together.without.isdisjoint(signs):
                _add(weights, together.add)
        return weights

    def _marks(self, words: Words) -> Iterable[str]:
        """Signs that are no phrases: question, order, a very short or a foreign text."""
        starts = [word for word, joined in zip(words.lower, words.joined, strict=True) if not joined]
        if any(words.asked) or any(start in self._asks for start in starts):
            yield "question"
        if starts and starts[0] in self._orders:
            yield "order"
        if len(words) <= _SHORT:
            yield "short"
        if len(words) <= _BRIEF:
            yield "brief"
        if "!" in words.text:
            yield "outburst"
        letters = len(_FOREIGN_LETTER.findall(words.text))
        if letters * 2 > max(1, sum(map(str.isalpha, words.text))):
            yield "foreign"


def _add(weights: dict[str, float], more: Mapping[str, float]) -> None:
    for intent, weight in more.items():
        weights[intent] = weights.get(intent, 0) + weight


def _together(part: Rules) -> Together:
    without = part.part("without").words() if part.has("without") else frozenset()
    return Together(part.part("signs").words(), without, _numbers(part.part("add")))


def _numbers(part: Rules) -> Mapping[str, float]:
    return {name: value.number() for name, value in part.parts().items()}
