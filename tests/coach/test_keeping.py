"""The skills by which people see and change what is kept."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.coach.skills import skills_for
from bot.engine.conversation import Timer
from bot.engine.model import Facts
from bot.engine.values import Value, Values
from tests.coach.shipped_rules import shipped_rules

SKILLS = skills_for({"en": shipped_rules()})
NOW = datetime(2026, 3, 4, 10, 10, tzinfo=UTC)


def run(skill: str, timers: int = 0, **known: Value) -> Values:
    due = [NOW + timedelta(days=days) for days in range(timers, 0, -1)]
    armed = tuple(Timer("sent.reply", at.replace(tzinfo=None), at) for at in due)
    return SKILLS[skill].run(known, Facts(now=NOW, timers=armed, quiet_from=time(18)))


def test_the_next_reminders_come_first_and_the_rest_are_counted() -> None:
    given = run("list_things", timers=4)

    assert (given["next_at"], given["later_at"]) == (NOW + timedelta(days=1), NOW + timedelta(days=2))
    assert given["more_reminders"] == 2


@pytest.mark.parametrize(("timers", "known"), [(0, set()), (1, {"next_at"}), (2, {"next_at", "later_at"})])
def test_a_reminder_that_is_not_there_has_no_moment(timers: int, known: set[str]) -> None:
    assert set(run("list_things", timers)) & {"next_at", "later_at", "more_reminders"} == known


def test_settings_are_shown_as_the_hours_in_which_something_may_come() -> None:
    assert run("show_settings") == {"may_write": "Monday to Friday, 08:00 to 18:00"}


def test_hours_become_the_end_and_the_beginning_of_quiet() -> None:
    given = run("read_hours", hours_text="9 to 6")

    assert (given["quiet_to"], given["quiet_from"], given["understood"]) == ("09:00", "18:00", True)


@pytest.mark.parametrize(
    ("skill", "slot", "typed", "before"),
    [
        ("read_hours", "quiet_from", "hours_text", "20:00"),
        ("read_days", "working_days", "days_text", ("mon",)),
        ("read_zone", "timezone", "zone_text", "Europe/Paris"),
        ("read_language", "language", "language_text", "en"),
        ("read_country", "country", "country_text", "FR"),
    ],
)
def test_what_is_not_understood_changes_nothing(skill: str, slot: str, typed: str, before: Value) -> None:
    given = run(skill, **{typed: "hm", slot: before})

    assert (given[slot], given["understood"]) == (before, False)


@pytest.mark.parametrize(("pace", "a_week"), [("none", 0), ("one", 1), ("three", 3)])
def test_a_pace_is_a_number_of_reminders_a_week(pace: str, a_week: int) -> None:
    assert run("set_pace", pace=pace) == {"nudges_a_week": a_week}


def test_a_nickname_takes_the_place_of_the_name() -> None:
    assert run("use_nickname", nickname="the depot", company="Acme") == {"company": "the depot"}
