"""From the compose box: a form, the draft to change, and a card that waits for Send."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.content.message import Paragraph
from bot.engine.conversation import Conversation
from bot.engine.events import MessageReceived
from bot.platforms.teams.extension import COMMAND, acted, fetched
from bot.runtime.voice import Voice
from tests.shipped import coach
from tests.standins.teams import inputs_of, words_of
from tests.standins.teams_checks import faults_of_card

NOW = datetime(2026, 3, 4, 10, 10, tzinfo=UTC)


def voice() -> Voice:
    return Voice(coach(), NOW)


def act(data: dict[str, Any]) -> Any:
    return acted({"commandId": COMMAND, "data": data}, voice())


def filled(**values: str) -> dict[str, Any]:
    return {"form": "draft_request", "application": None, "step": "fill", **values}


def preview(**values: str) -> dict[str, Any]:
    return dict(act(filled(**values))["task"]["value"]["card"]["content"])


def test_the_action_opens_a_form() -> None:
    body = fetched({"commandId": COMMAND}, voice())

    assert body is not None
    assert faults_of_card(body["task"]["value"]["card"]["content"]) == []


@pytest.mark.parametrize("command", [None, "other", 5])
def test_another_action_is_none_of_ours(command: object) -> None:
    assert fetched({"commandId": command}, voice()) is None
    assert acted({"commandId": command, "data": filled()}, voice()) is None


def test_a_filled_form_becomes_a_draft_that_may_be_changed() -> None:
    card = preview(company="Acme", role="analyst", news_channel="email")
    field = inputs_of(card)["draft"]

    assert faults_of_card(card) == []
    assert "Acme" in field["value"]
    assert field["isMultiline"]
    assert "Nothing is sent until you press Send" in words_of(card)


def test_a_form_left_open_makes_a_draft_all_the_same() -> None:
    assert "improve" in inputs_of(preview())["draft"]["value"]


def test_the_changed_draft_waits_in_the_compose_box() -> None:
    result = act({"step": "insert", "draft": "Dear Dana,\n\nthank you."})["composeExtension"]

    assert result["type"] == "result"
    assert faults_of_card(result["attachments"][0]["content"]) == []
    assert words_of(result["attachments"][0]["content"]) == "Dear Dana,\nthank you."


def test_in_the_list_of_results_stands_the_first_line_and_nothing_that_reads_as_a_tag() -> None:
    (result,) = act({"step": "insert", "draft": "\n<at>all</at> " + "👩‍👩‍👧" * 40})["composeExtension"]["attachments"]

    assert result["preview"]["content"]["title"].startswith("< at>all< /at> 👩‍👩‍👧")
    assert result["preview"]["content"]["title"].endswith("👩‍👩‍👧…")


def test_what_has_to_be_put_right_keeps_the_dialog_open() -> None:
    body = act(filled(company="x" * 200))

    assert body["task"]["type"] == "continue"
    assert "too long" in words_of(body["task"]["value"]["card"]["content"])


def test_somebody_at_risk_is_answered_there_and_then() -> None:
    body = act(filled(company="I want to kill myself"))
    in_the_chat = coach().take_turn(Conversation(), MessageReceived("I want to kill myself"), NOW).message

    assert body["task"]["type"] == "message"
    assert in_the_chat is not None
    assert "crisis" in in_the_chat.keys[0]
    assert all(part.text in body["task"]["value"] for part in in_the_chat.parts if isinstance(part, Paragraph))


@pytest.mark.parametrize(
    "data", [None, "x", [], {}, {"step": "insert"}, {"step": "insert", "draft": 5}, {"form": "got_feedback"}]
)
def test_odd_data_leads_nowhere(data: Any) -> None:
    assert act(data) is None
