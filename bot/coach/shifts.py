"""Moments beside another: `an hour before`, `the evening before`, `two days after`, `on the day`."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bot.coach.calendar_days import Length
from bot.coach.lengths import measured
from bot.coach.moment_parts import Here, Part, Read, Shift

_DAY = Length(1, "day")


def shift(here: Here, at: int) -> Read | None:
    """What is said of how long before or after the moment that a text names."""
    if here.past:
        return None
    return _by_length(here, at) or _by_unit(here, at) or _by_name(here, at) or _on_the_day(here, at)


def _by_length(here: Here, at: int) -> Read | None:
    """``five minutes before``, ``half an hour before``, ``two days after``, ``a week from the interview``."""
    found, end = measured(here, at)
    words = here.names.shift
    sign = _sign(here, end) or int(here.word(end) in words.since and here.word(end + 1) not in words.now)
    if found is None or not sign or here.word(at - 1) in words.not_led_by:
        return None
    return Part(shift=Shift(sign, found)), end + 1 - at


def _by_unit(here: Here, at: int) -> Read | None:
    """``the day before``, ``the week after``."""
    word, stretch = here.word(at), here.names.stretch
    unit = "day" if word in here.names.day.day else stretch.periods.get(word)
    sign = _sign(here, at + 1)
    if unit is None or not sign or here.word(at - 1) in stretch.steps:
        return None
    if here.word(at + 2) in here.names.relative_days or here.word(at + 2) in here.names.links.next:
        return None
    return Part(shift=Shift(sign, Length(1, unit))), 2


def _by_name(here: Here, at: int) -> Read | None:
    """``the evening before``, ``the Friday before``, ``the morning of the interview``."""
    names, words, word = here.names, here.names.shift, here.word(at)
    sign, of = _sign(here, at + 1), here.word(at + 1) in names.links.of
    if not (sign or of) or _names_a_moment(here, at + 2 + (of and here.word(at + 2) in names.links.the)):
        return None
    if here.word(at + 2) in names.links.next:
        return None
    if word in names.days and sign and here.word(at - 1) in names.links.the:
        return Part(shift=Shift(sign, weekday=names.days[word])), 2
    day_before = here.word(at - 1) in names.days or here.word(at - 1) in names.relative_days
    if word not in names.parts or day_before or here.word(at - 1) in names.day.this:
        return None
    part = names.parts[word]
    length = None if of else _DAY
    return Part(shift=Shift(sign, length, at=words.times[part], same_day=part in words.same_day, part=part)), 2


def _on_the_day(here: Here, at: int) -> Read | None:
    """``on the day``, ``that morning``: not the hour itself that was named."""
    words = here.names.shift
    taken = here.taken(words.the_day, at)
    if not taken or _sign(here, at + taken):
        return None
    return Part(shift=Shift(0, at=words.times["morning"])), taken


def _sign(here: Here, at: int) -> int:
    words = here.names.shift
    return -1 if here.word(at) in words.before else int(here.word(at) in words.after)


def _names_a_moment(here: Here, at: int) -> bool:
    """Whether a moment follows, or somebody who does something: ``in the morning before 10``, ``before I go``."""
    names, word = here.names, here.word(at)
    others = (names.numbers, names.ordinals, names.months, names.after_parts, names.clock.exact, names.clock.fractions)
    return word[:1].isdigit() or word in names.shift.no_others or any(word in words for words in others)


def shifted(shift: Shift, day: date, at: time | None, zone: tzinfo | None) -> tuple[date, time | None] | None:
    """The day and the hour so far from a moment; ``None`` where its hour would be needed and is not known."""
    minutes = shift.length.minutes if shift.length else None
    if minutes is not None:
        return None if at is None else minutes_on(datetime.combine(day, at, zone), shift.sign * minutes)
    if shift.weekday is not None:
        back = (day.weekday() - shift.weekday) % 7 or 7
        return day + timedelta(days=-back if shift.sign < 0 else (7 - back) or 7), shift.at or at
    on_the_day = shift.sign < 0 and shift.same_day and (at is None or shift.at is None or shift.at < at)
    if shift.length is None or on_the_day:
        return day, shift.at or at
    return shift.length.from_day(day, shift.sign), shift.at or at


def minutes_on(moment: datetime, minutes: int) -> tuple[date, time]:
    """Day and clock so many minutes on, which is not what the clock shows when clocks change meanwhile."""
    later = (moment.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(moment.tzinfo)
    return later.date(), later.time().replace(second=0, microsecond=0)
