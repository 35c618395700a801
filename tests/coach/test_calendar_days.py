"""Working days, months and Easter."""

from datetime import date

import pytest

from bot.coach.calendar_days import easter, end_of_month, months_on, working_days


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, date(2026, 3, 6)), (1, date(2026, 3, 9)), (5, date(2026, 3, 13)), (-1, date(2026, 3, 5))],
)
def test_working_days_leave_out_the_weekend(count: int, expected: date) -> None:
    assert working_days(date(2026, 3, 6), count) == expected


def test_a_month_on_ends_with_a_shorter_month() -> None:
    assert months_on(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_on(date(2026, 1, 31), -1) == date(2025, 12, 31)


@pytest.mark.parametrize(
    "sunday",
    [date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2027, 3, 28), date(2038, 4, 25), date(1961, 4, 2)],
)
def test_easter_is_where_the_calendar_has_it(sunday: date) -> None:
    assert easter(sunday.year) == sunday


def test_a_leap_february_ends_on_the_29th() -> None:
    assert end_of_month(date(2028, 2, 1)) == date(2028, 2, 29)
