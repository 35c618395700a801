"""Crowds: how many begin a dialog and how many reach its end, told only of dialogs that enough people have begun."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from bot.engine.conversation import Conversation

SMALLEST = 5
"""Different people, so that no number speaks of one of them."""


class Passage(NamedTuple):
    """Of one dialog: how often it was begun, and how often it was over."""

    dialog: str
    begun: int
    ended: int


class Crowds:
    """Counts while the process lives; of people it keeps a number each, and of no more than ``SMALLEST`` a dialog."""

    def __init__(self) -> None:
        self._begun: Counter[str] = Counter()
        self._ended: Counter[str] = Counter()
        self._people: dict[str, set[int]] = {}

    def moved(self, person: str, before: Conversation, after: Conversation) -> None:
        """Compare which dialogs run; one that begins and ends within a turn cannot be left in the middle."""
        if before.stack is after.stack:
            return
        was, runs = Counter(frame.dialog for frame in before.stack), Counter(frame.dialog for frame in after.stack)
        self._ended.update(was - runs)
        for dialog, times in (runs - was).items():
            self._begun[dialog] += times
            people = self._people.setdefault(dialog, set())
            if len(people) < SMALLEST:
                people.add(hash(person))  # Python salts it anew in every process

    def passages(self) -> Iterator[Passage]:
        """Dialogs that are large enough to be told of."""
        for dialog, people in sorted(self._people.items()):
            if len(people) >= SMALLEST:
                yield Passage(dialog, self._begun[dialog], self._ended[dialog])
