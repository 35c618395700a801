"""What a turn says as a whole, on random walks over the shipped dialogs: short, few choices, nothing left unfilled."""

from __future__ import annotations

import re
from functools import cache

import pytest

from bot.content.message import OutgoingMessage, Paragraph
from tests.content.never import AMERICAN, faults
from tests.content.readability import words
from tests.content.shipped import shipped
from tests.content.walks import walk

WALKS, SOAKED_WALKS = 200, 5_000
MOST_WORDS = 60
MOST_CHOICES = 3
APART = ("crisis.", "help.")
"""Dialogs that may say more; a draft stands in a block of its own and is not counted either."""
QUOTE = r'"[^"\n]*"'
"""What somebody else said, or would say more gently, stands in quotes."""


Messages = tuple[OutgoingMessage, ...]


@cache
def ways_back() -> set[str]:
    return {variant.text.pieces[0] for variant in shipped().catalog.wording("repairs.back", "en").variants}


@pytest.fixture(scope="module")
def said(soak: bool) -> Messages:
    """Everything that is said on the walks, each message once."""
    walks = SOAKED_WALKS if soak else WALKS
    return tuple({repr(message): message for seed in range(walks) for message in walk(seed)}.values())


def paragraphs(message: OutgoingMessage) -> str:
    return "\n".join(part.text for part in message.parts if isinstance(part, Paragraph))


def told_anew(message: OutgoingMessage) -> str:
    """What is said for the first time: no numbered line to say or write down, no question that is only come back to."""
    texts = [part.text for part in message.parts if isinstance(part, Paragraph)]
    back = next((place for place, text in enumerate(texts) if text in ways_back()), len(texts))
    return re.sub(r"(?m)^\d\. .*$", "", "\n".join(texts[:back]))


def is_ordinary(message: OutgoingMessage) -> bool:
    return not any(key.startswith(APART) for key in message.keys)


def told(found: list[tuple[OutgoingMessage, object]]) -> str:
    return "\n".join(f"{' + '.join(message.keys)}: {fault} in {paragraphs(message)!r}" for message, fault in found)


def test_the_walks_come_round(said: Messages) -> None:
    assert len(said) > 300
    assert len({key for message in said for key in message.keys}) > 60


def test_no_turn_says_more_than_sixty_words(said: Messages) -> None:
    found = [(message, len(words(told_anew(message)))) for message in said if is_ordinary(message)]

    long = [(message, count) for message, count in found if count > MOST_WORDS]

    assert not long, told(long)


def test_no_turn_offers_more_than_three_choices(said: Messages) -> None:
    crowded = [
        (message, len(message.buttons))
        for message in said
        if len([button for button in message.buttons if button.link is None]) > MOST_CHOICES
    ]

    assert not crowded, told(crowded)


def test_nothing_is_left_unfilled(said: Messages) -> None:
    holes = [(message, "a hole") for message in said if re.search(r"[{}]|  |\bNone\b| [,.?]", paragraphs(message))]

    assert not holes, told(holes)


def test_nothing_from_the_never_list_is_said_with_the_values_in_place(said: Messages) -> None:
    found = [
        (message, fault)
        for message in said
        for fault in faults(re.sub(QUOTE, "", paragraphs(message)))
        if fault[0] != AMERICAN or message.language == "en"
    ]

    assert not found, told(found)


def test_every_reminder_can_be_acted_on_where_it_is_read(said: Messages) -> None:
    reminders = [message for message in said if message.nudge is not None]

    assert reminders
    assert not [message.keys for message in reminders if not message.buttons]
