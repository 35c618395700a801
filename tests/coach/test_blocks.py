"""Lines in several forms, filled by name and by nothing else."""

import pytest

from bot.coach.blocks import Line, read_line
from bot.coach.rules import BadRuleError, Rules


def test_the_fullest_form_that_can_be_filled_is_said() -> None:
    line = Line(("the {role} role at {company}", "the {role} role", "the role"))

    assert line.say({"role": "analyst", "company": ""}) == "the analyst role"


def test_nothing_is_said_when_no_form_can_be_filled() -> None:
    assert Line(("Dear {company},",)).say({}) == ""


def test_what_fills_a_place_is_never_read_as_a_place() -> None:
    assert Line(("{company} and {role}",)).say({"company": "{role}", "role": "x"}) == "{role} and x"


def test_a_line_without_a_form_is_refused_with_its_path() -> None:
    with pytest.raises(BadRuleError) as refused:
        read_line(Rules([], ("drafts", "close")))

    assert refused.value.path == ("drafts", "close")
