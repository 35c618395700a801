"""What was promised in wall-clock time falls due at the right instant, in every zone and on every odd day."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.model import Delay, Message, Nudge
from bot.engine.schedules import Manners, after, due, manners_of, resolve, wall_time, zone

CASES = [json.loads(line) for line in (Path(__file__).parent / "time_cases.jsonl").read_text().splitlines()]

ZONES = st.sampled_from(
    ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "Africa/Casablanca"]
)
WALLS = st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2030, 1, 1))

ORDINARY = Nudge("check", "plan", Message("plan.check"))
REMINDER = Nudge("send_by", "draft", Message("draft.send_by"), until="send_by", ignores=frozenset({"weekends"}))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_wall_time_is_due_at_the_instant_that_the_zone_gives(case: dict[str, str]) -> None:
    promised = datetime.fromisoformat(case["local"])

    instant = resolve(promised, case["zone"])

    assert instant == datetime.fromisoformat(case["fires_utc"])
    assert wall_time(instant, case["zone"]) == datetime.fromisoformat(case["shown_local"])


def test_a_zone_that_no_longer_exists_counts_as_utc() -> None:
    assert resolve(datetime(2026, 3, 4, 9), "Mars/Olympus") == datetime(2026, 3, 4, 9, tzinfo=UTC)
    assert zone("../../etc/passwd").key == "UTC"


def test_five_working_days_after_a_friday_is_the_next_friday() -> None:
    friday = datetime(2026, 3, 6, 15, tzinfo=UTC)

    wall = after(Delay(working_days=5), friday, "Europe/London", Manners())

    assert wall == datetime(2026, 3, 13, 10)


def test_working_days_are_the_persons_own() -> None:
    sunday_to_thursday = Manners(working_days=frozenset({6, 0, 1, 2, 3}))
    thursday = datetime(2026, 3, 5, 9, tzinfo=UTC)

    wall = after(Delay(working_days=1, at=time(9, 30)), thursday, "Asia/Riyadh", sunday_to_thursday)

    assert wall == datetime(2026, 3, 8, 9, 30)


def test_plain_time_counts_hours_that_pass_not_hours_on_the_clock() -> None:
    night_of_the_change = datetime(2026, 3, 28, 12, tzinfo=UTC)

    wall = after(Delay(plain=timedelta(hours=24)), night_of_the_change, "Europe/London", Manners())

    assert wall == datetime(2026, 3, 29, 13)


def test_quiet_hours_delay_an_ordinary_nudge_to_their_end() -> None:
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)

    late_evening = due(ORDINARY, datetime(2026, 3, 3, 22), now, "Europe/London", Manners())
    before_dawn = due(ORDINARY, datetime(2026, 3, 4, 5), now, "Europe/London", Manners())

    assert late_evening == before_dawn == datetime(2026, 3, 4, 8, tzinfo=UTC)


def test_a_weekend_delays_an_ordinary_nudge_to_monday() -> None:
    saturday = datetime(2026, 3, 7, 10)

    instant = due(ORDINARY, saturday, datetime(2026, 3, 2, tzinfo=UTC), "Europe/London", Manners())

    assert instant == datetime(2026, 3, 9, 10, tzinfo=UTC)


def test_a_friday_night_waits_for_monday_morning_not_for_saturday() -> None:
    friday_night = datetime(2026, 3, 6, 23)

    instant = due(ORDINARY, friday_night, datetime(2026, 3, 2, tzinfo=UTC), "Europe/London", Manners())

    assert instant == datetime(2026, 3, 9, 8, tzinfo=UTC)


def test_the_send_by_reminder_ignores_weekends() -> None:
    saturday = datetime(2026, 3, 7, 10)

    instant = due(REMINDER, saturday, datetime(2026, 3, 6, tzinfo=UTC), "Europe/London", Manners())

    assert instant == datetime(2026, 3, 7, 10, tzinfo=UTC)


def test_the_send_by_reminder_only_moves_earlier_for_quiet_hours() -> None:
    now = datetime(2026, 3, 4, 12, tzinfo=UTC)

    at_night = due(REMINDER, datetime(2026, 3, 5, 2), now, "Europe/London", Manners())

    assert at_night == datetime(2026, 3, 4, 20, 45, tzinfo=UTC)


def test_a_reminder_asked_for_inside_quiet_hours_is_kept_to_the_minute() -> None:
    already_quiet = datetime(2026, 3, 4, 22, tzinfo=UTC)

    instant = due(REMINDER, datetime(2026, 3, 4, 23), already_quiet, "Europe/London", Manners())

    assert instant == datetime(2026, 3, 4, 23, tzinfo=UTC)


def test_a_persons_settings_are_read_from_their_slots() -> None:
    manners = manners_of({"quiet_from": "19:30", "quiet_to": "nonsense", "working_days": ("sat", "sun")})

    assert manners == Manners(time(19, 30), time(8), frozenset({5, 6}))


@given(wall=WALLS, zone_name=ZONES)
def test_an_ordinary_nudge_never_falls_into_quiet_hours_or_a_weekend(wall: datetime, zone_name: str) -> None:
    manners = Manners()

    instant = due(ORDINARY, wall, datetime(2023, 1, 1, tzinfo=UTC), zone_name, manners)

    shown = wall_time(instant, zone_name)
    assert not manners.quiet_at(shown.time())
    assert shown.weekday() in manners.working_days
    assert instant >= resolve(wall, zone_name)


@given(wall=WALLS, zone_name=ZONES, ahead=st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(days=2)))
def test_the_send_by_reminder_is_never_late_and_never_in_the_past(
    wall: datetime, zone_name: str, ahead: timedelta
) -> None:
    promised = resolve(wall, zone_name)
    now = promised - ahead

    instant = due(REMINDER, wall, now, zone_name, Manners())

    assert now < instant <= promised


@given(day=st.dates(min_value=date(2024, 1, 1), max_value=date(2030, 1, 1)), days=st.integers(1, 20))
def test_working_days_always_end_on_a_working_day(day: date, days: int) -> None:
    manners = Manners()
    now = datetime.combine(day, time(12), tzinfo=UTC)

    wall = after(Delay(working_days=days), now, "UTC", manners)

    assert wall.weekday() in manners.working_days
    counted = sum(
        (day + timedelta(days=n)).weekday() in manners.working_days for n in range(1, (wall.date() - day).days + 1)
    )
    assert counted == days
