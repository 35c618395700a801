"""Answers: what a practised interview answer holds, and what one more sentence could add.

Situation, task, result and number are phrases. An action is "I" or "we" with a verb in the past, known by its ending or
by being irregular, so that no list of deeds is needed. A sentence that tells what happened before the first action is
the situation even without such a phrase, and one at the end, after the last action, the result. That is what a question
about something done asks for; one for a reason, or for a plain answer, has parts and a length of its own. The notes
speak of the text and never of who wrote it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.coach.etiquette import Place, Sense
from bot.coach.phrases import Classes
from bot.coach.rules import Rules
from bot.coach.words import Words

PARTS = ("situation", "task", "action", "result")
_PHRASED = ("situation", "task", "result", "number")
_REASONED = ("reason", "link")

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
class Kind:
    """A kind of question that asks for no deed: the parts of a good answer, and the words that it may have."""

    asked: Sense
    parts: tuple[str, ...]
    few: int
    many: int

    @classmethod
    def from_rules(cls, rules: Rules, classes: Classes) -> Kind:
        length = rules.part("length").numbers()
        parts = tuple(part for part in _REASONED if part in rules.part("parts").texts())
        return cls(Sense.from_rules(rules.part("asked"), classes), parts, length["few"], length["many"])


@dataclass(frozen=True, slots=True)
class AnswerRules:
    """The rules of one language; ``few`` and ``many`` are counts of words."""

    phrased: Mapping[str, Sense]
    reasoned: Mapping[str, Sense]
    kinds: tuple[Kind, ...]
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
            reasoned={name: Sense.from_rules(rules.part(name), classes) for name in _REASONED},
            kinds=tuple(Kind.from_rules(part, classes) for part in rules.part("kinds").parts().values()),
            action=ActionRules.from_rules(rules.part("action")),
            few=length["few"],
            many=length["many"],
            found=rules.part("notes", "found").table(),
            missing=rules.part("notes", "missing").table(),
        )

    def kind(self, question: str) -> Kind | None:
        """Return the kind of a question that asks for no deed; a question that is not known asks for one."""
        words = Words.of(question)
        return next((kind for kind in self.kinds if any(kind.asked.places(words))), None)


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
    there. ``parts`` are those that the question asks for, ``deeds`` says whether it asks for something done, and
    ``few`` to ``many`` are the words that an answer to it may have.
    """

    found: Mapping[str, tuple[int, int]]
    own: bool
    own_deeds: int
    shared_deeds: int
    words: int
    length: Length
    notes: tuple[Note, ...]
    parts: tuple[str, ...]
    deeds: bool
    few: int
    many: int


def read_answer(text: str, rules: AnswerRules, question: str = "") -> AnswerReading:
    """Read an answer to an interview question, as it would be said."""
    kind = rules.kind(question)
    return _read_deeds(text, rules) if kind is None else _read_kind(text, kind, rules)


def _read_kind(text: str, kind: Kind, rules: AnswerRules) -> AnswerReading:
    words = Words.of(text)
    places = {name: next(rules.reasoned[name].places(words), None) for name in kind.parts}
    found = {name: words.span(*place) for name, place in places.items() if place}
    length = _length(len(words), kind.few, kind.many)
    there = {name: name in found for name in kind.parts} | {"length": length == "good"}
    notes = _notes(there, f"{length}_other", {"words": str(len(words))}, rules)
    return AnswerReading(found, False, 0, 0, len(words), length, notes, kind.parts, False, kind.few, kind.many)


def _length(words: int, few: int, many: int) -> Length:
    if words < few:
        return "short"
    return "long" if words > many else "good"


def _read_deeds(text: str, rules: AnswerRules) -> AnswerReading:
    words = Words.of(text)
    own, shared = (list(rules.action.places(words, who)) for who in (rules.action.own, rules.action.shared))
    places = {name: next(rules.phrased[name].places(words), None) for name in _PHRASED}
    deeds = sorted(own + shared)
    places["action"] = deeds[0] if deeds else None
    places["situation"] = places["situation"] or _before(words, deeds, places["task"], rules.action)
    places["result"] = places["result"] or _after(words, deeds, rules.action)
    found = {name: words.span(*place) for name in (*PARTS, "number") if (place := places[name])}
    length = _length(len(words), rules.few, rules.many)
    there = {name: name in found for name in (*PARTS, "number")}
    if deeds:
        there["own"] = len(own) >= len(shared)
    counts = {"own": str(len(own)), "shared": str(len(shared)), "words": str(len(words))}
    notes = _notes({**there, "length": length == "good"}, length, counts, rules)
    own_part, parts = there.get("own", False), (*PARTS, "number")
    return AnswerReading(
        found, own_part, len(own), len(shared), len(words), length, notes, parts, True, rules.few, rules.many
    )


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


def _notes(there: Mapping[str, bool], length: str, counts: Mapping[str, str], rules: AnswerRules) -> tuple[Note, ...]:
    held = [Note(name, True, _filled(rules.found[name], counts)) for name, holds in there.items() if holds]
    wanting = [name for name, holds in there.items() if not holds]
    says = {name: rules.missing[length if name == "length" else name] for name in wanting}
    return (*held, *(Note(name, False, _filled(says[name], counts)) for name in wanting))


def _filled(says: str, counts: Mapping[str, str]) -> str:
    for name, count in counts.items():
        says = says.replace(f"{{{name}}}", count)
    return says
