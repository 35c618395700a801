"""Whom to call or text in a crisis."""

from datetime import date, timedelta

import pytest

from bot.coach.craft import Craft
from bot.coach.helplines import Helplines
from bot.coach.rules import BadRuleError, Rules
from tests.coach.shipped_rules import shipped_rules

HELPLINES = Craft(shipped_rules()).helplines
CHECKED = max(line.checked_on for country in HELPLINES.countries.values() for line in country.lines)


@pytest.mark.parametrize("code", ["GB", "gb", "UK"])
def test_a_country_has_its_numbers_one_a_row_and_its_emergency_number(code: str) -> None:
    country = HELPLINES.country(code)

    assert "Samaritans: call 116 123" in HELPLINES.worded(code).split("\n")
    assert country is not None
    assert country.emergency == "999"


def test_a_number_may_be_called_and_texted() -> None:
    assert "call 988, or text 988" in HELPLINES.worded("US")


@pytest.mark.parametrize("code", ["", "ZZ"])
def test_an_unknown_country_gets_the_international_line(code: str) -> None:
    assert HELPLINES.worded(code) == "Find a helpline near you: findahelpline.com"
    assert HELPLINES.country(code) is None


def test_beside_the_lines_of_a_country_that_is_only_assumed_stands_the_international_one() -> None:
    rows = HELPLINES.guessed("GB").split("\n")

    assert rows[0] == "Samaritans: call 116 123"
    assert rows[-1] == "Find a helpline near you: findahelpline.com"
    assert HELPLINES.guessed("ZZ") == HELPLINES.worded("")


def test_a_line_that_nobody_checked_for_180_days_is_stale() -> None:
    assert HELPLINES.stale(CHECKED + timedelta(days=180)) == ()
    assert HELPLINES.stale(CHECKED + timedelta(days=181))


def test_every_line_says_where_its_number_comes_from() -> None:
    lines = [line for country in HELPLINES.countries.values() for line in country.lines]

    assert {line.source for line in lines} == {"public pages", "general knowledge"}
    assert all(line.hours and line.language for line in lines)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ({"name": "A"}, ()),
        (
            {"name": "A", "call": "1", "hours": "x", "language": "en", "source": "x", "checked_on": "soon"},
            ("checked_on",),
        ),
    ],
)
def test_a_line_without_a_number_or_a_date_is_refused(line: dict[str, str], fault: tuple[str, ...]) -> None:
    rules = {**shipped_rules()["helplines"], "international": line}

    with pytest.raises(BadRuleError) as refused:
        Helplines.from_rules(Rules(rules, ("helplines",)))

    assert refused.value.path == ("helplines", "international", *fault)


def test_a_day_is_compared_and_not_a_text() -> None:
    assert isinstance(CHECKED, date)
