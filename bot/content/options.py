"""Options: the choices that a text may mean, with their words laid out so that comparing costs little.

A choice has a row of words for its label and one for each phrase it is heard as. How they are laid out is kept, for it
depends on what authors wrote alone; what people write is never kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from bot.content.catalog import ChoiceWords
from bot.content.ear import Ear
from bot.content.tokens import PLACE, Words, label_words, phrase_words
from bot.engine.model import Question

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that may be meant: its label's words if it is on show, and the phrases it is also heard as.

    ``cores`` are the rows of both by their words without fillers around them. Rows of nothing but fillers and rows with
    places in them are kept apart, the latter beside their cores.
    """

    code: str
    label: Words
    phrases: tuple[Words, ...]
    cores: Mapping[Words, Sequence[Words]]
    fillers: Sequence[Words]
    placed: Sequence[tuple[Words, Words]]
    by_first_word: Mapping[str, Sequence[Words]]
    by_length: Mapping[int, Sequence[Words]]

    def beginning_with(self, words: Iterable[str]) -> Iterator[Words]:
        """Yield the phrases that begin with one of the words."""
        for word in set(words) & self.by_first_word.keys():
            yield from self.by_first_word[word]


def options_of(
    question: Question, shown: Sequence[str], choices: Mapping[str, ChoiceWords], ear: Ear
) -> Iterator[Option]:
    """Yield the choices that answer something, those on show first; a link opens a page and answers nothing."""
    for code in dict.fromkeys((*shown, *question.heard)):
        words = choices.get(code)
        if words is not None and words.link is None:
            yield _option(code, words, code in shown, ear)


@lru_cache(maxsize=2048)
def _option(code: str, choice: ChoiceWords, shown: bool, ear: Ear) -> Option:
    label = label_words(choice.label) if choice.label is not None and shown else ()
    phrases = tuple(phrase_words(phrase) for phrase in choice.heard_as)
    rows = [(row, ear.core(row)) for row in (label, *phrases) if row]
    plain = [(row, core) for row, core in rows if PLACE not in row]
    return Option(
        code,
        label,
        phrases,
        cores=_grouped(((core, row) for row, core in plain if core)),
        fillers=[row for row, core in plain if not core],
        placed=[(row, core) for row, core in rows if PLACE in row],
        by_first_word=_grouped((phrase[0], phrase) for phrase in phrases if phrase),
        by_length=_grouped((len(core), core) for _, core in rows),
    )


def _grouped(rows: Iterable[tuple[Key, Words]]) -> Mapping[Key, Sequence[Words]]:
    groups: dict[Key, list[Words]] = {}
    for key, row in rows:
        groups.setdefault(key, []).append(row)
    return groups
