"""Plain commands: what a whole sentence asks of the coach, and for when ("remind me next Tuesday at 9")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.coach.commands import CommandRules
from bot.coach.moments import MomentReader, When
from bot.coach.phrasebook import Found, Phrasebook, Place
from bot.coach.phrases import Classes
from bot.coach.rules import Rules
from bot.coach.words import Words
from bot.coach.written import Written

NONE = "none"
_TIMED = frozenset({"snooze", "reschedule"})
_NEVER = When()


@dataclass(frozen=True, slots=True)
class PlainCommand:
    """The action, or ``none``; the moment or rhythm belongs to a snooze or a change of time.

    ``bare`` is a moment that may as well answer some other question.
    """

    action: str
    when: When
    bare: bool = False


class PlainCommandRules:
    """Actions by their wordings, and what takes them back."""

    def __init__(self, rules: Rules, shared: Classes, exact: CommandRules, moments: MomentReader) -> None:
        classes = shared | rules.part("classes").classes()
        self._order = rules.part("order").texts()
        self._loose = rules.part("loose").table()
        self._exact_names = rules.part("exact").table()
        self._most_words = int(rules.part("most_words").number())
        self._fillers = rules.part("fillers").words()
        groups = {name: part.phrases(classes) for name, part in rules.part("actions").parts().items()}
        groups |= {f"{name} unless": part.phrases(classes) for name, part in rules.part("unless").parts().items()}
        self._book = Phrasebook(groups | {"events": rules.part("events").phrases(classes)})
        self._exact = exact
        self._moments = moments

    def read(self, written: Written, now: datetime, month_first: bool = False) -> PlainCommand:
        words = written.words
        if len(words) > self._most_words:
            return PlainCommand(NONE, _NEVER)
        found = self._book.find(words)
        wished = _clauses(words, found.get("snooze", ()))
        when = self._moments.read(words, now, month_first=month_first, wished=wished)
        action = self._action(written, when, found)
        timed = action in _TIMED
        return PlainCommand(action, when if timed else _NEVER, timed and self._only_a_moment(written.words, when))

    def _action(self, written: Written, when: When, found: Found) -> str:
        exact = self._exact.exact(written)
        if exact is not None and exact in self._exact_names:
            return self._exact_names[exact]
        action = next((name for name in self._order if self._holds(name, found)), None)
        if action is None and self._only_a_moment(written.words, when):
            return "reschedule" if when.recurrence else "snooze"
        return self._loose.get(action, action) if action else NONE

    def _holds(self, name: str, found: Found) -> bool:
        if name not in found:
            return False
        against = found.get(f"{self._loose.get(name, name)} unless", [])
        events = found.get("events", []) if name in self._loose else []
        return any(_stands(place, against, events) for place in found[name])

    def _only_a_moment(self, words: Words, when: When) -> bool:
        """Whether the text names a moment and says nothing else."""
        rest = (word for at, word in enumerate(words.lower) if at not in when.places)
        return when.known() and all(word in self._fillers for word in rest)


def _clauses(words: Words, places: Sequence[Place]) -> frozenset[int]:
    """The words between the commas around each place."""
    return frozenset(at for place in places for at in range(*_clause(words, place)))


def _clause(words: Words, place: Place) -> tuple[int, int]:
    first, end = words.sentence(place.first)
    start, stop = place.first, place.end
    while start > first and not _parted(words, start):
        start -= 1
    while stop < end and not _parted(words, stop):
        stop += 1
    return start, stop


def _parted(words: Words, at: int) -> bool:
    gap = words.text[words.ends[at - 1] : words.starts[at]]
    return any(sign in gap for sign in (",", ";", "(", ")", " - ", "–"))


def _stands(place: Place, against: list[Place], events: list[Place]) -> bool:
    """Whether nothing takes the wording back, and no event is spoken of outside it."""
    return not any(place.meets(other) for other in against) and all(place.meets(event) for event in events)
