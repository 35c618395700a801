"""The ear: the small words of a language by which a typed answer is matched with choices, from its terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.content.catalog import Language
from bot.content.tokens import Words, core, find

_SETS = (
    "fillers",
    "negations",
    "agreeing",
    "refusing",
    "questioning",
    "before_answer",
    "before_number",
    "nodding",
    "leaving",
)
_ROWS = ("taking_back", "other_sense", "numbers", "ordinals")

TERMS = tuple(f"hearing.{name}" for name in (*_SETS, *_ROWS))
"""The terms of a language that hold these words, separated by blanks; without one, answers are matched less kindly."""


@dataclass(frozen=True, slots=True, eq=False)
class Ear:
    """A language's small words. ``numbers`` and ``ordinals`` stand from one on, ``taking_back`` by first words."""

    fillers: frozenset[str]
    negations: frozenset[str]
    agreeing: frozenset[str]
    refusing: frozenset[str]
    questioning: frozenset[str]
    before_answer: frozenset[str]
    before_number: frozenset[str]
    nodding: frozenset[str]
    leaving: frozenset[str]
    taking_back: Mapping[str, Sequence[Words]]
    other_sense: Sequence[Words]
    numbers: Words
    ordinals: Words

    def core(self, words: Words) -> Words:
        """Return the words without fillers at both ends."""
        return core(words, self.fillers)

    def denies(self, words: Iterable[str]) -> bool:
        """Whether one of the words turns the others round."""
        return not self.negations.isdisjoint(words)

    def in_another_sense(self, phrase: Words, words: Words) -> bool:
        """Whether a phrase stands in the words only as a part of another saying: "done" in "I'm so done with it"."""
        return bool(phrase) and any(find(phrase, row) >= 0 and find(row, words) >= 0 for row in self.other_sense)

    def nods_and_leaves(self, opening: Words, words: Words) -> bool:
        """Whether the words begin with nothing but an "ok" and go on to a goodbye: "ok. bye." agrees to nothing."""
        return self.nodding.issuperset(opening) and not self.leaving.isdisjoint(words)

    def taken_back(self, words: Words) -> Words:
        """Return what counts of a text that takes back how it began: "no I didn't" of "I sent it. No I didn't"."""
        rows = [row for word in words[1:] if word in self.taking_back for row in self.taking_back[word]]
        starts = [start for row in rows if (start := find(row, words)) > 0]
        return words[max(starts) :] if starts else words

    def only_agrees_or_refuses(self, words: Words) -> bool:
        """Whether the words are a yes or a no and nothing else."""
        return all(word in self.agreeing or word in self.refusing for word in words)


def ear_of(language: Language) -> Ear:
    terms = [language.terms.get(name) for name in TERMS]
    return _ear(*["" if term is None else term.pieces[0] for term in terms])


@lru_cache(maxsize=32)
def _ear(*lists: str) -> Ear:
    *sets, taking_back, other_sense, numbers, ordinals = [tuple(text.split()) for text in lists]
    others = [tuple(row.split("-")) for row in other_sense]
    rows: dict[str, list[Words]] = {}
    for row in taking_back:
        words = tuple(row.split("-"))
        rows.setdefault(words[0], []).append(words)
    by_name = dict(zip(_SETS, map(frozenset, sets), strict=True))
    return Ear(**by_name, taking_back=rows, other_sense=others, numbers=numbers, ordinals=ordinals)
