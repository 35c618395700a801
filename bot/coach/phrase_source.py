"""Phrases as they are written: read into graphs, with classes of phrases put in where they are named."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from bot.coach.phrase_graph import Either, Node, One, gap
from bot.coach.words import WORD, fold

MOST_SKIPPED = 8
"""Words that one gap may skip at most."""

MOST_GAPS = 3

_TOKEN = re.compile(r"\.\.\d*|<\w+>|[()\[\]|]|[^\s()\[\]|]+")


class BadPhraseError(ValueError):
    """A phrase that cannot be read; the message says why."""


class _Item(NamedTuple):
    """One item of a row while it is read: alternatives of rows, a gap, or a single word.

    A named tuple because thousands are made when the rules are first needed.
    """

    options: tuple[tuple[_Item, ...], ...] = ()
    optional: bool = False
    gap: int = 0
    word: str = ""
    asked: bool = False


class Classes:
    """Classes of phrases by name; each is read once, when a phrase first names it."""

    def __init__(self, texts: Mapping[str, Sequence[str]]) -> None:
        self._texts = texts
        self._items: dict[str, _Item] = {}

    def __or__(self, others: Classes) -> Classes:
        return Classes({**self._texts, **others._texts})

    def item(self, name: str, inside: tuple[str, ...]) -> _Item:
        if name not in self._texts:
            raise BadPhraseError(f"names a class <{name}> that does not exist")
        if name in inside:
            raise BadPhraseError(f"names the class <{name}> inside itself")
        if name not in self._items:
            rows = tuple(_read(phrase, self, (*inside, name)) for phrase in self._texts[name])
            self._items[name] = _Item(options=rows)
        return self._items[name]


NO_CLASSES = Classes({})


def parse(phrase: str, classes: Classes) -> Node:
    """Return the graph of one phrase.

    Raises:
        BadPhraseError: a bracket is not closed, a class is unknown or names itself, a gap stands at an end or is
            too wide, or there is no word that must be there.
    """
    row = _read(phrase, classes, ())
    if not any(_needed(item) for item in row):
        raise BadPhraseError("has no word that must be there")
    return _graph(row, None)


def _read(phrase: str, classes: Classes, inside: tuple[str, ...]) -> tuple[_Item, ...]:
    tokens = _TOKEN.findall(phrase)
    if sum(token.startswith("..") for token in tokens) > MOST_GAPS:
        raise BadPhraseError(f"has more than {MOST_GAPS} gaps")
    row, rest = _row(tokens, classes, inside)
    if rest:
        raise BadPhraseError(f"has a {rest[0]!r} too many")
    return row


def _row(tokens: list[str], classes: Classes, inside: tuple[str, ...]) -> tuple[tuple[_Item, ...], list[str]]:
    row: list[_Item] = []
    while tokens and tokens[0] not in (")", "]", "|"):
        token, tokens = tokens[0], tokens[1:]
        if token in ("(", "["):
            options, tokens = _options(tokens, ")" if token == "(" else "]", classes, inside)
            row.append(_Item(options=options, optional=token == "["))
        elif token.startswith(".."):
            row.append(_Item(gap=_width(token)))
        elif token.startswith("<"):
            row.append(classes.item(token.strip("<>"), inside))
        else:
            row.extend(_words(token))
    if row and (row[0].gap or row[-1].gap):
        raise BadPhraseError("has a gap at its beginning or end")
    if not row:
        raise BadPhraseError("has no word that must be there")
    return tuple(row), tokens


def _options(
    tokens: list[str], closing: str, classes: Classes, inside: tuple[str, ...]
) -> tuple[tuple[tuple[_Item, ...], ...], list[str]]:
    options: list[tuple[_Item, ...]] = []
    while True:
        option, tokens = _row(tokens, classes, inside)
        options.append(option)
        if not tokens:
            raise BadPhraseError(f"has no closing {closing!r}")
        token, tokens = tokens[0], tokens[1:]
        if token == closing:
            return tuple(options), tokens
        if token != "|":
            raise BadPhraseError(f"has {token!r} where {closing!r} should stand")


def _width(token: str) -> int:
    width = int(token[2:] or 3)
    if not 1 <= width <= MOST_SKIPPED:
        raise BadPhraseError(f"skips {width} words; a gap skips 1 to {MOST_SKIPPED}")
    return width


def _words(token: str) -> list[_Item]:
    """A hyphenated word is several words in a row, as it is in the text; ``i'm`` is also written ``im``."""
    if token == "#" or (token.isascii() and token.isalpha()):
        return [_Item(word=_kept(token.lower()))]
    stem = token.removesuffix("*").rstrip("?")
    parts = WORD.findall(fold(stem.lower()))
    if not parts or "*" in stem:
        raise BadPhraseError(f"has {token!r}; a word has letters, and a star only at its end")
    if token.endswith("*"):
        parts[-1] += "*"
    row = [_Item(word=part, asked=token.endswith("?") and part is parts[-1]) for part in parts]
    if len(parts) == 2 and parts[1].startswith("'") and "-" not in token:
        return [_Item(options=(tuple(row), (_Item(word="".join(parts).replace("'", ""), asked=row[-1].asked),)))]
    return row


def _needed(item: _Item) -> bool:
    return bool(item.word) or (bool(item.options) and not item.optional)


def _graph(row: Sequence[_Item], then: Node) -> Node:
    for item in reversed(row):
        if item.gap:
            then = gap(item.gap, then)
        elif item.word:
            then = _one([item], then)
        else:
            then = _either(item, then)
    return then


def _either(item: _Item, then: Node) -> Node:
    """Single words are gathered into one set, so that most alternatives cost one look-up."""
    singles = [option[0] for option in item.options if len(option) == 1 and option[0].word and not option[0].asked]
    longer = [option for option in item.options if len(option) > 1 or not option[0].word or option[0].asked]
    ways = [_graph(option, then) for option in longer]
    if singles:
        ways.append(_one(singles, then))
    if item.optional:
        ways.append(then)
    return ways[0] if len(ways) == 1 else Either(tuple(ways))


def _one(items: Sequence[_Item], then: Node) -> One:
    words = [item.word for item in items]
    forms = {word for word in words if not word.endswith(("*", "#"))}
    stems = [word[:-1] for word in words if word.endswith("*")]
    forms.update([form.replace("'", "") for form in forms if "'" in form])
    return One(_shared(frozenset(forms)), tuple(stems), "#" in words, items[0].asked, then)


@cache
def _shared(forms: frozenset[str]) -> frozenset[str]:
    """The one set of these words: most places in phrases take a single word, and the same ones come back."""
    return forms


@cache
def _kept(word: str) -> str:
    """The one text of this word."""
    return word
