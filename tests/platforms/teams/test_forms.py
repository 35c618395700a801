"""Forms: what a dialog of Teams shows, and what comes back from it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.engine.events import FormSubmitted, MessageReceived
from bot.platforms.teams.forms import (
    Answer,
    Filled,
    again_body,
    form_body,
    message_body,
    offer,
    read_filled,
    submitted,
    wanted_form,
)
from bot.runtime.voice import Voice
from tests.shipped import coach
from tests.standins.teams import inputs_of, words_of
from tests.standins.teams_checks import faults_of_card

NOW = datetime(2026, 3, 4, 10, 10, tzinfo=UTC)
FORMS = ["draft_request", "check_draft", "got_feedback"]
RUDE = "Hi Dana, why didn't I get the job? You made the wrong decision."


def voice() -> Voice:
    return Voice(coach(), NOW)


def card_of(body: Mapping[str, Any]) -> dict[str, Any]:
    return dict(body["task"]["value"]["card"]["content"])


@pytest.mark.parametrize("intent", FORMS)
def test_every_form_is_a_card_that_teams_takes(intent: str) -> None:
    body = form_body(intent, voice())

    assert faults_of_card(card_of(body)) == []
    assert 0 < len(body["task"]["value"]["title"]) <= 60


@pytest.mark.parametrize("intent", FORMS)
def test_no_form_names_another_chat_platform(intent: str) -> None:
    assert not re.search(r"slack|discord|whatsapp|telegram|zoom", json.dumps(form_body(intent, voice())), re.IGNORECASE)


@pytest.mark.parametrize("intent", FORMS)
def test_a_long_text_is_given_the_room_that_there_is(intent: str) -> None:
    inputs = inputs_of(card_of(form_body(intent, voice()))).values()

    texts = [one for one in inputs if one["type"] == "Input.Text"]
    assert [one.get("height") == "stretch" for one in texts] == [one["isMultiline"] for one in texts]


def test_what_a_note_needs_is_asked_in_one_form() -> None:
    assert list(inputs_of(card_of(form_body("draft_request", voice())))) == ["company", "role", "news_channel"]


@pytest.mark.parametrize(
    ("key", "intent"),
    [("slots.news_channel", "draft_request"), ("check_draft.paste", "check_draft"), ("feedback.said", "got_feedback")],
)
def test_a_question_that_a_form_asks_too_offers_it(key: str, intent: str) -> None:
    (button,) = offer(("draft.anything", key), voice())

    assert wanted_form({"data": button["data"]}) == intent
    assert button["data"]["msteams"] == {"type": "task/fetch"}


def test_other_questions_offer_no_form() -> None:
    assert offer(("draft.next_step",), voice()) == []


def test_a_form_whose_dialog_is_switched_off_is_not_offered() -> None:
    without = replace(coach(), library=replace(coach().library, starts={}))

    assert offer(("check_draft.paste",), Voice(without, NOW)) == []


def test_every_question_with_a_form_is_one_that_the_coach_asks() -> None:
    from bot.platforms.teams.forms import OFFERED

    messages = coach().catalog.languages["en"].messages

    assert [key for key in OFFERED if key not in messages and key.split(".")[0] != "slots"] == []


def test_a_filled_form_is_one_event() -> None:
    filled = Filled("draft_request", None, "fill", {"company": "Acme", "role": "", "news_channel": "email", "x": "y"})

    assert submitted(filled, voice()) == FormSubmitted("draft", None, {"company": "Acme", "news_channel": "email"})


def test_a_draft_is_checked_in_its_place_first() -> None:
    read = submitted(Filled("check_draft", None, "fill", {"draft": RUDE}), voice())

    assert isinstance(read, Answer)
    assert faults_of_card(card_of(read.body)) == []
    assert inputs_of(card_of(read.body))["draft"]["value"] == RUDE
    assert [action["data"]["step"] for action in card_of(read.body)["actions"]] == ["fill", "checked"]


def test_every_point_of_a_check_stands_on_its_own() -> None:
    read = submitted(Filled("check_draft", None, "fill", {"draft": RUDE}), voice())

    assert isinstance(read, Answer)
    points = [words_of(one) for one in card_of(read.body)["body"] if words_of(one).startswith("•")]
    assert ["Gentler:" in one for one in points] == [False, True]
    assert "chose wrongly" in points[0]
    assert "puts them on the spot" in points[1]


def test_a_checked_draft_goes_on_in_the_chat() -> None:
    read = submitted(Filled("check_draft", None, "checked", {"draft": RUDE}), voice())

    assert read == FormSubmitted("check_draft", None, {"draft": RUDE})


def test_what_has_to_be_put_right_keeps_what_was_filled_in() -> None:
    read = submitted(Filled("got_feedback", 2, "fill", {"said": ""}), voice())
    long = submitted(Filled("draft_request", 2, "fill", {"company": "x" * 100, "role": "analyst"}), voice())

    assert isinstance(read, Answer)
    assert isinstance(long, Answer)
    assert "Please write something" in words_of(card_of(read.body))
    assert inputs_of(card_of(long.body))["role"]["value"] == "analyst"
    assert card_of(long.body)["actions"][0]["data"]["application"] == 2


def test_what_could_not_be_saved_is_said_in_the_dialog_with_nothing_lost() -> None:
    body = again_body(Filled("got_feedback", None, "fill", {"said": "more detail"}), voice(), {}, "Not saved.")

    assert words_of(card_of(body)).startswith("Not saved.")
    assert inputs_of(card_of(body))["said"]["value"] == "more detail"


def test_somebody_at_risk_is_answered_in_the_chat() -> None:
    filled = Filled("got_feedback", None, "fill", {"said": "I want to kill myself"})

    assert submitted(filled, voice()) == MessageReceived("I want to kill myself")


@pytest.mark.parametrize(
    "data",
    [
        None,
        "x",
        {},
        {"form": 5},
        {"form": "draft_request"},
        {"form": "draft_request", "application": "2", "step": "fill"},
        {"form": "draft_request", "application": True, "step": "fill"},
        {"form": "draft_request", "application": 2, "step": "evil"},
    ],
)
def test_what_is_no_form_of_ours_is_none(data: object) -> None:
    assert read_filled({"data": data}) is None


def test_a_dialog_may_only_say_something() -> None:
    assert message_body("Hi <at>you</at>.") == {"task": {"type": "message", "value": "Hi < at>you< /at>."}}
