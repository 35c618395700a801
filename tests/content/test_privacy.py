"""Who else may read along is said by platform, and every word of it fits what each platform does."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.content.message import OutgoingMessage, Paragraph
from bot.engine.conversation import Conversation, Profile
from bot.engine.events import CommandGiven
from tests.content.readability import words
from tests.shipped import coach

NOW = datetime(2026, 3, 4, 10, 10, tzinfo=UTC)


def privacy(**slots: str) -> OutgoingMessage:
    asked = Conversation(profile=Profile("Sam", "Europe/London"), slots=slots)
    message = coach().take_turn(asked, CommandGiven("privacy"), NOW).message
    assert message is not None
    return message


def text(message: OutgoingMessage) -> str:
    return " ".join(part.text for part in message.parts if isinstance(part, Paragraph))


@pytest.mark.parametrize(
    ("platform", "who"),
    [
        ("slack", "Whoever owns the workspace may be able to export it"),
        ("teams", "Your organisation may be able to read it"),
        ("terminal", "Whoever can use this account can read it"),
        ("web", "the people who run the service"),
    ],
)
def test_it_says_who_may_read_along_where_the_person_is(platform: str, who: str) -> None:
    assert who in text(privacy(platform=platform))


def test_it_says_what_is_kept_how_long_and_what_can_be_done() -> None:
    said = text(privacy())

    assert all(part in said for part in ("90 days", "nickname", "show my data", "delete my data", "read or export"))


@pytest.mark.parametrize("platform", ["slack", "teams", "terminal", "web"])
def test_it_is_short(platform: str) -> None:
    assert len(words(text(privacy(platform=platform)))) <= 60
