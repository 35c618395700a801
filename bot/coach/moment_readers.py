"""The small readers of moments, each with the words that its kind of expression can begin with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bot.coach.clock import read_clock
from bot.coach.day_words import DayWords
from bot.coach.lengths import length
from bot.coach.moment_names import Names
from bot.coach.moment_parts import Here, Part, Read, Reader, faulty
from bot.coach.named_days import calendar_day, day_of_month, part_of_day, relative_day, same_time, weekday
from bot.coach.rhythm import rhythm
from bot.coach.rhythm_words import RhythmWords
from bot.coach.rules import Row
from bot.coach.shifts import shift
from bot.coach.stretches import edge, feast, week_or_month, weekend


@dataclass(frozen=True, slots=True)
class Beginning:
    """A reader with the words that it is asked about; ``figures`` says that it is asked about figures as well."""

    reader: Reader
    words: Callable[[Names], Iterable[Iterable[str]]]
    figures: bool = False


def _clock(here: Here, at: int) -> Read | None:
    read = read_clock(here.words, at, here.names)
    if read is None:
        return None
    return (Part(no_hour=True) if here.ruled_out(at) else Part(clock=read[0])), read[1]


def _vague(here: Here, at: int) -> Read | None:
    """``in the small hours``, ``on the bank holiday``: a moment, but nobody could say which."""
    words = here.names.day
    if taken := here.taken(words.vague_hours, at):
        return Part(no_hour=True), taken
    taken = here.taken(words.unknown_days, at)
    return (Part(no_day=True), taken) if taken else None


def _unit_lacks(here: Here, at: int) -> Read | None:
    """``in ten``: nobody says of what."""
    alone = here.word(at) in here.names.shift.not_led_by and at + 2 == len(here.words)
    number = here.names.number(here.word(at + 1)) if alone else None
    return (faulty("unclear"), 2) if number is not None and not here.past else None


def _rhythms(words: RhythmWords) -> Iterable[Iterable[str]]:
    return words.adverbs, words.every, words.once, words.plural_days


def _days(words: DayWords) -> Iterable[Iterable[str]]:
    return words.day, words.this, words.now


def _firsts(rows: Iterable[Row]) -> Iterable[str]:
    return (row[0] for row in rows)


def _lengths(names: Names) -> Iterable[Iterable[str]]:
    return names.numbers, names.stretch.half, names.stretch.quarter, names.stretch.lead_ins


def _shifts(names: Names) -> Iterable[Iterable[str]]:
    return *_lengths(names), names.day.day, names.stretch.periods, names.parts, names.days, _firsts(names.shift.the_day)


BEGINNINGS = (
    Beginning(_vague, lambda names: (_firsts(names.day.vague_hours), _firsts(names.day.unknown_days))),
    Beginning(_unit_lacks, lambda names: (names.shift.not_led_by,)),
    Beginning(same_time, lambda names: (_firsts(names.day.same_time),)),
    Beginning(day_of_month, lambda names: (names.ordinals, names.links.last)),
    Beginning(rhythm, lambda names: _rhythms(names.rhythm)),
    Beginning(shift, _shifts, figures=True),
    Beginning(length, _lengths, figures=True),
    Beginning(edge, lambda names: (names.stretch.edges,)),
    Beginning(weekend, lambda names: (names.stretch.weekends,)),
    Beginning(feast, lambda names: (names.stretch.feasts, _firsts(names.stretch.new_year))),
    Beginning(week_or_month, lambda names: (names.stretch.steps, _firsts(names.stretch.week_after_next))),
    Beginning(relative_day, lambda names: (names.relative_days, names.links.last, *_days(names.day))),
    Beginning(calendar_day, lambda names: (names.months, names.ordinals), figures=True),
    Beginning(weekday, lambda names: (names.days,)),
    Beginning(
        _clock, lambda names: (names.numbers, names.clock.exact, names.clock.fractions, names.clock.alone), figures=True
    ),
    Beginning(part_of_day, lambda names: (names.parts, names.after_parts, _firsts(names.day.first_thing))),
)
"""In the order in which they are asked."""


class Beginnings:
    """Which readers to ask about a word; most words of a text are spared all of them."""

    def __init__(self, names: Names) -> None:
        by_reader = [(one, frozenset().union(*one.words(names))) for one in BEGINNINGS]
        words = frozenset[str]().union(*(words for _, words in by_reader))
        self._by_word: Mapping[str, tuple[Reader, ...]] = {
            word: tuple(one.reader for one, own in by_reader if word in own or (one.figures and _is_figure(word)))
            for word in words
        }
        self._figures = tuple(one.reader for one in BEGINNINGS if one.figures)

    def at(self, word: str) -> tuple[Reader, ...]:
        readers = self._by_word.get(word)
        return readers if readers is not None else self._figures if _is_figure(word) else ()


def _is_figure(word: str) -> bool:
    return word[:1].isdigit()
