"""One conversation is the same in Teams as in the terminal: the same words and choices, in whatever form."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from bot.content.message import OutgoingMessage
from bot.platforms.teams.cards import activity_of, text_activity_of
from bot.platforms.terminal_page import CUT, lines
from bot.rehearsal.files import find_scripts, open_script
from bot.rehearsal.script import Script
from tests.platforms.overhearing import overheard
from tests.shipped import coach
from tests.standins.teams import labels_of, words_of
from tests.standins.teams_checks import faults_of_activity

SCRIPTS = Path(__file__).parents[2] / "conversations"
PATHS = [path.relative_to(SCRIPTS) for path in find_scripts([SCRIPTS])]
OTHER_PLACES = re.compile(r"\b(slack|discord|whatsapp|telegram|zoom|google chat)\b", re.IGNORECASE)


@cache
def messages(path: Path) -> list[OutgoingMessage]:
    script = open_script(SCRIPTS / path)
    assert isinstance(script, Script), "\n".join(map(str, script))
    return overheard(script, coach())


def in_the_terminal(message: OutgoingMessage) -> tuple[list[str], list[str]]:
    """Words without their form, and what can be chosen."""
    shown = [line.removeprefix("coach: ").strip() for line in lines(message)]
    choices = [line.partition("] ")[2] for line in shown if line.startswith("[")]
    links = [f"{button.label}: {button.link}" for button in message.buttons if button.link]
    said = [line for line in shown if line != CUT and not line.startswith("[") and line not in links]
    return _bare(" ".join(said)), choices


def in_teams(message: OutgoingMessage) -> tuple[list[str], list[str]]:
    activity = activity_of(message)
    return _bare(words_of(activity)), [label for label in labels_of(activity) if not label.endswith("↗")]


def _bare(text: str) -> list[str]:
    return text.replace("(", "").replace(")", "").split()


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

        assert _bare(text) == [*said, *_bare(numbered)]


@pytest.mark.parametrize("path", PATHS, ids=str)
def test_no_other_chat_platform_is_named(path: Path) -> None:
    for message in messages(path):
        assert not OTHER_PLACES.search(words_of(activity_of(message)))
