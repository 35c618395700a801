"""Which country somebody is in, by their time zone or by a place that they tell of."""

from collections.abc import Iterator
from importlib.resources import files

import pytest

from bot.coach.craft import Craft
from bot.coach.places import ELSEWHERE
from bot.coach.words import Words
from tests.coach.shipped_rules import shipped_rules

CRAFT = Craft(shipped_rules())
PLACES = CRAFT.places


def zones_of_the_world() -> Iterator[tuple[str, str]]:
    for line in files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            code, _, zone, *_ = line.split("\t")
            yield code, zone


def test_every_zone_of_a_country_with_lines_is_known() -> None:
    with_lines = [(code, zone) for code, zone in zones_of_the_world() if CRAFT.helplines.country(code)]

    otherwise = [(code, zone) for code, zone in with_lines if PLACES.country_of(zone, "GB") != code]

    assert otherwise == []


def test_no_zone_is_said_to_be_in_another_country() -> None:
    wrong = [
        (code, zone) for code, zone in zones_of_the_world() if PLACES.country_of(zone, "GB") not in (code, ELSEWHERE)
    ]

    assert wrong == []


def test_an_unknown_zone_may_be_of_an_operators_country_that_is_not_in_the_file() -> None:
    assert PLACES.country_of("Africa/Nairobi", "GB") == ELSEWHERE
    assert PLACES.country_of("Africa/Nairobi", "KE") == ""
    assert PLACES.country_of("Europe/London", "KE") == "GB"


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC", "GMT", ""])
def test_the_clock_of_a_machine_is_no_place(zone: str) -> None:
    assert PLACES.country_of(zone, "GB") == ""


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("hi im a teacher in san diego. lincoln middle school went with someone else", "US"),
        ("i live in california", "US"),
        ("I'm in the US", "US"),
        ("i'm in new mexico", "US"),
        ("im living alone in toronto", "CA"),
        ("i live in the uk", "GB"),
        ("I work in London.", "GB"),
        ("here in canada nobody replies", "CA"),
    ],
)
def test_a_place_is_told(text: str, country: str) -> None:
    assert PLACES.told_in(Words.of(text)) == country


@pytest.mark.parametrize(("text", "country"), [("Texas", "US"), ("near San Diego, California", "US"), ("dunno", "")])
def test_a_place_answers_where_somebody_is(text: str, country: str) -> None:
    assert PLACES.named_in(Words.of(text)) == country


@pytest.mark.parametrize(
    "text",
    [
        "i'm in spain next week",
        "i'm a candidate for a job in germany",
        "acme in berlin said no",
        "they want us in texas",
        "i live in a mess",
        "i'm a nurse from ohio",
        "i'm in sales",
    ],
)
def test_a_place_that_is_applied_to_or_visited_is_not(text: str) -> None:
    assert PLACES.told_in(Words.of(text)) == ""
