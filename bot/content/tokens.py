"""Tokens: a short text as bare words, so that case, punctuation and the kind of quotes make no difference."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bot.content.catalog import Template

Words = tuple[str, ...]

PLACE = "\0"
"""Stands among a label's words where a value will be."""

_TOKEN = re.compile("\\d+(?:[:.]\\d+)+|\\w+|[\u2190-\u2bff\U0001f000-\U0001f3fa\U0001f400-\U0001faff]")
_APOSTROPHES = re.compile("['\u2019\u2018\u02bc`\u00b4]")
_SEGMENT_END = re.compile(r"[.,;:!?\n\u2013\u2014\u2026]")

_LONG_WORD = 5


def words_of(text: str) -> Words:
    """Return the words in small letters without apostrophes; clock times, numbers and emoji count as words."""
    folded = unicodedata.normalize("NFKC", _APOSTROPHES.sub("", text)).casefold()
    return tuple(_TOKEN.findall(folded))


@lru_cache(maxsize=4096)
def phrase_words(phrase: str) -> Words:
    """Return the words of an author's phrase, remembered; what people write is never kept in a cache."""
    return words_of(phrase)


def first_segment(text: str) -> Words:
    """Return the words up to the first punctuation mark, which is where an answer ends and its reason begins."""
    return words_of(_SEGMENT_END.split(text.strip(), maxsplit=1)[0])


@lru_cache(maxsize=4096)
def label_words(label: Template) -> Words:
    """Return a label's words, with ``PLACE`` for each value."""
    words: list[str] = []
    for index, piece in enumerate(label.pieces):
        words += phrase_words(piece) if index % 2 == 0 else (PLACE,)
    return tuple(words)


def core(words: Words, fillers: frozenset[str]) -> Words:
    """Return the words without the fillers at both ends."""
    start, end = 0, len(words)
    while start < end and words[start] in fillers:
        start += 1
    while end > start and words[end - 1] in fillers:
        end -= 1
    return words[start:end]


def find(part: Words, whole: Words) -> int:
    """Return where ``part`` stands in ``whole`` as words in a row, or -1."""
    length = len(part)
    return next((at for at in range(len(whole) - length + 1) if whole[at : at + length] == part), -1)


def is_slip(typed: str, meant: str) -> bool:
    """Whether one letter of a longer word is missing, doubled, wrong or swapped with its neighbour."""
    if abs(len(typed) - len(meant)) > 1 or (len(typed) < _LONG_WORD and len(meant) < _LONG_WORD):
        return False
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    typed, meant = typed[start:], meant[start:]
    while typed and meant and typed[-1] == meant[-1]:
        typed, meant = typed[:-1], meant[:-1]
    return max(len(typed), len(meant)) == 1 or (len(typed) == 2 and typed == meant[::-1])


def is_slip_of_row(typed: Words, meant: Words) -> bool:
    """Whether two rows are the same but for one slip in one word."""
    if len(typed) != len(meant):
        return False
    if len(typed) == 1:
        return typed != meant and is_slip(typed[0], meant[0])
    different = [pair for pair in zip(typed, meant, strict=True) if pair[0] != pair[1]]
    return len(different) == 1 and is_slip(*different[0])
