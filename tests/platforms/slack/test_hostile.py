"""Hostile texts through the whole path: each is answered, nothing of it gets loose, and no log holds a word of it."""

from __future__ import annotations

import asyncio
import json
import logging

import pytest

from tests.hostile.texts import HostileText, faults_in, hostile_texts
from tests.platforms.slack.serving import Running
from tests.standins.slack import SlackStandIn, Someone

LARGEST = 200_000
"""Bytes from which on a body is refused; Slack's own messages end at 40,000 characters."""


@pytest.fixture
def texts() -> list[HostileText]:
    return [text for text in hostile_texts() if len(json.dumps(text.text)) < LARGEST]


async def _say(someone: Someone, text: HostileText) -> dict[str, object]:
    """Let somebody say it; what they are shown, as it was sent."""
    (attempt,) = await someone.writes(text.text)
    assert attempt.status == 200, text.id
    answer = await someone.hears(within=60)
    return {"text": answer.text, "blocks": answer.blocks}


async def test_hostile_texts_are_answered_and_nothing_of_them_gets_loose(
    served: Running, slack: SlackStandIn, texts: list[HostileText], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    team = slack.world.teams["T0ONE"]
    people = [slack.person(team, f"U0P{number}") for number in range(len(texts))]

    answers = await asyncio.gather(*(_say(one, text) for one, text in zip(people, texts, strict=True)))

    faults = {text.id: found for text, shown in zip(texts, answers, strict=True) if (found := faults_in(text, [shown]))}
    assert faults == {}
    assert slack.refused() == []
    logged = "\n".join(str(record.__dict__) for record in caplog.records)
    assert [text.id for text in texts if len(text.text.strip()) > 8 and text.text.strip()[:40] in logged] == []


async def test_a_text_longer_than_slack_ever_sends_is_refused(
    served: Running, slack: SlackStandIn, sam: Someone
) -> None:
    attempts = await sam.writes("x" * 300_000)

    assert attempts[0].status == 413
