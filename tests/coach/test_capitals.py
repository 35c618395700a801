"""Names typed in a hurry, as they stand in a letter."""

import pytest

from bot.coach.capitals import as_name, as_role

ABBREVIATIONS = {"HR", "NHS", "LTD"}


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
    assert as_name(typed, ABBREVIATIONS) == written


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("analyst", "analyst"),
        ("the analyst job", "analyst"),
        ("an Analyst role", "Analyst"),
        ("hr manager", "HR manager"),
        ("ANALYST", "analyst"),
        ("PA", "PA"),
        ("job coach", "job coach"),
    ],
)
def test_a_role_fits_between_the_and_role(typed: str, written: str) -> None:
    assert as_role(typed, ABBREVIATIONS) == written


def test_writing_a_name_twice_changes_nothing_more() -> None:
    once = as_name("de la rue of hull")

    assert as_name(once) == once
