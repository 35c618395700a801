"""Cutting: how much of a text fits, without splitting what is seen as one character."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable

_LONGEST_SEQUENCE = 64
"""How far a cut looks back for the beginning of what is seen as one character."""

_GOES_ON = re.compile("[\u200c\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
_FLAG_LETTERS = re.compile("[\U0001f1e6-\U0001f1ff]+$")


def cut(text: str, most: int, weigh: Callable[[str], int] = len) -> str:
    """Return the text, or its beginning with ``…``, of at most ``most`` by ``weigh``, which grows with the text."""
    if weigh(text) <= most:
        return text
    return text[: fitting(text, most - weigh("…"), weigh)].rstrip() + "…" if most >= weigh("…") else ""


def fitting(text: str, most: int, weigh: Callable[[str], int] = len) -> int:
    """Return how many characters from the beginning weigh at most ``most`` and end between two whole ones.

    At least one when ``most`` allows it, even where that splits a sequence that is longer than any real one.
    """
    if weigh(text) <= most:
        return len(text)
    longest = bisect_right(range(1, len(text) + 1), most, key=lambda length: weigh(text[:length]))
    end = longest
    while end > max(0, longest - _LONGEST_SEQUENCE) and is_inside(text, end):
        end -= 1
    return end or longest


def is_inside(text: str, end: int) -> bool:
    """Whether a cut before the character at ``end`` would split what is seen as one."""
    following = text[end]
    if _GOES_ON.match(following) or unicodedata.category(following)[0] == "M" or text[end - 1] == "\u200d":
        return True
    flags = _FLAG_LETTERS.search(text, max(0, end - _LONGEST_SEQUENCE), end)
    return bool(flags and _FLAG_LETTERS.match(following) and len(flags[0]) % 2)
