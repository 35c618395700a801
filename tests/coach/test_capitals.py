"""Names typed in a hurry, as they stand in a letter."""

import pytest

from bot.coach.capitals import Capitals
from bot.coach.rules import Rules
from tests.coach.shipped_rules import shipped_rules

CAPITALS = Capitals.from_rules(Rules(shipped_rules()["capitals"]), ["HR", "nhs", "LTD"])


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("acme", "Acme"),
        ("acme and sons", "Acme and Sons"),
        ("the body shop", "The Body Shop"),
        ("smith-jones", "Smith-Jones"),
        ("eBay", "eBay"),
        ("nhs", "NHS"),
        ("  north   wind ", "North Wind"),
        ("", ""),
    ],
)
def test_a_name_gets_its_capitals_and_keeps_those_it_has(typed: str, written: str) -> None:
    assert CAPITALS.name(typed) == written


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("analyst", "analyst"),
        ("the analyst job", "analyst"),
        ("an Analyst role", "Analyst"),
        ("hr manager", "HR manager"),
        ("ANALYST", "analyst"),
        ("PA", "PA"),
        ("my JOB role", "JOB"),
        ("the role", "role"),
        ("job coach", "job coach"),
    ],
)
def test_a_role_fits_between_the_and_role(typed: str, written: str) -> None:
    assert CAPITALS.role(typed) == written


def test_writing_a_name_twice_changes_nothing_more() -> None:
    once = CAPITALS.name("de la rue of hull")

    assert CAPITALS.name(once) == once


def test_a_person_is_no_abbreviation() -> None:
    assert CAPITALS.person("hr") == "Hr"
