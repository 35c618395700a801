"""Days in figures: `2026-03-12`, `12/3`, `3/12/2026`, `on 12.3.`; which is the month, the other readings decide."""

from __future__ import annotations

import re
from datetime import date

from bot.coach.moment_parts import Here, Part, dated, faulty
from bot.coach.named_days import in_month

_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_FIGURES = re.compile(r"(?<![\d/.:-])(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}|\d{2}))?\b(?![/:]\d|[.-]\d)")

Span = tuple[int, int]


def in_figures(here: Here) -> list[tuple[Part, Span]]:
    """Return the dates in figures, and where each stands in the text."""
    text = here.words.text
    found = [(_iso(*map(int, one.groups())), one.span()) for one in _ISO.finditer(text)]
    for one in _FIGURES.finditer(text):
        if not any(start <= one.start() < end for _, (start, end) in found) and _is_date(here, one):
            found.append((_read(here, one), one.span()))
    return found


def _iso(year: int, month: int, day: int) -> Part:
    found = _day(year, month, day)
    return dated(found) if found else faulty("unclear")


def _is_date(here: Here, figures: re.Match[str]) -> bool:
    """Dots and strokes need a year or a word before them: 8.15 is a time, and 3-4 days are a length."""
    after = _first_word(here, figures.end())
    before = _last_word(here, figures.start())
    if here.word(after) in here.names.units or here.word(after) in here.names.stretch.articles:
        return False
    led = here.word(before) in here.names.day.date_leads or here.word(before) in here.names.days
    return figures[2] == "/" or figures[4] is not None or (led and not _is_clock(here, after))


def _is_clock(here: Here, after: int) -> bool:
    """Whether am or pm follows the figures."""
    return here.taken(here.names.clock.half_rows, after) > 0


def _read(here: Here, figures: re.Match[str]) -> Part:
    one, other, year = int(figures[1]), int(figures[3]), figures[4]
    pairs = [(one, other), (other, one)]  # month and day
    found = [_found(here, month, day, year) for month, day in (pairs if here.month_first else pairs[::-1])]
    readings = [reading for reading in found if reading is not None]
    named = _weekday_beside(here, figures.span())
    fitting = [reading for reading in readings if reading.day and reading.day.weekday() == named]
    return (fitting or readings or [faulty("unclear")])[0]


def _found(here: Here, month: int, day: int, year: str | None) -> Part | None:
    if not 1 <= month <= 12:
        return None
    if year is None:
        return in_month(here, month, day)
    found = _day(int(year) + 2000 * (len(year) == 2), month, day)
    return dated(found) if found else None


def _weekday_beside(here: Here, span: Span) -> int | None:
    beside = (here.word(_last_word(here, span[0])), here.word(_first_word(here, span[1])))
    return next((here.names.days[word] for word in beside if word in here.names.days), None)


def _last_word(here: Here, start: int) -> int:
    """The word that ends before a place in the text; -1 when there is none."""
    return sum(end <= start for end in here.words.ends) - 1


def _first_word(here: Here, end: int) -> int:
    return sum(start < end for start in here.words.starts)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
