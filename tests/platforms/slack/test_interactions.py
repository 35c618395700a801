"""Interactions: what is pressed, typed behind the command or filled in means one thing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.events import ChoicePicked, CommandGiven
from bot.platforms.slack.incoming import Ignored, Unusable
from bot.platforms.slack.interactions import (
    UNKNOWN_CHOICE,
    CheckWanted,
    Command,
    FormWanted,
    Press,
    Submission,
    read_command,
    read_press,
    read_submission,
)
from bot.runtime.ports import Address
from tests.platforms.slack.payloads import command, press, submission
from tests.platforms.slack.test_incoming import JSON

SAM = Address("slack", "T0ONE", "U0SAM", "D0SAM")


def test_a_press_is_a_choice_of_its_question() -> None:
    read = read_press(press())

    assert isinstance(read, Press)
    assert (read.address, read.event, read.label) == (SAM, ChoicePicked(3, "draft"), "Draft it")


def test_the_same_button_pressed_again_is_the_same_press_and_another_button_is_not() -> None:
    first, again = read_press(press()), read_press(press({"action_ts": "1772620051.9"}))
    other = read_press(press({"action_id": "choice:1", "value": "3:not_yet"}))

    assert isinstance(first, Press)
    assert isinstance(again, Press)
    assert isinstance(other, Press)
    assert first.id == again.id != other.id


@pytest.mark.parametrize(
    "action", [{"value": "state-of-last-month:1"}, {"value": None}, {"action_id": "choose", "value": "1"}]
)
def test_a_forged_or_foreign_value_is_an_unknown_choice(action: dict[str, Any]) -> None:
    read = read_press(press(action))

    assert isinstance(read, Press)
    assert read.event == UNKNOWN_CHOICE


def test_a_button_on_the_home_page_gives_its_command_each_time_it_is_pressed() -> None:
    home = {"channel": None, "message": None, "container": {"type": "view"}}
    first = read_press(press({"action_id": "command:on_call", "block_id": "b1"}, **home))
    again = read_press(press({"action_id": "command:on_call", "block_id": "b1", "action_ts": "1772620099.1"}, **home))

    assert isinstance(first, Press)
    assert isinstance(again, Press)
    assert first.event == CommandGiven("on_call")
    assert first.id != again.id


def test_a_button_that_opens_a_form_brings_its_trigger() -> None:
    read = read_press(press({"action_id": "form:check_draft", "block_id": "b1"}))

    assert read == FormWanted(SAM, "check_draft", "1.2.def")


def test_the_button_that_checks_again_brings_its_form() -> None:
    read = read_press(press({"action_id": "check_again", "block_id": "b1"}, view={"id": "V1", "hash": "2.h"}))

    assert isinstance(read, CheckWanted)
    assert read.id == "U0SAM:V1:2.h"


def test_a_button_of_somebody_else_is_not_theirs_to_press() -> None:
    assert read_press(press({"block_id": "choice:slack:T0ONE:U0ANA"})) == Ignored("anothers_button")


def test_a_link_that_was_followed_is_no_turn() -> None:
    assert read_press(press({"action_id": "link:0"})) == Ignored("link")


@pytest.mark.parametrize(
    "more",
    [
        {"actions": []},
        {"actions": None},
        {"actions": ["x"]},
        {"user": None},
        {"user": {"id": "U0SAM", "team_id": "T0OTHER"}},
        {"team": {}},
    ],
)
def test_a_press_of_the_wrong_shape_is_unusable(more: dict[str, Any]) -> None:
    assert read_press(press(**more)) == Unusable("unusable_press")


def test_a_command_brings_its_words_and_where_to_answer() -> None:
    read = read_command(command(" check  Dear Acme "))

    url = "https://hooks.slack.com/commands/T0ONE/1/x"
    assert read == Command(
        "U0SAM:1.2.abc", Address("slack", "T0ONE", "U0SAM"), "check  Dear Acme", "1.2.abc", "D0SAM", url
    )


@pytest.mark.parametrize("more", [{"team_id": ""}, {"user_id": "x y"}, {"trigger_id": ""}])
def test_a_command_of_the_wrong_shape_is_unusable(more: dict[str, Any]) -> None:
    assert read_command(command(**more)) == Unusable("unusable_command")


def test_a_form_is_known_by_its_view_and_how_often_it_was_shown() -> None:
    read = read_submission(submission())

    assert isinstance(read, Submission)
    assert read.id == "U0SAM:V1:1.h"


@given(st.dictionaries(st.sampled_from(["actions", "user", "team", "channel", "message", "view", "container"]), JSON))
def test_no_shape_makes_reading_fail(more: dict[str, Any]) -> None:
    pressed, submitted = read_press({**press(), **more}), read_submission({**submission(), **more})

    assert isinstance(pressed, Press | FormWanted | CheckWanted | Ignored | Unusable)
    assert isinstance(submitted, Submission | Ignored | Unusable)


@given(st.dictionaries(st.sampled_from(["action_id", "block_id", "value", "text", "action_ts", "type"]), JSON))
def test_no_button_makes_reading_fail(action: dict[str, Any]) -> None:
    assert isinstance(read_press(press(action)), Press | FormWanted | CheckWanted | Ignored | Unusable)
