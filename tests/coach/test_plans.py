"""A first act for each area, and the card of what was planned."""

import pytest

from bot.coach.craft import Craft
from tests.coach.shipped_rules import shipped_rules

CRAFT = Craft(shipped_rules())
PLANS = CRAFT.plans


def test_every_area_that_can_be_worked_on_has_a_first_act() -> None:
    workable = {name for name, area in CRAFT.feedback.areas.items() if area.kind != "neither"}

    assert set(PLANS.steps) == workable


@pytest.mark.parametrize("area", PLANS.steps)
def test_an_if_then_says_when_and_what(area: str) -> None:
    if_then = PLANS.steps[area].if_then

    assert if_then.startswith("If ")
    assert ", then I " in if_then


def test_the_easiest_of_the_areas_that_were_named_comes_first() -> None:
    assert PLANS.easiest(("experience_gap", "answer_detail", "communication")) == "answer_detail"


def test_nothing_is_suggested_where_nothing_was_named() -> None:
    assert PLANS.easiest(()) == ""


def test_a_card_holds_what_was_planned_line_by_line() -> None:
    assert PLANS.card("Write one answer.", "Thursday", "If so, then I go on.", "") == (
        "What: Write one answer.\nWhen: Thursday\nPlan: If so, then I go on."
    )


def test_a_card_has_no_line_for_what_was_left_out() -> None:
    assert PLANS.card("Write one answer.", "", "", "") == "What: Write one answer."
