"""Clock times in words: `at 9`, `7:30pm`, `half past nine`, `quarter to six`, `between 6 and 8pm`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import time

from bot.coach.clock_words import ClockWords
from bot.coach.moment_names import Names
from bot.coach.words import Words


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour and minute as said; ``half`` is ``am``, ``pm``, ``exact`` or unknown.

    ``general`` says that it bounds every day ("not before 10") and is not a time of today.
    """

    hour: int
    minute: int = 0
    half: str | None = None
    general: bool = False

    def at(self, part: str | None, now: time | None, past: bool) -> time:
        """Return the time meant; ``now`` is given when it is a time of today that the half of the day is open for."""
        hour = self.hour % 24
        if self.half == "pm" and hour < 12:
            hour += 12
        elif self.half == "am" and hour == 12:
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


def signed_clocks(text: str, names: Names) -> list[tuple[Clock | None, tuple[int, int]]]:
    """Return the times in figures with a colon or a dot, each with where it stands; one that no clock shows is none."""
    return [(_signed(found, names), found.span()) for found in names.clock.signed.finditer(text)]


def _signed(found: re.Match[str], names: Names) -> Clock | None:
    if int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return Clock(int(found[1]), int(found[2]), names.clock.halves[found[3].lower()] if found[3] else None)


def read_clock(words: Words, at: int, names: Names) -> tuple[Clock, int] | None:
    """Return the time that begins at a word, and how many words it takes."""
    word = _word(words, at)
    if word in names.clock.exact:
        after = _word(words, at - 1) in names.links.after
        return None if after else (Clock(names.clock.exact[word], half="exact"), 1)
    if word in names.clock.fractions or word in names.clock.alone:
        return _fraction(words, at, names)
    return _hour(words, at, names)


def _word(words: Words, at: int) -> str:
    return words.lower[at] if 0 <= at < len(words.lower) else ""


def _hour(words: Words, at: int, names: Names) -> tuple[Clock, int] | None:
    word, own = _word(words, at), names.clock
    figures = own.figures.match(word)
    hour = int(figures[1]) if figures else None if word in own.no_hours else names.numbers.get(word)
    if hour is None or hour > 24:
        return None
    half, end = (own.halves[figures[3]], at + 1) if figures and figures[3] else _half(words, at + 1, own)
    marked = _word(words, end) in own.marks
    if not (half or marked or _word(words, at - 1) in own.leads or _spans(words, at, names)):
        return None
    minute = int(figures[2] or 0) if figures else 0
    clock = Clock(hour % 24, minute, half, _general(words, at, own))
    clock, more = _until(clock, words, end + marked, own)
    return clock, end + marked + more - at


def _half(words: Words, at: int, own: ClockWords) -> tuple[str | None, int]:
    """``am``, ``pm``, ``a m``, ``p m`` after the hour, and where it ends."""
    for row, half in own.half_rows.items():
        if tuple(words.lower[at : at + len(row)]) == row:
            return half, at + len(row)
    return None, at


def _general(words: Words, at: int, own: ClockWords) -> bool:
    return _word(words, at - 1) in own.bounds and any(_word(words, at - back) in own.denials for back in (2, 3, 4))


def _spans(words: Words, at: int, names: Names) -> bool:
    """``6 to 8pm``."""
    return (
        _word(words, at + 1) in names.clock.spans
        and bool(names.clock.figures.match(_word(words, at + 2)))
        and _word(words, at - 1) not in names.links.the
    )


def _until(clock: Clock, words: Words, at: int, own: ClockWords) -> tuple[Clock, int]:
    """The end of ``between 6 and 8pm`` says which half of the day its beginning is in."""
    later = own.figures.match(_word(words, at + 1)) if _word(words, at) in own.ends else None
    if not later:
        return clock, 0
    half, end = (own.halves[later[3]], at + 2) if later[3] else _half(words, at + 2, own)
    return (replace(clock, half=half) if half and clock.half is None else clock), end - at


def _fraction(words: Words, at: int, names: Names) -> tuple[Clock, int] | None:
    """``quarter to six``, ``half past nine``, ``half nine``."""
    own = names.clock
    shift, end = _minutes(words, at, own)
    number = _word(words, end)
    hour = names.number(number)
    if shift is None or hour is None or not 1 <= hour <= 12 or number in own.no_hours:
        return None
    hour, minute = divmod(hour * 60 + shift, 60)
    half, end = _half(words, end + 1, own)
    return Clock(hour, minute, half), end - at


def _minutes(words: Words, at: int, own: ClockWords) -> tuple[int | None, int]:
    """How many minutes lie between the hour and what is meant, and where the hour stands."""
    word, link = _word(words, at), _word(words, at + 1)
    if link in own.past:
        return own.fractions.get(word), at + 2
    if link in own.to and word in own.fractions:
        return -own.fractions[word], at + 2
    return own.alone.get(word), at + 1
