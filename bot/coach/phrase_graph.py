"""The graph of a phrase: places that are walked from each word at which the phrase can begin.

A walk visits a bounded number of words (gaps are few and narrow), so that matching takes time linear in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.coach.words import Words


@dataclass(frozen=True, slots=True)
class One:
    """One word: one of ``forms``, or one that begins with one of ``stems``; then on."""

    forms: frozenset[str]
    stems: tuple[str, ...]
    number: bool
    asked: bool
    then: Node


class Either:
    """Several ways on. Which of them a word can begin is looked up in a table that is made at the first visit."""

    __slots__ = ("_others", "_table", "ways")

    def __init__(self, ways: tuple[Node, ...]) -> None:
        self.ways = ways
        self._table: dict[str, tuple[Node, ...]] | None = None
        self._others: tuple[Node, ...] = ()

    def ways_from(self, word: str) -> tuple[Node, ...]:
        if self._table is None:
            self._table = self._make_table()
        return self._table.get(word, self._others)

    def _make_table(self) -> dict[str, tuple[Node, ...]]:
        """Ways by the words that begin them; a way that may begin otherwise is open to every word."""
        begun = [(way, *beginnings(way)) for way in self.ways]
        opened = [
            (way, forms, not forms or bool(stems) or number or may_be_empty(way)) for way, forms, stems, number in begun
        ]
        self._others = tuple(way for way, _, free in opened if free)
        words = {form for _, forms, _ in opened for form in forms}
        return {word: tuple(way for way, forms, free in opened if free or word in forms) for word in words}


@dataclass(frozen=True, slots=True)
class Skip:
    most: int
    then: Node


Node = One | Either | Skip | None
"""A place in a phrase; ``None`` is its end."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase that a word can begin. ``second`` are the words that may follow, ``None`` when any may, or none need."""

    node: Node
    number: int
    second: frozenset[str] | None


class Index:
    """Phrases by the words that they can begin with; the number says which phrase it is.

    What may follow a word is worked out when the word is first met, so that making an index is cheap.
    """

    def __init__(self, phrases: Iterable[tuple[Node, int]]) -> None:
        self._forms: dict[str, list[tuple[Node, int]]] = {}
        self._stems: dict[str, list[tuple[Node, int]]] = {}
        self._numbers: list[tuple[Node, int]] = []
        for node, number in phrases:
            self._add(node, number)
        self._lengths = sorted({len(stem) for stem in self._stems})
        self._entries: dict[str, tuple[Entry, ...]] = {}

    def _add(self, phrase: Node, number: int) -> None:
        forms, stems, figures = beginnings(phrase)
        for form in forms:
            self._forms.setdefault(form, []).append((phrase, number))
        for stem in stems:
            self._stems.setdefault(stem, []).append((phrase, number))
        if figures:
            self._numbers.append((phrase, number))

    def starting_with(self, word: str) -> Sequence[Entry]:
        """Return the phrases that can begin with a word, in the order in which they were given, stems last."""
        found: Sequence[Entry] = self._of_form(word)
        for length in self._lengths:
            stemmed = self._stems.get(word[:length]) if length <= len(word) else None
            if stemmed:
                found = [*found, *(Entry(node, number, None) for node, number in stemmed)]
        if self._numbers and word[:1].isdigit():
            found = [*found, *(Entry(node, number, None) for node, number in self._numbers)]
        return found

    def _of_form(self, word: str) -> tuple[Entry, ...]:
        if word not in self._forms:
            return ()
        if word not in self._entries:
            self._entries[word] = tuple(Entry(node, number, seconds(node, word)) for node, number in self._forms[word])
        return self._entries[word]


def seconds(node: Node, word: str) -> frozenset[str] | None:
    """Return the words that can follow one that begins the phrase, or ``None`` when that says too little."""
    if isinstance(node, One):
        forms, stems, number = beginnings(node.then)
        return None if stems or number or may_be_empty(node.then) else frozenset(forms)
    found = [seconds(way, word) for way in node.ways_from(word)] if isinstance(node, Either) else [None]
    known = [words for words in found if words is not None]
    return frozenset().union(*known) if len(known) == len(found) else None


def beginnings(node: Node) -> tuple[set[str], set[str], bool]:
    """Return the words, the stems and whether a figure can begin this phrase."""
    if isinstance(node, One):
        return set(node.forms), set(node.stems), node.number
    forms: set[str] = set()
    stems: set[str] = set()
    number = False
    for way in node.ways if isinstance(node, Either) else ():
        more_forms, more_stems, more_number = beginnings(way)
        forms |= more_forms
        stems |= more_stems
        number = number or more_number
    return forms, stems, number


def may_be_empty(node: Node) -> bool:
    """Whether the way may end here, or goes on with a gap, so that its first word says nothing."""
    if isinstance(node, Either):
        return any(may_be_empty(way) for way in node.ways)
    return not isinstance(node, One)


def walk(node: Node, words: Words, start: int) -> int:
    """Return the end of the phrase when it stands at ``start``, otherwise -1."""
    return _walk(node, words, start, start, False)


def covers(node: Node, words: Words) -> bool:
    """Whether the phrase is all of the words."""
    return _walk(node, words, 0, 0, True) == len(words)


def _walk(node: Node, words: Words, start: int, at: int, to_end: bool) -> int:
    while node is not None:
        if type(node) is One:
            if at >= len(words.lower) or not _fits(node, words, start, at):
                return -1
            at, node = at + 1, node.then
        elif type(node) is Either:
            for way in node.ways_from(words.lower[at]) if at < len(words.lower) else node.ways:
                end = _walk(way, words, start, at, to_end)
                if end >= 0:
                    return end
            return -1
        else:
            return _skip(node, words, start, at, to_end)
    return -1 if to_end and at < len(words.lower) else at


def _fits(node: One, words: Words, start: int, at: int) -> bool:
    word = words.lower[at]
    known = word in node.forms or (node.stems and word.startswith(node.stems)) or (node.number and word[0].isdigit())
    if not known:
        return False
    return (at == start or words.joined[at]) and (not node.asked or words.asked[at])


def _skip(node: Node, words: Words, start: int, at: int, to_end: bool) -> int:
    assert isinstance(node, Skip)
    for last in range(at, at + node.most + 1):
        end = _walk(node.then, words, start, last, to_end)
        if end >= 0:
            return end
        if last >= len(words.lower) or not words.joined[last]:
            return -1
    return -1
