from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.moments import TERMS, Manner, word_moment
from bot.engine.schedules import resolve, wall_time
from tests.content.catalogs import english, shipped_terms

wall = datetime.fromisoformat

WEDNESDAY = wall("2026-03-04 10:10")
"""Wall-clock time of the person."""

ENGLISH = english({})
GERMAN = english(
    {},
    moments__exact__tomorrow="morgen um {clock}",
    moments__clock="{hour}.{minute} Uhr",
    moments__exact__date="am {day}. {month} um {clock}",
    moments__march="März",
)


AMERICAN = english({}, moments__clock="{hour12}:{minute} {half}", moments__am="a.m.", moments__pm="p.m.")


@pytest.mark.parametrize(
    ("hour", "said"),
    [("00:05", "12:05 a.m."), ("09:00", "9:00 a.m."), ("12:00", "12:00 p.m."), ("23:59", "11:59 p.m.")],
)
def test_a_clock_may_count_to_twelve(hour: str, said: str) -> None:
    assert word_moment(wall(f"2026-03-04 {hour}"), WEDNESDAY, AMERICAN, "short") == said


@pytest.mark.parametrize(
    ("moment", "exact", "short"),
    [
        ("2026-03-04 17:00", "today at 17:00", "17:00"),
        ("2026-03-04 00:00", "today at 00:00", "00:00"),
        ("2026-03-05 09:00", "tomorrow at 09:00", "09:00 tomorrow"),
        ("2026-03-03 23:59", "yesterday at 23:59", "23:59 yesterday"),
        ("2026-03-06 09:05", "on Friday at 09:05", "09:05 on Friday"),
        ("2026-03-10 23:59", "on Tuesday at 23:59", "23:59 on Tuesday"),
        ("2026-03-11 09:00", "on 11 March at 09:00", "09:00 on 11 March"),
        ("2026-02-26 09:00", "on Thursday at 09:00", "09:00 on Thursday"),
        ("2026-02-25 09:00", "on 25 February at 09:00", "09:00 on 25 February"),
        ("2027-01-01 09:00", "on 1 January 2027 at 09:00", "09:00 on 1 January 2027"),
    ],
)
def test_a_moment_is_named_by_its_day_while_that_is_clear(moment: str, exact: str, short: str) -> None:
    at = wall(moment)

    assert word_moment(at, WEDNESDAY, ENGLISH) == exact
    assert word_moment(at, WEDNESDAY, ENGLISH, "short") == short


@pytest.mark.parametrize(
    ("moment", "roughly"),
    [
        ("2026-03-04 08:00", "this morning"),
        ("2026-03-04 12:00", "this afternoon"),
        ("2026-03-04 18:00", "this evening"),
        ("2026-03-05 10:10", "tomorrow morning"),
        ("2026-03-03 17:59", "yesterday afternoon"),
        ("2026-03-06 16:00", "Friday afternoon"),
        ("2026-03-20 16:00", "20 March"),
        ("2025-03-20 16:00", "20 March 2025"),
    ],
)
def test_a_rough_moment_is_named_by_the_part_of_its_day(moment: str, roughly: str) -> None:
    assert word_moment(wall(moment), WEDNESDAY, ENGLISH, "roughly") == roughly


def test_a_new_year_a_few_days_away_needs_no_year() -> None:
    assert word_moment(wall("2027-01-12 09:00"), wall("2026-12-28 09:00"), ENGLISH) == "on 12 January at 09:00"


def test_another_language_has_its_own_order_and_clock() -> None:
    assert word_moment(wall("2026-03-05 09:00"), WEDNESDAY, GERMAN) == "morgen um 09.00 Uhr"
    assert word_moment(wall("2026-03-20 09:00"), WEDNESDAY, GERMAN) == "am 20. März um 09.00 Uhr"


def test_the_shipped_language_has_every_term() -> None:
    assert set(TERMS) <= set(shipped_terms())


def test_a_missing_term_is_named() -> None:
    bare = english({})
    bare.terms.pop("moments.friday")  # type: ignore[attr-defined]

    with pytest.raises(KeyError, match=r"moments\.friday"):
        word_moment(wall("2026-03-06 09:00"), WEDNESDAY, bare)


@pytest.mark.parametrize(
    ("zone", "clock", "said"),
    [
        # The clock goes from 01:00 to 02:00 on this day: what is promised for 01:30 comes at 02:30, and is said so.
        ("Europe/London", "2026-03-29 01:30", "tomorrow at 02:30"),
        ("Europe/London", "2026-03-29 09:00", "tomorrow at 09:00"),
        ("Australia/Lord_Howe", "2026-03-29 09:00", "tomorrow at 09:00"),
        ("Asia/Kathmandu", "2026-03-29 00:15", "tomorrow at 00:15"),
    ],
)
def test_the_day_is_counted_on_the_wall_not_in_hours(zone: str, clock: str, said: str) -> None:
    due = resolve(wall(clock), zone)
    now = resolve(wall("2026-03-28 23:30"), zone)

    assert word_moment(wall_time(due, zone), wall_time(now, zone), ENGLISH) == said


@given(
    moment=st.datetimes(wall("1990-01-01 00:00"), wall("2100-01-01 00:00")),
    away=st.timedeltas(timedelta(days=-800), timedelta(days=800)),
    manner=st.sampled_from(["exact", "short", "roughly"]),
)
def test_every_moment_has_words_from_everywhere(moment: datetime, away: timedelta, manner: Manner) -> None:
    said = word_moment(moment, moment + away, ENGLISH, manner)

    assert said
    assert "{" not in said
