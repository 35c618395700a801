"""Folding: the plain forms of a text behind odd letters and spelling games, for words that must never be missed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_LOOKALIKES = str.maketrans("аеорсухіѕԁјӏһνυοαερτικ", "aeopcyxisdjlhvuoaeptik")
_DIGITS = str.maketrans(
    {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i", "|": "l", "€": "e"}
)
_MIXED = re.compile(r"[^\W_]*[0-9@$!|€][^\W_0-9]+[\w@$!|€]*|[^\W_0-9]+[0-9@$!|€][\w@$!|€]*[\w@$]")
_FIGURE = re.compile("[0-9@$!|€]")
_LONG_RUN = re.compile(r"(\w)\1{2,}")
_LATIN = re.compile(r"[A-Za-z]")
_SPELT_OUT = re.compile(r"(?<!\w)\w(?:[\s.\-_*·•,/\\|+~]{1,3}\w(?!\w)){2,}")
_HIDDEN = dict.fromkeys(
    [
        0x034F,
        0x061C,
        0x115F,
        0x1160,
        0x17B4,
        0x17B5,
        0x180E,
        0x3164,
        0xFFA0,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        0xFEFF,
        *range(0xFE00, 0xFE10),
        *range(0xE0000, 0xE0080),
    ]
)


MOST_CHARACTERS = 12_000


def plain(text: str) -> str:
    """Return the text in compatibility form, without accents and hidden characters, in lower case.

    One character can become eighteen; the result is cut at ``MOST_CHARACTERS``.
    """
    return text.lower() if text.isascii() else _without_lookalikes(in_own_script(text))


def in_own_script(text: str) -> str:
    """Return the plain form of a text with each letter left in the alphabet that it is written in."""
    shown = unicodedata.normalize("NFKD", text.translate(_HIDDEN)).lower()[:MOST_CHARACTERS]
    return unicodedata.normalize("NFC", "".join(letter for letter in shown if not unicodedata.combining(letter)))


def _without_lookalikes(text: str) -> str:
    """Cyrillic or Greek letters that look Latin are read as Latin only in a text that is mostly Latin."""
    latin = len(_LATIN.findall(text))
    return text.translate(_LOOKALIKES) if latin * 2 > sum(map(str.isalpha, text)) else text


def unmasked(text: str, masked: Mapping[str, str]) -> str:
    """Return a plain text with figures read as letters, drawn-out letters shortened and starred words filled in."""
    text = _LONG_RUN.sub(r"\1", text)
    if _FIGURE.search(text):
        text = _MIXED.sub(lambda found: found.group().translate(_DIGITS), text)
    return _unstarred(text, masked) if "*" in text or "#" in text else text


_STARRED = re.compile(r"(?<!\w)\w+[*#]+\w*(?!\w)")


def _unstarred(text: str, masked: Mapping[str, str]) -> str:
    """``masked`` maps a word's first letter to the words that are hidden behind stars."""
    return _STARRED.sub(lambda found: _behind(found.group(), masked), text)


def _behind(starred: str, masked: Mapping[str, str]) -> str:
    fitting = [word for word in masked.get(starred[0], "").split() if _could_be(starred, word)]
    return fitting[0] if fitting else starred


def _could_be(starred: str, word: str) -> bool:
    return len(starred) == len(word) and all(
        seen in ("*", "#", letter) for seen, letter in zip(starred, word, strict=True)
    )


def spelt_out(text: str) -> str:
    """Return the letters of all words that are written letter by letter, run together, with blanks between the runs."""
    return " ".join(_letters(run) for run in _SPELT_OUT.findall(text))


def joined(text: str) -> str:
    """Return the text with every word that is written letter by letter written as one."""
    return _SPELT_OUT.sub(lambda found: _letters(found.group()), text)


def _letters(run: str) -> str:
    return "".join(filter(str.isalnum, run))
