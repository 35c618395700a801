"""One conversation is the same on every surface: the same words and choices in the same order, in whatever form."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from bot.content.message import OutgoingMessage
from bot.platforms.slack.blocks import blocks_of, fallback
from bot.platforms.terminal_page import CUT, lines
from bot.rehearsal.files import find_scripts, open_script
from bot.rehearsal.script import Script
from tests.platforms.overhearing import overheard
from tests.shipped import coach
from tests.standins.slack_checks import faults_of_blocks
from tests.standins.slack_screen import labels_of, unescaped, words_of

SCRIPTS = Path(__file__).parent.parent / "conversations"
PATHS = [path.relative_to(SCRIPTS) for path in find_scripts([SCRIPTS])]


@cache
def messages(path: Path) -> list[OutgoingMessage]:
    script = open_script(SCRIPTS / path)
    assert isinstance(script, Script), "\n".join(map(str, script))
    return overheard(script, coach())


def in_the_terminal(message: OutgoingMessage) -> tuple[list[str], list[str]]:
    """Words without their form, and what can be chosen."""
    shown = [line.removeprefix("coach: ").strip() for line in lines(message)]
    choices = [line.partition("] ")[2] for line in shown if line.startswith("[")]
    said = [line for line in shown if line != CUT and not line.startswith("[")]
    links = [f"{button.label}: {button.link}" for button in message.buttons if button.link]
    return " ".join(line for line in said if line not in links).replace("(", "").replace(")", "").split(), choices


def in_slack(message: OutgoingMessage) -> tuple[list[str], list[str]]:
    blocks = blocks_of(message, "T0ONE:U0SAM")
    links = [button.label for button in message.buttons if button.link]
    mails = [block for block in blocks if block["type"] == "rich_text" and "preformatted" not in str(block)]
    said = words_of([block for block in blocks if block not in mails])
    return said.replace("(", "").replace(")", "").split(), [label for label in labels_of(blocks) if label not in links]


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

        text = unescaped(fallback(replace(message, preview=None))).replace("(", "").replace(")", "")

        assert text.split() == [*said, *numbered.split()]
