"""Schedules: from what was promised in wall-clock time to the instant at which it is due.

A promise is kept as wall time and worked out anew when the zone, the quiet hours or the time-zone data change.
A wall time in a gap of daylight saving moves on by the length of the gap; one that comes twice means the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.engine.model import Delay, Nudge
from bot.engine.values import Value

USUAL_TIME = time(10)
"""When a nudge comes whose delay names working days but no clock time."""

BEFORE_QUIET = timedelta(minutes=15)
"""How long before the quiet hours begin a reminder comes that may only move earlier."""

NUDGES_A_WEEK = 3
"""How many nudges that nobody asked for by the clock may come in seven days, unless the person says otherwise."""

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Manners:
    """When and how often a person may be written to: local quiet hours, working days (0 is Monday), nudges a week."""

    quiet_from: time = time(21)
    quiet_to: time = time(8)
    working_days: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    nudges_a_week: int = NUDGES_A_WEEK

    def quiet_at(self, clock: time) -> bool:
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= clock < self.quiet_to
        return clock >= self.quiet_from or clock < self.quiet_to


def manners_of(slots: Mapping[str, Value]) -> Manners:
    """Read the person's own settings.

    They are ``quiet_from`` and ``quiet_to`` (HH:MM), ``working_days`` (mon to sun) and ``nudges_a_week`` (0 is none).
    """
    usual = Manners()
    days, pace = slots.get("working_days"), slots.get("nudges_a_week")
    return Manners(
        quiet_from=_clock(slots.get("quiet_from")) or usual.quiet_from,
        quiet_to=_clock(slots.get("quiet_to")) or usual.quiet_to,
        working_days=frozenset(WEEK.index(day) for day in days if day in WEEK)
        if isinstance(days, tuple) and days
        else usual.working_days,
        nudges_a_week=pace if isinstance(pace, int) else usual.nudges_a_week,
    )


def _clock(value: Value | None) -> time | None:
    try:
        return time.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """The zone by its IANA name; UTC for a name that no longer exists, so that nobody is lost with it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def resolve(wall: datetime, zone_name: str) -> datetime:
    """Return the UTC instant of a naive wall-clock time.

    A time in a gap is taken as the clock before the change would have shown it, which is later by the gap; of two, the
    first.
    """
    return wall.replace(tzinfo=zone(zone_name), fold=0).astimezone(UTC)


def wall_time(instant: datetime, zone_name: str) -> datetime:
    """Return the naive local time that a clock on the wall shows."""
    return instant.astimezone(zone(zone_name)).replace(tzinfo=None)


def after(delay: Delay, now: datetime, zone_name: str, manners: Manners) -> datetime:
    """Return the naive wall-clock time that lies the delay after ``now``."""
    if not delay.working_days:
        wall = wall_time(now + delay.plain, zone_name)
        return wall if delay.at is None else datetime.combine(wall.date(), delay.at)
    day = wall_time(now, zone_name).date()
    left = delay.working_days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() in manners.working_days
    return datetime.combine(day, delay.at or USUAL_TIME)


def due(nudge: Nudge, wall: datetime, now: datetime, zone_name: str, manners: Manners) -> datetime:
    """Return the UTC instant at which a promised wall time is kept.

    Weekends and quiet hours delay it. A nudge with a valid-until only ever moves earlier for quiet hours, and not into
    the past: what the person just asked for themselves is then kept to the minute.
    """
    if nudge.until is not None:
        return _earlier(nudge, wall, now, zone_name, manners)
    if "weekends" not in nudge.ignores:
        while wall.weekday() not in manners.working_days:
            wall += timedelta(days=1)
    if "quiet hours" not in nudge.ignores and manners.quiet_at(wall.time()):
        wall = _after_quiet(wall, manners)
        if "weekends" not in nudge.ignores:
            while wall.weekday() not in manners.working_days:
                wall += timedelta(days=1)
    return resolve(wall, zone_name)


def _earlier(nudge: Nudge, wall: datetime, now: datetime, zone_name: str, manners: Manners) -> datetime:
    instant = resolve(wall, zone_name)
    if "quiet hours" in nudge.ignores or not manners.quiet_at(wall.time()):
        return instant
    begins = datetime.combine(wall.date(), manners.quiet_from)
    if begins > wall:
        begins -= timedelta(days=1)
    earlier = resolve(begins - BEFORE_QUIET, zone_name)
    return earlier if earlier > now else instant


def _after_quiet(wall: datetime, manners: Manners) -> datetime:
    ends = datetime.combine(wall.date(), manners.quiet_to)
    return ends if ends > wall else ends + timedelta(days=1)
