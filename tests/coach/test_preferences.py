"""When, where and in which language, in the words that people use for it."""

import pytest

from bot.coach.craft import Craft
from tests.coach.shipped_rules import shipped_rules

PREFERENCES = Craft(shipped_rules()).preferences


def hours(text: str) -> str:
    span = PREFERENCES.hours.read(text)
    return "" if span is None else "-".join(f"{minutes // 60}:{minutes % 60:02}" for minutes in span)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("9 to 6", "9:00-18:00"),
        ("between 9 and 17", "9:00-17:00"),
        ("9am-5pm", "9:00-17:00"),
        ("from 8.30 till 4 p.m.", "8:30-16:00"),
        ("10:15 to 11", "10:15-11:00"),
        ("22 to 6", "22:00-18:00"),
        ("10pm to 6am", "22:00-6:00"),
        ("noon to 3", "12:00-15:00"),
        ("after 5 pm", "17:00-21:00"),
        ("only before noon", "8:00-12:00"),
        ("evenings only please", "17:00-21:00"),
        ("in the morning", "8:00-12:00"),
        ("any time", "0:00-0:00"),
        ("12 am to 12 pm", "0:00-12:00"),
        ("please don't write to me after 8pm", "8:00-20:00"),
        ("not before 10", "10:00-21:00"),
        ("no later than 7 pm", "8:00-19:00"),
        ("quiet hours 8pm to 9am", "9:00-20:00"),
        ("not between 9 and 5", "17:00-21:00"),
        ("never in the evening", "8:00-17:00"),
        ("nothing in the mornings", "12:00-21:00"),
        ("not at night", "8:00-21:00"),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, span: str) -> None:
    assert hours(text) == span


def test_an_end_that_is_not_named_stays_as_it_is() -> None:
    assert PREFERENCES.hours.read("not after 5pm", (9 * 60, 18 * 60)) == (9 * 60, 17 * 60)
    assert PREFERENCES.hours.read("not before 10", (9 * 60, 18 * 60)) == (10 * 60, 18 * 60)


def test_what_leaves_nothing_of_the_day_is_no_span() -> None:
    assert PREFERENCES.hours.read("not between 8 and 21", (9 * 60, 18 * 60)) is None


@pytest.mark.parametrize("text", ["whenever", "", "at 9", "99 to 100", "next year"])
def test_what_names_no_span_gives_none(text: str) -> None:
    assert hours(text) == ""


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Monday to Friday", "mon tue wed thu fri"),
        ("tues, thurs and sat", "tue thu sat"),
        ("weekdays", "mon tue wed thu fri"),
        ("weekdays and saturday", "mon tue wed thu fri sat"),
        ("every day except Sunday", "mon tue wed thu fri sat"),
        ("not on mondays", "tue wed thu fri sat sun"),
        ("no weekends", "mon tue wed thu fri"),
        ("Sat-Mon", "mon sat sun"),
        ("any day", "mon tue wed thu fri sat sun"),
        ("hm", ""),
    ],
)
def test_days_are_read_as_people_write_them(text: str, days: str) -> None:
    assert " ".join(PREFERENCES.days.read(text)) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("don't message me on sundays", "mon tue"),
        ("don't message me on Tuesdays", "mon"),
        ("you can write at weekends too", "mon tue sat sun"),
        ("only on fridays", "fri"),
        ("not after 8pm", ""),
    ],
)
def test_days_are_taken_from_those_that_are_set(text: str, days: str) -> None:
    assert " ".join(PREFERENCES.days.read(text, ("mon", "tue"))) == days


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Europe/Paris", "Europe/Paris"),
        ("New York", "America/New_York"),
        ("I'm in Manchester", "Europe/London"),
        ("são paulo", "America/Sao_Paulo"),
        ("Pacific time", "America/Los_Angeles"),
        ("kuala lumpur", "Asia/Kuala_Lumpur"),
        ("the moon", ""),
    ],
)
def test_a_zone_is_known_by_its_name_or_by_a_place_in_it(text: str, zone: str) -> None:
    assert PREFERENCES.zone(text) == zone


@pytest.mark.parametrize(
    ("text", "code"),
    [("in the UK", "GB"), ("Northern Ireland", "GB"), ("Ireland", "IE"), ("I miss us", "US"), ("x", "")],
)
def test_a_country_is_known_by_its_longest_name(text: str, code: str) -> None:
    assert PREFERENCES.countries.find(text) == code


def test_every_country_with_helplines_can_be_named() -> None:
    craft = Craft(shipped_rules())
    named = set(shipped_rules()["preferences"]["countries"])

    assert named == set(craft.helplines.countries)


def test_american_english_is_told_from_english() -> None:
    assert [PREFERENCES.languages.find(text) for text in ("American English", "english please")] == ["en-US", "en"]
