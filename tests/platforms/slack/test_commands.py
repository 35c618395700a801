"""The slash command and the forms that it opens."""

from __future__ import annotations

import json

import pytest

from tests.platforms.slack.payloads import command
from tests.platforms.slack.serving import Running
from tests.standins.slack import SlackStandIn, Someone
from tests.standins.slack_delivery import Http
from tests.standins.slack_screen import words_of


@pytest.mark.parametrize("text", ["", "help", "HELP"])
async def test_help_says_how_to_use_the_command_to_them_alone(served: Running, sam: Someone, text: str) -> None:
    await sam.commands(text)

    (told,) = sam.messages
    assert told.ephemeral
    assert "/afterword" in told.text


async def test_a_word_that_is_not_known_gives_help_and_is_answered_in_the_messages(
    served: Running, sam: Someone
) -> None:
    await sam.commands("frobnicate")
    await sam.until(lambda: len(sam.answers) == 2)

    told = next(message for message in sam.answers if message.ephemeral)
    assert "/afterword" in told.text
    assert "Messages" in told.text


async def test_news_behind_the_command_begins_the_talk(served: Running, sam: Someone) -> None:
    await sam.commands("acme said no, email this morning. analyst job")

    await sam.until(lambda: any("Acme" in words_of(message.blocks) for message in sam.answers))


@pytest.mark.parametrize("word", ["call", "draft", "check", "stop", "x"])
async def test_somebody_at_risk_is_answered_at_once_whatever_stands_before_it(
    served: Running, sam: Someone, word: str
) -> None:
    await sam.commands(f"{word} I want to kill myself")

    await sam.until(lambda: any("I can't keep you safe" in words_of(message.blocks) for message in sam.answers))


async def test_a_command_whose_text_contains_payload_arrives_whole(served: Running, sam: Someone) -> None:
    attempt = await sam.commands('payload={"type":"block_actions"} acme said no')

    assert attempt.accepted
    await sam.until(lambda: any(not message.ephemeral for message in sam.answers))


@pytest.mark.parametrize("word", ["call", "plan", "practise", "snooze until Monday", "stop"])
async def test_each_word_is_answered_in_the_messages(
    served: Running, slack: SlackStandIn, sam: Someone, word: str
) -> None:
    await sam.commands(word)

    await sam.until(lambda: any(not message.ephemeral for message in sam.answers))
    assert slack.refused() == []


async def test_a_command_that_is_typed_elsewhere_says_where_it_is_answered(
    served: Running, slack: SlackStandIn
) -> None:
    delivery = slack.delivery
    assert isinstance(delivery, Http)

    told = json.loads((await delivery.command(command("plan", channel_id="C0GENERAL"))).body)

    assert "under Messages" in told["text"]
    assert told["response_type"] == "ephemeral"


@pytest.mark.parametrize("word", ["draft", "check", "feedback"])
async def test_a_form_opens_and_is_filled(served: Running, slack: SlackStandIn, sam: Someone, word: str) -> None:
    await sam.commands(word)

    await sam.until(lambda: sam.person.modals and "submit" in sam.modal.body)
    assert sam.messages == []
    assert slack.refused() == []


async def test_a_form_that_comes_back_is_answered_in_the_messages(
    served: Running, slack: SlackStandIn, sam: Someone
) -> None:
    await sam.commands("draft")
    await sam.until(lambda: sam.person.modals and "submit" in sam.modal.body)

    attempt = await sam.submits(company="Acme", role="analyst", news_channel="By e-mail")
    answer = await sam.hears()

    assert attempt.body == ""
    assert sam.person.modals == []
    assert "Acme" in words_of(answer.blocks)
    assert slack.refused() == []


async def test_a_draft_is_checked_in_place_and_nothing_of_it_is_kept(
    served: Running, slack: SlackStandIn, sam: Someone
) -> None:
    await sam.commands("check Why didn't I get the job? You made a mistake.")
    await sam.until(lambda: sam.person.modals and "submit" in sam.modal.body)

    await sam.submits(draft="Why didn't I get the job? You made a mistake.")

    assert sam.modal.body["submit"]["text"] == "Go on in the chat"
    assert await served.recall("U0SAM") is None
    assert slack.refused() == []


async def test_an_empty_field_is_named_beside_it_and_the_form_stays_open(served: Running, sam: Someone) -> None:
    await sam.commands("feedback")
    await sam.until(lambda: sam.person.modals and "submit" in sam.modal.body)

    await sam.submits(said="   ")

    assert sam.person.told == ["Please write something here."]
    assert sam.person.modals
