"""Until when to send, and when to be reminded, in every zone and at every hour."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach import timing
from bot.engine.model import Delay, Facts
from bot.engine.schedules import Manners

LONDON = ZoneInfo("Europe/London")
ZONES = [
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/Sao_Paulo",
    "Pacific/Apia",
]
HURRIES: list[timing.Hurry] = ["day", "today", "days"]

FIVE_DAYS = Delay(working_days=5, at=time(10))


def facts(moment: str, zone: str = "Europe/London", **more: time) -> Facts:
    return Facts(now=datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone)), **more)


def wall(moment: datetime | None) -> str:
    return moment.strftime("%a %H:%M") if moment else ""


def test_an_email_is_best_answered_within_24_hours_of_its_arrival() -> None:
    this_morning = facts("2026-03-04 10:10")

    until = timing.send_by("day", this_morning.now - timedelta(hours=1), this_morning)

    assert wall(until) == "Thu 09:10"


@pytest.mark.parametrize(("days", "old"), [(0, False), (4, False), (5, True), (21, True)])
def test_news_is_old_after_some_days(days: int, old: bool) -> None:
    now = facts("2026-03-04 10:10")

    assert timing.is_old(now.now - timedelta(days=days), now) is old


def test_an_email_whose_hour_is_unknown_counts_from_now() -> None:
    assert wall(timing.send_by("day", None, facts("2026-03-04 10:10"))) == "Thu 10:10"


def test_24_hours_are_24_hours_when_the_clocks_go_forward() -> None:
    saturday = facts("2026-03-28 20:00")

    assert wall(timing.send_by("day", None, saturday)) == "Sun 21:00"


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-03-04 10:00", "Wed 18:00"),
        ("2026-03-04 17:30", "Wed 21:00"),
        ("2026-03-04 22:30", "Thu 18:00"),
    ],
)
def test_after_a_call_the_mail_goes_today_or_when_it_is_night_tomorrow(now: str, until: str) -> None:
    assert wall(timing.send_by("today", None, facts(now))) == until


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-03-04 10:00", "Wed 18:00"),
        ("2026-03-04 17:30", "Thu 18:00"),
        ("2026-03-07 10:00", "Mon 18:00"),
    ],
)
def test_news_of_last_week_is_not_too_late_and_goes_by_the_end_of_a_working_day(now: str, until: str) -> None:
    when = facts(now)

    assert wall(timing.send_by("day", when.now - timedelta(days=7), when)) == until


@pytest.mark.parametrize(
    ("now", "reminder"),
    [
        ("2026-03-04 10:10", "Wed 17:00"),
        ("2026-03-04 15:30", "Wed 17:00"),
        ("2026-03-04 15:45", "Thu 09:00"),
        ("2026-03-04 23:50", "Thu 09:00"),
        ("2026-03-06 11:00", "Fri 17:00"),
    ],
)
def test_the_reminder_comes_this_afternoon_or_tomorrow_morning(now: str, reminder: str) -> None:
    when = facts(now)

    assert wall(timing.remind_at(timing.send_by("day", None, when), when)) == reminder


def test_a_reminder_in_quiet_hours_moves_to_the_evening_before() -> None:
    late_riser = facts("2026-03-04 18:00", quiet_from=time(20), quiet_to=time(10))

    assert wall(timing.remind_at(timing.send_by("day", None, late_riser), late_riser)) == "Wed 19:45"


def test_no_reminder_is_offered_when_no_moment_is_left() -> None:
    when = facts("2026-03-04 17:20")

    assert timing.remind_at(when.now + timedelta(minutes=40), when) is None


def test_the_question_for_a_reply_comes_on_a_morning_five_working_days_on() -> None:
    assert wall(timing.reply_check_at(facts("2026-03-06 16:00"), FIVE_DAYS)) == "Fri 10:00"


def test_five_working_days_are_those_of_the_person() -> None:
    weekend_worker = Facts(now=datetime(2026, 3, 6, 16, tzinfo=LONDON), working_days=frozenset({5, 6}))

    assert timing.reply_check_at(weekend_worker, FIVE_DAYS).date().isoformat() == "2026-03-21"


def test_cooling_off_lasts_until_tomorrow_morning_after_the_quiet_hours() -> None:
    assert wall(timing.tomorrow_at(facts("2026-03-04 23:00"))) == "Thu 09:00"
    assert wall(timing.tomorrow_at(facts("2026-03-04 23:00", quiet_to=time(11)))) == "Thu 11:00"


def test_nothing_is_offered_on_a_day_that_the_person_ruled_out() -> None:
    weekdays = facts("2026-03-06 15:45", offered_days=frozenset(range(5)))

    assert wall(timing.tomorrow_at(weekdays)) == "Mon 09:00"
    assert wall(timing.remind_at(timing.send_by("day", None, weekdays), weekdays)) == "Fri 17:00"


@given(
    now=st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)),
    zone=st.sampled_from(ZONES),
    hurry=st.sampled_from(HURRIES),
    hours_ago=st.integers(0, 24 * 30),
    quiet=st.tuples(st.times(), st.times()),
)
def test_a_reminder_lies_between_now_and_the_send_by_moment_and_outside_quiet_hours(
    now: datetime, zone: str, hurry: timing.Hurry, hours_ago: int, quiet: tuple[time, time]
) -> None:
    local = now.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    when = Facts(now=local, quiet_from=quiet[0], quiet_to=quiet[1])

    until = timing.send_by(hurry, local - timedelta(hours=hours_ago), when)
    reminder = timing.remind_at(until, when)

    assert until.astimezone(UTC) > local.astimezone(UTC)
    if reminder is not None:
        assert local.astimezone(UTC) < reminder.astimezone(UTC) < until.astimezone(UTC)
        assert not Manners(*quiet).quiet_at(reminder.time())


@given(now=st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)), zone=st.sampled_from(ZONES))
def test_a_wall_time_that_is_promised_exists_on_that_day(now: datetime, zone: str) -> None:
    local = now.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))

    for moment in (timing.tomorrow_at(Facts(now=local)), timing.reply_check_at(Facts(now=local), FIVE_DAYS)):
        assert moment.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == moment.replace(tzinfo=None)
