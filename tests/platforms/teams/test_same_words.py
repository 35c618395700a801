"""One conversation is the same in Teams as in the terminal: the same words and choices, in whatever form."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.content.message import OutgoingMessage
from bot.platforms.teams.cards import activity_of, text_activity_of
from tests.platforms.measure import PATHS, bare, in_the_terminal, messages
from tests.standins.teams import labels_of, words_of
from tests.standins.teams_checks import faults_of_activity

OTHER_PLACES = re.compile(r"\b(slack|discord|whatsapp|telegram|zoom|google chat)\b", re.IGNORECASE)


def in_teams(message: OutgoingMessage) -> tuple[list[str], list[str]]:
    activity = activity_of(message)
    return bare(words_of(activity)), [label for label in labels_of(activity) if not label.endswith("↗")]


@pytest.mark.parametrize("path", PATHS, ids=str)
def test_teams_says_what_the_terminal_says(path: Path) -> None:
    for message in messages(path):
        assert in_teams(message) == in_the_terminal(message)


@pytest.mark.parametrize("path", PATHS, ids=str)
def test_teams_takes_every_message_of_every_conversation(path: Path) -> None:
    for message in messages(path):
        assert faults_of_activity(activity_of(message)) == []


@pytest.mark.parametrize("path", PATHS, ids=str)
def test_text_alone_says_the_same(path: Path) -> None:
    for message in messages(path):
        said, choices = in_the_terminal(message)
        numbered = " ".join(f"[{number}] {choice}" for number, choice in enumerate(choices, start=1))

        text = text_activity_of(replace(message, preview=None))["text"]

        assert bare(text) == [*said, *bare(numbered)]


@pytest.mark.parametrize("path", PATHS, ids=str)
def test_no_other_chat_platform_is_named(path: Path) -> None:
    for message in messages(path):
        assert not OTHER_PLACES.search(words_of(activity_of(message)))
