"""Answers: what a practised interview answer holds, and what one more sentence could add.

Situation, task, result and number are phrases. An action is "I" or "we" with a verb in the past, known by its ending or
by being irregular, so that no list of deeds is needed. A sentence that tells what happened before the first action is
the situation even without such a phrase, and one at the end, after the last action, the result. The notes speak of the
text and never of who wrote it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.coach.etiquette import Place, Sense
from bot.coach.rules import Rules
from bot.coach.words import Words

PARTS = ("situation", "task", "action", "result")
_PHRASED = ("situation", "task", "result", "number")

Length = Literal["short", "good", "long"]


@dataclass(frozen=True, slots=True)
class ActionRules:
    """Who acts, which words may stand before the verb, and which verbs count."""

    own: frozenset[str]
    shared: frozenset[str]
    between: frozenset[str]
    irregular: frozenset[str]
    past: frozenset[str]
    states: frozenset[str]
    past_endings: tuple[str, ...]
    between_endings: tuple[str, ...]

    @classmethod
    def from_rules(cls, rules: Rules) -> ActionRules:
        names = ("own", "shared", "between", "irregular", "past", "states")
        return cls(
            **{name: rules.part(name).words() for name in names},
            past_endings=rules.part("past_endings").texts(),
            between_endings=rules.part("between_endings").texts(),
        )

    def places(self, words: Words, actors: frozenset[str]) -> Iterator[Place]:
        """Yield each actor with everything up to the verb."""
        for at, word in enumerate(words.lower):
            end = self._verb(words, at + 1) if word in actors else None
            if end is not None:
                yield at, end + 1

    def tells(self, words: Words, sentence: Place) -> bool:
        """Whether a sentence says what happened."""
        told = words.lower[slice(*sentence)]
        return any(word in self.past or word in self.irregular or word.endswith(self.past_endings) for word in told)

    def _verb(self, words: Words, at: int) -> int | None:
        while at < len(words) and words.joined[at]:
            word = words.lower[at]
            if self._is_deed(word):
                return at
            if word not in self.between and not word.endswith(self.between_endings):
                return None
            at += 1
        return None

    def _is_deed(self, word: str) -> bool:
        return word in self.irregular or (word.endswith(self.past_endings) and word not in self.states)


@dataclass(frozen=True, slots=True)
class AnswerRules:
    """The rules of one language; ``few`` and ``many`` are counts of words."""

    phrased: Mapping[str, Sense]
    action: ActionRules
    few: int
    many: int
    found: Mapping[str, str]
    missing: Mapping[str, str]

    @classmethod
    def from_rules(cls, rules: Rules) -> AnswerRules:
        """Read the file ``answers``.

        Raises:
            BadRuleError: something is missing or has the wrong shape, or a phrase cannot be read.
        """
        classes = rules.part("classes").classes()
        length = rules.part("length").numbers()
        return cls(
            phrased={name: Sense.from_rules(rules.part(name), classes) for name in _PHRASED},
            action=ActionRules.from_rules(rules.part("action")),
            few=length["few"],
            many=length["many"],
            found=rules.part("notes", "found").table(),
            missing=rules.part("notes", "missing").table(),
        )

    def length(self, words: int) -> Length:
        if words < self.few:
            return "short"
        return "long" if words > self.many else "good"


@dataclass(frozen=True, slots=True)
class Note:
    """One remark: what it is about, whether that is there, and the words for it."""

    about: str
    there: bool
    says: str


@dataclass(frozen=True, slots=True)
class AnswerReading:
    """What an answer holds.

    ``found`` has the positions in the text where each part, and ``number``, is first met. ``own`` says that "I" acts at
    least as often as "we", which the counts of ``own_deeds`` and ``shared_deeds`` show. ``notes`` begin with what is
    there.
    """

    found: Mapping[str, tuple[int, int]]
    own: bool
    own_deeds: int
    shared_deeds: int
    words: int
    length: Length
    notes: tuple[Note, ...]


def read_answer(text: str, rules: AnswerRules) -> AnswerReading:
    """Read an answer to an interview question, as it would be said."""
    words = Words.of(text)
    own, shared = (list(rules.action.places(words, who)) for who in (rules.action.own, rules.action.shared))
    places = {name: next(rules.phrased[name].places(words), None) for name in _PHRASED}
    deeds = sorted(own + shared)
    places["action"] = deeds[0] if deeds else None
    places["situation"] = places["situation"] or _before(words, deeds, places["task"], rules.action)
    places["result"] = places["result"] or _after(words, deeds, rules.action)
    found = {name: words.span(*place) for name in (*PARTS, "number") if (place := places[name])}
    length = rules.length(len(words))
    there = {name: name in found for name in (*PARTS, "number")}
    if deeds:
        there["own"] = len(own) >= len(shared)
    counts = {"own": str(len(own)), "shared": str(len(shared)), "words": str(len(words))}
    notes = _notes({**there, "length": length == "good"}, length, counts, rules)
    return AnswerReading(found, there.get("own", False), len(own), len(shared), len(words), length, notes)


def _before(words: Words, deeds: list[Place], task: Place | None, action: ActionRules) -> Place | None:
    """The first sentence, when it tells what happened before anything was done or had to be."""
    if not deeds:
        return None
    first, end = words.sentence(0)
    is_task = task is not None and task[0] < end
    return (first, end) if end <= deeds[0][0] and not is_task and action.tells(words, (first, end)) else None


def _after(words: Words, deeds: list[Place], action: ActionRules) -> Place | None:
    """The last sentence, when it tells what happened after everything that was done."""
    if not deeds:
        return None
    first, end = words.sentence(len(words) - 1)
    return (first, end) if first > deeds[-1][0] and action.tells(words, (first, end)) else None


def _notes(
    there: Mapping[str, bool], length: Length, counts: Mapping[str, str], rules: AnswerRules
) -> tuple[Note, ...]:
    held = [Note(name, True, _filled(rules.found[name], counts)) for name, holds in there.items() if holds]
    wanting = [name for name, holds in there.items() if not holds]
    says = {name: rules.missing[length if name == "length" else name] for name in wanting}
    return (*held, *(Note(name, False, _filled(says[name], counts)) for name in wanting))


def _filled(says: str, counts: Mapping[str, str]) -> str:
    for name, count in counts.items():
        says = says.replace(f"{{{name}}}", count)
    return says
