"""Clock times in words: `at 9`, `7:30pm`, `half past nine`, `quarter to six`, `between 6 and 8pm`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import time

from bot.coach.moment_names import Names
from bot.coach.words import Words

_FIGURES = re.compile(r"(\d{1,2})(?:h(\d{2})?)?(am|pm)?\Z")
_SIGNED = re.compile(r"(?<!\d)(\d{1,2})\s?[:.]\s?(\d{2})\s?(am|pm|a\.m\.|p\.m\.)?(?!\d)", re.IGNORECASE)
_HALVES = ("am", "pm")
_LINKS = frozenset(
    {
        "at",
        "after",
        "before",
        "around",
        "about",
        "by",
        "say",
        "till",
        "until",
        "from",
        "between",
        "past",
        "maybe",
        "like",
    }
)
_O_CLOCK = frozenset({"o'clock", "oclock", "clock", "ish"})
_NO_HOURS = frozenset({"a", "an", "another", "few", "couple", "several"})
_EXACT = {"noon": 12, "midday": 12, "midnight": 0}
FIRST_WORDS = frozenset({*_EXACT, "half", "quarter"})


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour and minute as said; ``half`` is ``a``, ``p``, ``exact`` or unknown.

    ``general`` says that it bounds every day ("not before 10") and is not a time of today.
    """

    hour: int
    minute: int = 0
    half: str | None = None
    general: bool = False

    def at(self, part: str | None, now: time | None, past: bool) -> time:
        """Return the time meant; ``now`` is given when it is a time of today that the half of the day is open for."""
        hour = self.hour % 24
        if self.half == "p" and hour < 12:
            hour += 12
        elif self.half == "a" and hour == 12:
            hour = 0
        elif self.half is None and 1 <= hour <= 12:
            hour = self._likely(part, now, past)
        return time(hour % 24, self.minute)

    def _likely(self, part: str | None, now: time | None, past: bool) -> int:
        later = self.hour + 12 if self.hour < 12 else self.hour
        if part in ("afternoon", "evening"):
            return later
        if part == "morning":
            return self.hour
        if now is None or self.general:
            return later if 1 <= self.hour <= 6 else self.hour
        if past:
            return later if time(later % 24, self.minute) <= now else self.hour
        return later if time(self.hour, self.minute) <= now < time(later % 24, self.minute) else self.hour


def signed_clock(text: str) -> tuple[Clock, tuple[int, int]] | None:
    """Return a time in figures with a colon or a dot, and where it stands in the text."""
    found = _SIGNED.search(text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return Clock(int(found[1]), int(found[2]), found[3].lower()[0] if found[3] else None), found.span()


def read_clock(words: Words, at: int, names: Names) -> tuple[Clock, int] | None:
    """Return the time that begins at a word, and how many words it takes."""
    word = _word(words, at)
    if word in _EXACT:
        return None if _word(words, at - 1) == "after" else (Clock(_EXACT[word], half="exact"), 1)
    if word in ("half", "quarter"):
        return _past_the_hour(words, at, names)
    return _hour(words, at, names)


def _word(words: Words, at: int) -> str:
    return words.lower[at] if 0 <= at < len(words.lower) else ""


def _hour(words: Words, at: int, names: Names) -> tuple[Clock, int] | None:
    word = _word(words, at)
    figures = _FIGURES.match(word)
    hour = int(figures[1]) if figures else None if word in _NO_HOURS else names.numbers.get(word)
    if hour is None or hour > 24:
        return None
    half, end = (figures[3], at + 1) if figures and figures[3] else _half(words, at + 1)
    o_clock = _word(words, end) in _O_CLOCK
    if not (half or o_clock or _word(words, at - 1) in _LINKS or _spans(words, at)):
        return None
    minute = int(figures[2] or 0) if figures else 0
    clock = Clock(hour % 24, minute, half[0] if half else None, _general(words, at))
    clock, more = _until(clock, words, end + o_clock)
    return clock, end + o_clock + more - at


def _half(words: Words, at: int) -> tuple[str | None, int]:
    """``am``, ``pm``, ``a m``, ``p m`` after the hour, and where it ends."""
    if _word(words, at) in _HALVES:
        return _word(words, at), at + 1
    if _word(words, at) in ("a", "p") and _word(words, at + 1) == "m":
        return _word(words, at), at + 2
    return None, at


def _general(words: Words, at: int) -> bool:
    before = {_word(words, at - back) for back in (2, 3, 4)}
    return _word(words, at - 1) in ("before", "after", "between", "until", "till") and bool(
        before & {"not", "never", "only", "nothing", "no"}
    )


def _spans(words: Words, at: int) -> bool:
    """``6 to 8pm``."""
    return (
        _word(words, at + 1) in ("to", "and")
        and bool(_FIGURES.match(_word(words, at + 2)))
        and _word(words, at - 1) != "the"
    )


def _until(clock: Clock, words: Words, at: int) -> tuple[Clock, int]:
    """The end of ``between 6 and 8pm`` says which half of the day its beginning is in."""
    later = _FIGURES.match(_word(words, at + 1)) if _word(words, at) in ("and", "to", "till", "until") else None
    if not later:
        return clock, 0
    half, end = (later[3], at + 2) if later[3] else _half(words, at + 2)
    return (replace(clock, half=half[0]) if half and clock.half is None else clock), end - at


def _past_the_hour(words: Words, at: int, names: Names) -> tuple[Clock, int] | None:
    link = _word(words, at + 1)
    linked = link in ("past", "to")
    number = _word(words, at + 1 + linked)
    hour = names.number(number)
    if hour is None or not 1 <= hour <= 12 or number in _NO_HOURS or not (linked or _word(words, at) == "half"):
        return None
    minute = 30 if _word(words, at) == "half" else 15
    half, end = _half(words, at + 2 + linked)
    earlier = link == "to"
    return Clock(hour - earlier, 60 - minute if earlier else minute, half[0] if half else None), end - at
