"""From the first message to something ready to send or to say, in time, over openings put together from parts.

That is by the second turn for an e-mail, the first on the phone, the third for every other way.
"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product

import pytest

from bot.content.message import Block, OutgoingMessage
from bot.engine.conversation import Conversation, Profile
from bot.engine.events import ChoicePicked, Event, MessageReceived
from bot.engine.record import dump, load
from tests.shipped import coach

NOW = datetime(2026, 3, 4, 10, 10, tzinfo=UTC)

NEWS = [
    "got turned down by {company} for the {role} job",
    "{company} said no. {role} role",
    "rejected again, {role} at {company}",
]
JOBS = [("Acme", "analyst"), ("hartwell", "warehouse operative")]

WAYS = {
    "e-mail": (2, [", they emailed this morning", ". got an email last night", " by e-mail on Monday"]),
    "phone, over": (3, [", they rang me an hour ago", ". they phoned yesterday to say so"]),
    "consultant": (3, [", my consultant rang", ". the agency told me this morning"]),
    "portal": (3, [". it just says rejected on the portal"]),
    "letter": (3, [", a letter came today"]),
    "in person": (3, [", they told me face to face"]),
    "text message": (3, [", they sent a text message"]),
    "no answer": (3, [". well, they never got back to me"]),
    "network": (3, [", through a linkedin message"]),
    "not said": (3, ["", "."]),
}

ON_THE_PHONE = [
    "on the phone with them now, it's a no",
    "they're on the line right now telling me no",
    "im on a call w them now they said no",
    "they are ringing me in ten minutes, I think it's a no",
]

CARDS = ("call_card.card", "call_card.card_for_later")
OFFERED_FIRST = ("draft", "talk", "email", "go_on", "yes")


def openings() -> list[tuple[str, str, int]]:
    return [
        (way, news.format(company=company, role=role) + told, turns)
        for way, (turns, tellings) in WAYS.items()
        for news, told, (company, role) in product(NEWS, tellings, JOBS)
    ]


class Newcomer:
    """Somebody who takes the offer that leads to a draft and answers nothing else."""

    def __init__(self) -> None:
        self.conversation = Conversation(Profile("Sam", "Europe/London", "en", "GB"))

    def takes(self, event: Event) -> OutgoingMessage:
        spoken = coach().take_turn(self.conversation, event, NOW)
        self.conversation = load(dump(spoken.turn.conversation))
        assert spoken.message is not None
        return spoken.message

    def turns_until_ready(self, opening: str) -> int:
        message = self.takes(MessageReceived(opening))
        for turn in range(1, 10):
            if is_ready(message):
                return turn
            codes = [button.code for button in message.buttons if button.link is None]
            wanted = next((code for code in OFFERED_FIRST if code in codes), codes[0] if codes else None)
            assert wanted is not None, f"nothing to press under {message.keys}"
            assert message.question is not None
            message = self.takes(ChoicePicked(message.question, wanted))
        return 10


def is_ready(message: OutgoingMessage) -> bool:
    """Whether there is something to send (a block to copy) or to say (the lines for the call)."""
    return any(isinstance(part, Block) for part in message.parts) or any(key in message.keys for key in CARDS)


@pytest.mark.parametrize(("way", "opening", "turns"), openings())
def test_something_to_send_is_ready_in_time(way: str, opening: str, turns: int) -> None:
    assert Newcomer().turns_until_ready(opening) <= turns


@pytest.mark.parametrize("opening", ON_THE_PHONE)
def test_on_the_phone_the_first_answer_is_what_to_say(opening: str) -> None:
    assert Newcomer().turns_until_ready(opening) == 1
