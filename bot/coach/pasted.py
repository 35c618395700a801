"""Pasted text: a whole letter or draft inside a message, told apart from what the person says around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.coach.rules import Rules
from bot.coach.words import Words

_LINE_OR_COLON = re.compile(r"(?:^|\n|:)[ \t]*[\"'“>]*[ \t]*")


_QUOTES = ('"', "“", "”")
_QUOTED = re.compile(r"[\"“]([^\"“”]*)(?:[\"”]|\Z)")
_LEAST_QUOTED = 30
"""Characters of a quotation that is more than a few words."""
_LONGEST_SIGNATURE = 20
"""Words that may stand behind "Kind regards"."""

_AFTER_COLON = re.compile(r":\s+(\S[^:]{24,})\Z")


_GREETING_WORDS = 4

Writer = Literal["employer", "person"]


@dataclass(frozen=True, slots=True)
class Pasted:
    """``text`` is the letter, ``body`` the same without its signature, ``before`` what the person said before it."""

    before: str
    text: str
    body: str
    writer: Writer


class PastedRules:
    """How a letter begins and who writes so."""

    def __init__(self, rules: Rules) -> None:
        self._greeting, self._employer, self._person = (
            rules.part(name).phrases() for name in ("greeting", "from_employer", "from_person")
        )
        self._closing = rules.part("closing").phrases()
        self._least = int(rules.part("least_characters").number())
        self._least_in_quotes = int(rules.part("least_in_quotes").number())
        self._least_behind_colon = int(rules.part("least_behind_colon").number())

    def find(self, text: str, reader: str = "") -> Pasted | None:
        """Return the letter in a message that is long enough to hold one; ``reader`` is the person's own name."""
        start = self._start_in_quotes(text) or self._start(text)
        if start is None:
            return None
        letter = Words.of(text[start:])
        employer, person = (len(list(phrases.places(letter))) for phrases in (self._employer, self._person))
        if not employer and not person and not _by_name(letter, reader):
            return None
        before, body = text[:start], text[start:].strip()
        if before.rstrip().endswith(_QUOTES):
            before, body = before.rstrip().rstrip("".join(_QUOTES)), body.rstrip("".join(_QUOTES)).rstrip()
        writer = _by_name(letter, reader) or ("employer" if employer >= person else "person")
        return Pasted(before.strip(" \n:"), body, self._unsigned(body), writer)

    def _unsigned(self, letter: str) -> str:
        words = Words.of(letter)
        signed = [
            first
            for first, end, _ in self._closing.places(words)
            if not words.joined[first] and len(words) - end <= _LONGEST_SIGNATURE
        ]
        return letter[: words.starts[signed[0]]] if signed else letter

    def quoted(self, text: str) -> tuple[str, str] | None:
        """Return what stands before a quotation or a colon, and what is quoted, when it is more than a few words."""
        long = (found for found in _QUOTED.finditer(text) if len(found[1]) >= _LEAST_QUOTED)
        found = next(long, None) or _AFTER_COLON.search(text)
        return (text[: found.start()].strip(), found[1].strip()) if found and found[0] != text.strip() else None

    def _start_in_quotes(self, text: str) -> int | None:
        """Where a text begins that is all in quotation marks, which says that somebody else wrote it."""
        whole = len(text) >= self._least_in_quotes and text.startswith(_QUOTES) and text.rstrip(" .!").endswith(_QUOTES)
        return 1 if whole else None

    def _start(self, text: str) -> int | None:
        """Where a greeting begins a line, or follows a colon, with a letter's worth of text after it."""
        for line in _LINE_OR_COLON.finditer(text):
            rest = text[line.end() :]
            behind_colon = line[0].startswith(":")
            if len(rest) >= (self._least_behind_colon if behind_colon else self._least) and self._greets(rest[:80]):
                return line.end()
        return None

    def _greets(self, beginning: str) -> bool:
        """A greeting with a name and a comma or a line end after it: people greet the coach too."""
        words = Words.of(beginning)
        place = next(self._greeting.places(words), None)
        if place is None or place[0] != 0:
            return False
        after = re.match(r"[^\n,:;.!?]{0,40}([\n,:;])", beginning[words.ends[place[1] - 1] :])
        return after is not None


def _by_name(letter: Words, own: str) -> Writer | None:
    """Who wrote a letter: somebody else, if it greets the person by name; the person, if it is signed so."""
    name = own.lower().partition(" ")[0]
    if name in letter.lower[:_GREETING_WORDS]:
        return "employer"
    return "person" if name in letter.lower[-1:] else None
