"""Timing: until when a request is best sent, and when a reminder of it makes sense.

All comparing and adding of hours happens in UTC, because wall times of one zone do not keep order when the clocks
change. What is returned is in the person's zone again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Literal

from bot.engine.model import Delay, Facts
from bot.engine.schedules import BEFORE_QUIET, Manners

Hurry = Literal["day", "today", "days"]
"""How soon to answer: within 24 hours, today, or within two days."""

FRESH = timedelta(hours=24)
DAYS = timedelta(hours=48)
CLOSE_OF_DAY = time(18)
LAST_EVENING = time(21)
AFTERNOON = time(17)
MORNING = time(9)
EVENING = time(19, 30)
LUNCH = time(12, 30)

LEAD = timedelta(minutes=90)
"""The afternoon reminder comes at least this long from now; nobody wants to be reminded of what they just read."""

OLD = timedelta(days=5)
"""From then on news is old: nobody has it fresh in their mind, and one day more changes nothing."""

SHORT_LEAD = timedelta(minutes=45)
LATELY = timedelta(weeks=6)
MARGIN = timedelta(minutes=30)
"""A reminder leaves this long to act on it."""


def send_by(hurry: Hurry, news_at: datetime | None, facts: Facts) -> datetime:
    """Return the moment until which the request is best sent; when that has passed, the end of the next good day."""
    came = news_at or facts.now
    if hurry == "today":
        best = _end_of_today(facts) if _same_day(came, facts) else None
    else:
        best = _local(_utc(came) + (FRESH if hurry == "day" else DAYS), facts)
    if best is not None and _utc(best) > _utc(facts.now) + MARGIN:
        return best
    return _close_of_working_day(facts)


def is_old(news_at: datetime | None, facts: Facts) -> bool:
    """Return whether the news came too long ago for any haste."""
    return news_at is not None and _utc(facts.now) - _utc(news_at) >= OLD


def remind_at(until: datetime, facts: Facts) -> datetime | None:
    """Return a sensible moment for a reminder before ``until``, or ``None`` when none is left.

    It is outside quiet hours, and on a day that the person left to be written on.
    """
    for moment, lead in _candidates(facts):
        if moment.weekday() in facts.offered_days and _utc(facts.now) + lead <= _utc(moment) <= _utc(until) - MARGIN:
            return moment
    return None


def tomorrow_at(facts: Facts) -> datetime:
    """Return tomorrow morning, after the quiet hours, or that of the next day that the person left to be written on."""
    tomorrow = _days_on(facts, 1)
    while tomorrow.weekday() not in facts.offered_days and facts.offered_days:
        tomorrow += timedelta(days=1)
    clock = MORNING
    if _manners(facts).quiet_at(clock):
        clock = facts.quiet_to
    return _at(tomorrow, clock, facts)


def reply_check_at(facts: Facts, delay: Delay) -> datetime:
    """Return the moment to ask whether they answered: so many working days on, out of the quiet hours."""
    manners = _manners(facts)
    day, left = facts.now, delay.working_days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() in manners.working_days
    clock = delay.at or MORNING
    return _at(day, facts.quiet_to if manners.quiet_at(clock) else clock, facts)


def _candidates(facts: Facts) -> Iterator[tuple[datetime, timedelta]]:
    """Moments in order of preference, each with the time that should lie between now and then."""
    yield _polite(_at(facts.now, AFTERNOON, facts), facts), LEAD
    yield _polite(_at(_days_on(facts, 1), MORNING, facts), facts), LEAD
    for clock in (LUNCH, AFTERNOON, EVENING):
        yield _polite(_at(facts.now, clock, facts), facts), SHORT_LEAD
    yield _polite(_at(_days_on(facts, 1), facts.quiet_to, facts), facts), SHORT_LEAD


def _polite(moment: datetime, facts: Facts) -> datetime:
    """Move a moment in the quiet hours to just before they began."""
    if not _manners(facts).quiet_at(moment.time()):
        return moment
    day = moment if moment.time() >= facts.quiet_from else moment - timedelta(days=1)
    return _at(day, (datetime.combine(day, facts.quiet_from) - BEFORE_QUIET).time(), facts)


def _end_of_today(facts: Facts) -> datetime:
    early = facts.now.time() < AFTERNOON
    return _at(facts.now, CLOSE_OF_DAY if early else LAST_EVENING, facts)


def _close_of_working_day(facts: Facts) -> datetime:
    today = facts.now.weekday() in facts.working_days and facts.now.time() < AFTERNOON
    day = facts.now if today else _days_on(facts, 1)
    while day.weekday() not in facts.working_days and facts.working_days:
        day += timedelta(days=1)
    return _at(day, CLOSE_OF_DAY, facts)


def _same_day(moment: datetime, facts: Facts) -> bool:
    return _local(moment, facts).date() == facts.now.date()


def _days_on(facts: Facts, days: int) -> datetime:
    return facts.now + timedelta(days=days)


def _at(day: datetime, clock: time, facts: Facts) -> datetime:
    """Return the clock time of a day; one in a gap moves on by the gap, of two the first is meant."""
    wall = datetime.combine(day.date(), clock, tzinfo=facts.now.tzinfo)
    return _local(wall, facts)


def _local(moment: datetime, facts: Facts) -> datetime:
    return moment.astimezone(UTC).astimezone(facts.now.tzinfo)


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _manners(facts: Facts) -> Manners:
    return Manners(facts.quiet_from, facts.quiet_to, facts.working_days)


def told_lately(facts: Facts, this: datetime | None) -> bool:
    """Whether the coach was told of another job in the last weeks; of ``this`` one it was told at that moment."""
    told = (one.slots.get("told_at") for one in facts.applications)
    return any(isinstance(at, datetime) and at != this and facts.now - at < LATELY for at in told)
