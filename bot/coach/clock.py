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
            return 24 if part == "evening" and self.hour == 12 else later
        if part == "morning":
            return self.hour
        early, late = time(self.hour, self.minute), time(later % 24, self.minute)
        if now is None or self.general or (late <= now and not past):
            return later if 1 <= self.hour <= 6 else self.hour
        if past:
            return later if late <= now else self.hour
        return later if early <= now else self.hour


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
    return read_fraction(words, at, names) or _run_together(words, at, names) or _hour(words, at, names)


def _word(words: Words, at: int) -> str:
    return words.lower[at] if 0 <= at < len(words.lower) else ""


def _hour(words: Words, at: int, names: Names) -> tuple[Clock, int] | None:
    word, own = _word(words, at), names.clock
    figures = own.figures.match(word)
    hour = int(figures[1]) if figures else None if word in own.no_hours else names.numbers.get(word)
    if hour is None or hour > 24:
        return None
    minutes, end = (0, at + 1) if figures and figures[3] else _minutes_behind(words, at + 1, names)
    half, end = (own.halves[figures[3]], end) if figures and figures[3] else _half(words, end, own)
    behind = _word(words, end) in own.marks
    marked = behind or bool(figures and figures[4]) or words.text[: words.starts[at]].rstrip().endswith("@")
    if not (half or marked or _word(words, at - 1) in own.leads or _spans(words, at, names)):
        return None
    minute = int(figures[2] or 0) if figures else 0
    minute = minute or minutes
    clock = Clock(hour % 24, minute, half, _general(words, at, own))
    clock, more = _until(clock, words, end + behind, own)
    return clock, end + behind + more - at


def _minutes_behind(words: Words, at: int, names: Names) -> tuple[int, int]:
    """``at seven thirty``, ``7 30 pm``: the minutes, none being 0, and where they end."""
    word, then = _word(words, at), _word(words, at + 1)
    figure = word.isdecimal() and len(word) == 2 and words.text[words.ends[at - 1] : words.starts[at]] == " "
    tens = names.numbers.get(word, 0)
    ones = names.numbers.get(then, 0) if 20 <= tens < 60 and tens % 10 == 0 and then not in names.clock.no_hours else 0
    minutes = int(word) if figure else tens + (ones if ones < 10 else 0) if tens > 9 and word.isalpha() else 0
    end = at + 1 + (not figure and 0 < ones < 10)
    dated = _word(words, end) in names.months or _word(words, end) in names.units
    return (minutes, end) if 0 < minutes < 60 and not dated else (0, at)


def _half(words: Words, at: int, own: ClockWords) -> tuple[str | None, int]:
    """``am``, ``pm``, ``a m``, ``p m`` after the hour, and where it ends."""
    for row, half in own.half_rows.items():
        if tuple(words.lower[at : at + len(row)]) == row:
            return half, at + len(row)
    return None, at


def _general(words: Words, at: int, own: ClockWords) -> bool:
    return _word(words, at - 1) in own.bounds and any(_word(words, at - back) in own.denials for back in (2, 3, 4))


def _spans(words: Words, at: int, names: Names) -> bool:
    """``6 to 8pm``, ``6-8pm``."""
    if _hyphen(words, at + 1):
        end = names.clock.figures.match(_word(words, at + 1))
        return bool(end and (end[3] or _half(words, at + 2, names.clock)[0]))
    return (
        _word(words, at + 1) in names.clock.spans
        and bool(names.clock.figures.match(_word(words, at + 2)))
        and _word(words, at - 1) not in names.links.the
    )


def _hyphen(words: Words, at: int) -> bool:
    """Whether a stroke stands before a word: 2-3pm."""
    return 0 < at < len(words) and words.text[words.ends[at - 1] : words.starts[at]].strip() in ("-", "–")


def _until(clock: Clock, words: Words, at: int, own: ClockWords) -> tuple[Clock, int]:
    """The end of ``between 6 and 8pm`` says which half of the day its beginning is in."""
    last = at if _hyphen(words, at) else at + 1
    later = own.figures.match(_word(words, last)) if last == at or _word(words, at) in own.ends else None
    if not later:
        return clock, 0
    half, end = (own.halves[later[3]], last + 1) if later[3] else _half(words, last + 1, own)
    return (replace(clock, half=half) if half and clock.half is None else clock), end - at


def _run_together(words: Words, at: int, names: Names) -> tuple[Clock, int] | None:
    """``at 1430``, ``24 March 1430``, ``930am``."""
    own, figures = names.clock, names.clock.run_together.match(_word(words, at))
    if not figures or int(figures[1]) > 23 or int(figures[2]) > 59:
        return None
    half, end = (own.halves[figures[3]], at + 1) if figures[3] else _half(words, at + 1, own)
    leads = (own.hour_leads, names.months, names.days, names.relative_days)
    if not (half or any(_word(words, at - 1) in led for led in leads)):
        return None
    early = figures[1].startswith("0") and half is None
    return Clock(int(figures[1]), int(figures[2]), "am" if early else half), end - at


def read_fraction(words: Words, at: int, names: Names) -> tuple[Clock, int] | None:
    """``quarter to six``, ``half past nine``, ``half nine``, ``twenty-five past two``, ``ten minutes to three``."""
    own = names.clock
    shift, end = _minutes(words, at, names)
    number = _word(words, end)
    hour = names.number(number)
    if shift is None or hour is None or not 1 <= hour <= 12 or number in own.no_hours:
        return None
    hour, minute = divmod(hour * 60 + shift, 60)
    half, end = _half(words, end + 1, own)
    return Clock(hour, minute, half), end - at


def _minutes(words: Words, at: int, names: Names) -> tuple[int | None, int]:
    """How many minutes lie between the hour and what is meant, and where the hour stands."""
    own, word = names.clock, _word(words, at)
    minutes, end = _counted(words, at, names)
    end += minutes is not None and names.units.get(_word(words, end)) == "minute"
    link = _word(words, end)
    if minutes is not None and link in own.past:
        return minutes, end + 1
    if minutes is not None and link in own.to and not _is_span(words, at, names):
        return -minutes, end + 1
    return own.alone.get(word), at + 1


def _counted(words: Words, at: int, names: Names) -> tuple[int | None, int]:
    """Minutes as a clock counts them: a quarter, a half, or a number that five divides."""
    word, then = _word(words, at), _word(words, at + 1)
    if word in names.clock.fractions:
        return names.clock.fractions[word], at + 1
    count = None if word in names.clock.no_hours else names.number(word)
    if count == 20 and names.numbers.get(then) == 5:  # twenty-five
        return 25, at + 2
    return (count if count is not None and count % 5 == 0 and 0 < count < 30 else None), at + 1


def _is_span(words: Words, at: int, names: Names) -> bool:
    """``from 5 to 6`` and ``10 to 12`` are two hours; ``20 to 9`` is one."""
    figure = _word(words, at)
    if _word(words, at - 1) in names.clock.hour_leads:
        return False
    return _word(words, at - 1) in names.clock.leads - names.clock.hour_leads or (
        figure.isdecimal() and int(figure) < 13
    )
