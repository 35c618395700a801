"""Corrections: what a text takes back of what was said before ("no, it was Apex, not Acme")."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain

from bot.coach.phrases import Phrases
from bot.coach.rules import Rules
from bot.coach.words import Words
from bot.engine.values import Value, Values

_LONGEST = 20
"""Words of a text that is looked at as a correction."""

_LONGEST_NAME = 4

NAMES = ("company", "role", "consultant")
"""Slots that hold a name."""


class CorrectionRules:
    """How a correction begins and where it says what is right and what was wrong."""

    def __init__(self, rules: Rules) -> None:
        self._starts, self._marks, self._instead, self._not_this = (
            rules.part(name).phrases() for name in ("starts", "marks", "instead", "not_this")
        )
        self._name_ends = rules.part("name_ends").single_words()

    def is_one(self, words: Words) -> bool:
        """Whether the text begins or reads like a correction at all."""
        if not 0 < len(words) <= _LONGEST:
            return False
        first = next(self._starts.places(words), None)
        return (first is not None and first[0] == 0) or self._marks.found_in(words)

    def names(self, words: Words, known: Values, kind_of: Callable[[str], str | None]) -> Mapping[str, str]:
        """Return the company, role or consultant that the text gives anew.

        Which of them it is follows from what it takes back, from what it is like, or from ``kind_of`` the name itself.
        """
        wrong = self._after(self._not_this, words)
        right = self._right(words, wrong)
        if right is None:
            return {}
        slot = _slot(words, wrong, right, known) or kind_of(right)
        if slot is None or slot not in known or right.lower() == str(known[slot]).lower():
            return {}
        return {slot: right}

    def _right(self, words: Words, wrong: str | None) -> str | None:
        right = self._after(self._instead, words)
        if right and right != wrong:
            return right
        return self._before(words) if wrong else None

    def _after(self, phrases: Phrases, words: Words) -> str | None:
        """The few words after the last such phrase, up to a comma or the next turn of the sentence."""
        found = None
        for _, end, _ in phrases.places(words):
            found = self._name(end, words) or found
        return found

    def _name(self, first: int, words: Words) -> str | None:
        end = first
        while end < len(words) and end - first < _LONGEST_NAME and (end == first or self._same(end, words)):
            end += 1
        if end == first or not words.joined[first]:
            return None
        start, stop = words.span(first, end)
        return words.text[start:stop]

    def _same(self, at: int, words: Words) -> bool:
        between = words.text[words.ends[at - 1] : words.starts[at]]
        return words.joined[at] and "," not in between and words.lower[at] not in self._name_ends

    def _before(self, words: Words) -> str | None:
        """``Apex, not Acme``: what stands right before the comma."""
        place = next(self._not_this.places(words), None)
        if place is None or place[0] == 0:
            return None
        first = place[0]
        while first > 0 and place[0] - first < _LONGEST_NAME and (first == place[0] or self._same(first, words)):
            first -= 1
        start, stop = words.span(first, place[0])
        return words.text[start:stop].strip(" ,")


def _slot(words: Words, wrong: str | None, right: str, known: Values) -> str | None:
    """The slot whose value is taken back, is named in the text, or is much like the new one."""
    text, new = f" {' '.join(words.lower)} ", right.lower()
    values = {slot: str(known[slot]).lower() for slot in NAMES if slot in known}
    others = {slot: value for slot, value in values.items() if value != new}
    taken_back = (slot for slot, value in values.items() if wrong is not None and _alike(value, wrong.lower()))
    named = (slot for slot, value in others.items() if f" {value} " in text)
    like_it = (slot for slot, value in others.items() if _alike(value, new))
    return next(chain(taken_back, named, like_it), None)


def changed(found: Mapping[str, Value], known: Values) -> Mapping[str, Value]:
    """The values that are known and now said otherwise."""
    return {slot: value for slot, value in found.items() if slot in known and known[slot] != value}


def _alike(one: str, other: str) -> bool:
    """Whether two names are the same but for a slip or two, or one is part of the other."""
    if one in other or other in one:
        return True
    return _steps(one, other) <= max(1, len(one) // 4)


def _steps(one: str, other: str) -> int:
    """Letters to change, add or leave out between two words; cut at forty letters."""
    one, other = one[:40], other[:40]
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, start=1):
        before, row = row, [number]
        for place, against in enumerate(other, start=1):
            row.append(min(row[-1] + 1, before[place] + 1, before[place - 1] + (letter != against)))
    return row[-1]
