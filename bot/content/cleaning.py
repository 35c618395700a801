"""Cleaning: what a person wrote, made safe to keep and to show, once, at the door.

What cannot be seen goes: controls, direction marks, zero-width characters, lone surrogates, tags, private use. What is
needed to see something whole stays: joiners inside an emoji or a word of an Indic or Arabic script, flags, up to six
marks on a letter. The result is NFC, and cleaning it again changes nothing.
"""

from __future__ import annotations

import re
import unicodedata

from bot.content.cutting import fitting

MOST_CHARACTERS = 4_000

MOST_MARKS = 6
"""Marks that one letter may carry; written languages need four at most, a flood of them hides the lines around it."""

_MOST_READ = 10 * MOST_CHARACTERS
"""A longer text is cut before anything else, so that its cost is bounded too."""

_LINE_END = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANK = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]")
_NOTHING_TO_SEE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e001f\U000e0080-\U000e0fff\U000f0000-\U0010ffff"
    + "".join(chr(plane * 0x10000 + end) for plane in range(1, 15) for end in (0xFFFE, 0xFFFF))
    + "]"
)

VIRAMAS = (
    "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d3b\u0d3c\u0d4d\u0dca\u0e3a\u0eba\u0f84\u1039\u103a\u1714\u1715\u1734"
    "\u17d2\u1a60\u1b44\u1baa\u1bab\u1bf2\u1bf3\ua806\ua82c\ua8c4\ua953\ua9c0\uaaf6\uabed\u2d7f"
)
"""After these signs a joiner changes the letter (RFC 5892, appendix A)."""

_EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff"
_ARABIC = "\u0620-\u08ff"
_FLAG = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"
_LOOSE_JOINER = re.compile(
    f"({_FLAG})"
    f"|(?!(?<=[{_EMOJI}\ufe0f])\u200d[{_EMOJI}])"
    f"(?!(?<=[{VIRAMAS}])[\u200c\u200d])"
    f"(?!(?<=[{_ARABIC}])\u200c[{_ARABIC}])"
    r"(?!(?<=[^\s\u200c\u200d\ufe0e\ufe0f])[\ufe0e\ufe0f])"
    "[\u200c\u200d\ufe0e\ufe0f\U000e0020-\U000e007f]"
)
_JOINERS = re.compile("[\u200c\u200d\ufe0e\ufe0f\U000e0020-\U000e007f]")
_MANY_LINES = re.compile(r"\n[ ]*\n(?:[ ]*\n)+")
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Return the visible text, at most 4,000 characters, cut between two whole characters; empty if nothing is seen."""
    return _cut(visible(text[:_MOST_READ]))


def visible(text: str) -> str:
    """Return the text without what cannot be seen, blank ends or runs of empty lines, in NFC, at any length."""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = _plain_space(_without_surrogates(text))
    for _ in range(3):
        before, text = text, _pass(text)
        if text == before:
            return text
    # Joiners nested to make each pass uncover the next: nothing a person types, so they lose all of them.
    return _pass(_JOINERS.sub("", text))


def compatible(text: str) -> str:
    """Return the NFKC form, in which full-width and decorated letters are plain ones, for matching only."""
    return unicodedata.normalize("NFKC", text)


def _without_surrogates(text: str) -> str:
    """Join surrogates that are a pair and drop lone ones, which no database or platform can encode."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def _plain_space(text: str) -> str:
    return _BLANK.sub(" ", _LINE_END.sub("\n", text))


def _pass(text: str) -> str:
    text = _LOOSE_JOINER.sub(lambda match: match[1] or "", _NOTHING_TO_SEE.sub("", text))
    text = unicodedata.normalize("NFC", _few_marks(text))
    return _MANY_LINES.sub("\n\n", text).strip()


def _few_marks(text: str) -> str:
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if _is_mark(character) else 0
        if marks <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def _is_mark(character: str) -> bool:
    return character > "\u02ff" and unicodedata.category(character)[0] == "M"


def _cut(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else visible(text[: fitting(text, MOST_CHARACTERS)])
