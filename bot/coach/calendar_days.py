"""Calendar arithmetic that the standard library lacks: lengths, working days, months, Easter."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

MINUTES = {"second": 0, "minute": 1, "hour": 60}
DAYS = {"day": 1, "week": 7, "fortnight": 14}
MONTHS = {"month": 1, "year": 12}
_MOST_DAYS, _MOST_MONTHS = 4000, 1200


@dataclass(frozen=True, slots=True)
class Length:
    """So many of a unit; ``working`` counts Mondays to Fridays only."""

    count: float
    unit: str
    working: bool = False

    @property
    def minutes(self) -> int | None:
        """Minutes and hours in minutes; a longer unit is none."""
        return round(self.count * MINUTES[self.unit]) if self.unit in MINUTES else None

    def from_day(self, day: date, sign: int = 1) -> date:
        """Return the day so far on, or back; minutes and hours leave it as it is."""
        count = self.count * sign
        if self.minutes is not None:
            return day
        if self.unit in MONTHS:
            return months_on(day, _within(count * MONTHS[self.unit], _MOST_MONTHS))
        if self.working:
            return working_days(day, _within(count * DAYS[self.unit], _MOST_DAYS))
        return day + timedelta(days=_within(count * DAYS[self.unit], _MOST_DAYS))


def _within(count: float, most: int) -> int:
    return round(min(max(count, -most), most))


def working_days(day: date, count: int) -> date:
    """Return the day so many Mondays to Fridays later, or earlier when the count is negative."""
    step = 1 if count >= 0 else -1
    left = abs(count)
    while left:
        day += timedelta(days=step)
        left -= day.weekday() < 5
    return day


def months_on(day: date, count: int) -> date:
    """Return the same day so many months later, or the last of a shorter month."""
    month = day.year * 12 + day.month - 1 + count
    year, month = divmod(month, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, after Gauss and Butcher."""
    golden, century = year % 19, year // 100
    shift = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    shift -= shift // 28 * (1 - 29 // (shift + 1) * ((21 - golden) // 11))
    weekday = (year + year // 4 + shift + 2 - century + century // 4) % 7
    away = shift - weekday
    month = 3 + (away + 40) // 44
    return date(year, month, away + 28 - 31 * (month // 4))


def end_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
