"""Modals: opened at once, filled by an update, checked in place, and read when they come back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.cleaning import clean
from bot.engine.conversation import Conversation
from bot.engine.events import FormSubmitted, MessageReceived
from bot.platforms.slack.modals import (
    Answer,
    checked_again,
    form_view,
    opening_view,
    read_opened,
    submitted,
    trouble_view,
)
from bot.runtime.forms import form_for
from tests.hostile.texts import HostileText, faults_in, hostile_texts
from tests.platforms.slack.people import DRAFT, NEW, voice, working
from tests.standins.slack_checks import faults_of_view
from tests.standins.slack_screen import labels_of, words_of

INTENTS = ("draft_request", "check_draft", "got_feedback")
ANGRY = "You made a mistake. Why didn't I get the job?"


def filled(intent: str, conversation: Conversation = NEW, /, **answers: str) -> dict[str, Any]:
    """A form with answers in its fields, as Slack hands it back."""
    view = form_view(form_for(intent, voice(conversation)), voice(conversation))
    return {**view, "state": {"values": {slot: typed(answer) for slot, answer in answers.items()}}}


def typed(answer: str) -> dict[str, Any]:
    return {"answer": {"type": "plain_text_input", "value": answer}}


def checked(draft: str, conversation: Conversation = NEW) -> dict[str, Any]:
    """The form of a draft after its first check, with the same words still in the field."""
    answer = submitted(filled("check_draft", conversation, draft=draft), voice(conversation))
    assert isinstance(answer, Answer)
    return {**answer.body["view"], "state": {"values": {"draft": typed(draft)}}}


# -------------------------------------------------------------------------------------------- what Slack takes


@pytest.mark.parametrize("intent", INTENTS)
def test_slack_takes_every_step_of_every_form(intent: str) -> None:
    known = voice(working())

    for view in (
        opening_view(intent, voice()),
        form_view(form_for(intent, known), known),
        trouble_view(intent, voice()),
    ):
        assert faults_of_view(view) == []


def test_slack_takes_the_check_of_a_draft() -> None:
    view = checked(ANGRY)
    del view["state"]

    assert faults_of_view(view) == []


@pytest.mark.parametrize("hostile", hostile_texts(), ids=lambda hostile: hostile.id)
def test_nothing_in_a_text_breaks_out_of_a_form(hostile: HostileText) -> None:
    text = clean(hostile.text)
    known = voice(working(text[:80], text[:80], text))

    views = [form_view(form_for(intent, known, text), known) for intent in INTENTS]

    assert faults_in(hostile, views) == []
    assert [fault for view in views for fault in faults_of_view(view)] == []


@given(st.text(min_size=1, max_size=2_000))
def test_slack_takes_the_check_of_any_draft(draft: str) -> None:
    answer = submitted(filled("check_draft", draft=draft), voice())

    view = answer.body.get("view") if isinstance(answer, Answer) else None

    assert view is None or faults_of_view(view) == []


# ----------------------------------------------------------------------------------------------------- opening


def test_what_opens_at_once_knows_nothing_of_the_person_and_asks_nothing() -> None:
    view = opening_view("check_draft", voice())

    assert words_of(view["blocks"]) == "One moment…"
    assert "submit" not in view


def test_what_is_known_already_is_filled_in() -> None:
    view = form_view(form_for("draft_request", voice(working())), voice(working()))

    begins = {block["block_id"]: block["element"].get("initial_value") for block in view["blocks"][:2]}
    assert begins == {"company": "Acme", "role": "analyst"}


def test_the_note_being_worked_on_stands_in_a_field_of_several_lines() -> None:
    field = form_view(form_for("check_draft", voice(working())), voice(working()))["blocks"][0]["element"]

    assert (field["multiline"], field["initial_value"]) == (True, DRAFT)


def test_a_text_that_was_brought_along_goes_before_what_was_there() -> None:
    known = voice(working())

    field = form_view(form_for("check_draft", known, "My own words"), known)["blocks"][0]["element"]

    assert field["initial_value"] == "My own words"


def test_a_form_names_its_dialog_and_its_application() -> None:
    view = form_view(form_for("check_draft", voice(working())), voice(working()))

    carried = json.loads(view["private_metadata"])
    assert (carried["dialog"], carried["application"]) == ("check_draft", 1)


# -------------------------------------------------------------------------------------------------- submitting


def test_a_filled_form_is_one_event_that_names_dialog_and_application() -> None:
    event = submitted(filled("draft_request", working(), company="Acme", role="analyst"), voice(working()))

    assert event == FormSubmitted("draft", 1, {"company": "Acme", "role": "analyst"})


def test_a_choice_is_read_by_its_code() -> None:
    view = filled("draft_request", company="Acme")
    option = {"text": {"type": "plain_text", "text": "By e-mail"}, "value": "email"}
    view["state"]["values"]["news_channel"] = {"answer": {"type": "radio_buttons", "selected_option": option}}

    assert submitted(view, voice()) == FormSubmitted("draft", None, {"company": "Acme", "news_channel": "email"})


@pytest.mark.parametrize("nothing", ["", "   ", "\u200b\u200b"])
def test_an_empty_field_that_is_needed_is_answered_beside_it(nothing: str) -> None:
    answer = submitted(filled("got_feedback", said=nothing), voice())

    assert answer == Answer({"response_action": "errors", "errors": {"said": "Please write something here."}})


def test_a_text_that_is_too_long_is_answered_beside_its_field() -> None:
    answer = submitted(filled("draft_request", company="A" * 81), voice())

    assert isinstance(answer, Answer)
    assert answer.body["errors"] == {"company": "That's too long for me. Please keep it under 80 characters."}


def test_an_answer_that_no_form_offers_is_refused_beside_its_field() -> None:
    answer = submitted(filled("draft_request", news_channel="carrier pigeon"), voice())

    assert isinstance(answer, Answer)
    assert list(answer.body["errors"]) == ["news_channel"]


def test_a_text_of_somebody_at_risk_goes_to_the_chat_where_it_is_answered_first() -> None:
    text = "they said no again. i want to kill myself"

    assert submitted(filled("got_feedback", said=text), voice()) == MessageReceived(text)
    assert submitted(filled("check_draft", draft=text), voice()) == MessageReceived(text)


@pytest.mark.parametrize(
    "carried",
    ["", "{", "[]", "null", '{"intent":"check_draft"}', '{"intent":7,"application":1,"step":"fill"}'],
)
def test_a_view_that_is_none_of_ours_is_left_alone(carried: str) -> None:
    assert submitted({"private_metadata": carried, "state": {"values": {}}}, voice()) is None


@pytest.mark.parametrize(
    "state", [None, [], {"values": []}, {"values": {"said": []}}, {"values": {"said": {"answer": 1}}}]
)
def test_a_state_of_another_shape_is_an_empty_form(state: object) -> None:
    answer = submitted({**filled("got_feedback"), "state": state}, voice())

    assert isinstance(answer, Answer)


def test_a_form_whose_dialog_was_switched_off_meanwhile_is_none_of_ours() -> None:
    view = filled("got_feedback", said="strong")
    view["private_metadata"] = view["private_metadata"].replace("got_feedback", "no_such_form")

    assert submitted(view, voice()) is None


# ---------------------------------------------------------------------------------------------------- checking


def test_a_draft_is_checked_in_place_before_anything_is_sent_anywhere() -> None:
    view = checked(ANGRY)

    shown = words_of(view["blocks"])
    assert "You may meet them again." in shown
    assert "With those points changed:" in shown
    assert "Nothing of it is kept." in shown


def test_a_good_draft_is_told_so_and_not_rewritten() -> None:
    good = "Hello, thank you for your time. Would you mind telling me what I could improve, and which area most? Sam"

    shown = words_of(checked(good)["blocks"])

    assert "It's ready to send as it is." in shown
    assert "With those points changed" not in shown


def test_the_draft_stays_below_its_check_to_go_on_writing() -> None:
    view = checked(ANGRY)

    field = next(block for block in view["blocks"] if block["type"] == "input")
    assert field["element"]["initial_value"] == ANGRY
    assert labels_of(view["blocks"]) == ["Check it again"]


def test_the_check_can_be_had_again_in_place() -> None:
    view = checked(ANGRY)
    view["state"]["values"]["draft"] = typed("Thank you. What could I improve, and which area should I develop most?")

    again = checked_again(view, voice())

    assert isinstance(again, dict)
    assert "ready to send" in words_of(again["blocks"])


def test_there_is_nothing_to_check_in_an_empty_field() -> None:
    view = checked(ANGRY)
    view["state"]["values"]["draft"] = typed(" ")

    assert checked_again(view, voice()) is None


def test_after_the_check_the_form_goes_on_in_the_chat() -> None:
    assert submitted(checked(ANGRY, working()), voice(working())) == FormSubmitted("check_draft", 1, {"draft": ANGRY})


def test_the_application_is_the_one_that_the_form_was_opened_for() -> None:
    view = checked(ANGRY, working())

    opened = read_opened(view)

    assert opened is not None
    assert opened.application == 1
