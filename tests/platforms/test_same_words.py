"""One conversation is the same on every surface: the same words and choices in the same order, in whatever form."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.content.message import OutgoingMessage
from bot.platforms.slack.blocks import blocks_of, fallback
from tests.platforms.measure import PATHS, bare, in_the_terminal, messages
from tests.standins.slack_checks import faults_of_blocks
from tests.standins.slack_screen import labels_of, unescaped, words_of


def in_slack(message: OutgoingMessage) -> tuple[list[str], list[str]]:
    blocks = blocks_of(message, "T0ONE:U0SAM")
    links = [button.label for button in message.buttons if button.link]
    mails = [block for block in blocks if block["type"] == "rich_text" and "preformatted" not in str(block)]
    said = words_of([block for block in blocks if block not in mails])
    return bare(said), [label for label in labels_of(blocks) if label not in links]


@pytest.mark.parametrize("path", PATHS, ids=str)
def test_slack_says_what_the_terminal_says(path: Path) -> None:
    for message in messages(path):
        assert in_slack(message) == in_the_terminal(message)


@pytest.mark.parametrize("path", PATHS, ids=str)
def test_slack_takes_every_message_of_every_conversation(path: Path) -> None:
    for message in messages(path):
        assert faults_of_blocks(blocks_of(message, "T0ONE:U0SAM")) == []


@pytest.mark.parametrize("path", PATHS, ids=str)
def test_text_alone_says_the_same(path: Path) -> None:
    for message in messages(path):
        said, choices = in_the_terminal(message)
        numbered = " ".join(f"[{number}] {choice}" for number, choice in enumerate(choices, start=1))

        text = unescaped(fallback(replace(message, preview=None)))

        assert bare(text) == [*said, *bare(numbered)]
