"""What somebody learns of whom they talk to: at first contact, where that leads them, and before a first reminder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from benchmarks.seeding import TO_THE_REMINDER
from bot.content.message import OutgoingMessage
from bot.engine.conversation import Conversation
from bot.engine.events import Arrived, CommandGiven, Event, MessageReceived
from bot.platforms.slack.blocks import blocks_of
from bot.platforms.teams.cards import activity_of
from bot.platforms.terminal_page import lines
from bot.runtime.turn import PLATFORM
from tests.content.readability import words
from tests.shipped import coach
from tests.standins.slack_screen import words_of as words_in_slack
from tests.standins.teams import words_of as words_in_teams

NOW = datetime(2026, 3, 4, 10, 10, tzinfo=UTC)

SHOWN: dict[str, Callable[[OutgoingMessage], str]] = {
    "slack": lambda message: words_in_slack(blocks_of(message, "T0ONE:U0SAM")),
    "teams": lambda message: words_in_teams(activity_of(message)),
    "terminal": lambda message: " ".join(lines(message)),
}
"""What is read of a message on each platform."""

FIRST: dict[str, Event] = {
    "arrives": Arrived(),
    "greets": MessageReceived("hi"),
    "tells": MessageReceived("acme said no, email this morning. analyst job"),
    "asks": MessageReceived("who are you?"),
    "refuses": MessageReceived("stop"),
    "commands": CommandGiven("help"),
    "wants a draft": CommandGiven("draft_request"),
    "writes what is not understood": MessageReceived("qwertz"),
}

MOST_WORDS = 25


class Newcomer:
    """Somebody whom the coach has never met, on one platform."""

    def __init__(self, platform: str) -> None:
        self._show = SHOWN[platform]
        self._conversation = Conversation(slots={PLATFORM: platform})

    def reads(self, event: Event) -> str:
        """What they read once that has happened."""
        taken = coach().take_turn(self._conversation, event, NOW)
        self._conversation = taken.turn.conversation
        assert taken.message is not None
        return " ".join(self._show(taken.message).split())


SAID_AT_ONCE = ("a program", '"privacy"')
MAY_READ_ALONG = {
    "slack": "Whoever runs this workspace may be able to export this chat.",
    "teams": "Your organisation may be able to export this chat.",
    "terminal": "This chat is kept on this computer alone.",
}

KEPT = ("I keep names", "your choices", "90 days after your last message", "Your own texts go when we finish")
READERS = {
    "slack": "Slack has its own copy of this chat. Whoever owns the workspace may be able to export it.",
    "teams": "Microsoft Teams has its own copy of this chat. Your organisation may be able to read it.",
    "terminal": "Whoever can use this account can read it.",
}


@pytest.mark.parametrize("platform", SHOWN)
@pytest.mark.parametrize("event", FIRST.values(), ids=FIRST)
def test_the_first_answer_says_what_it_is_who_may_read_along_and_where_the_rest_is(platform: str, event: Event) -> None:
    read = Newcomer(platform).reads(event)

    first, last = (read.index(said) for said in (SAID_AT_ONCE[0], SAID_AT_ONCE[-1]))
    assert MAY_READ_ALONG[platform] in read
    assert len(words(read[first:last])) < MOST_WORDS


@pytest.mark.parametrize("platform", SHOWN)
def test_the_word_that_it_names_tells_what_is_kept_how_long_who_may_read_it_and_how_it_goes(platform: str) -> None:
    newcomer = Newcomer(platform)
    newcomer.reads(FIRST["greets"])

    read = newcomer.reads(MessageReceived("privacy"))

    assert all(said in read for said in (*KEPT, READERS[platform], '"show my data"', '"delete my data"'))


@pytest.mark.parametrize("platform", SHOWN)
def test_whoever_is_to_be_reminded_is_told_first_how_to_stop_it(platform: str) -> None:
    newcomer = Newcomer(platform)

    *_, read = (newcomer.reads(event) for event in TO_THE_REMINDER[1:])

    assert '"Stop" cancels it' in read
