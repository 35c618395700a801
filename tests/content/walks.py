"""Random walks over the shipped dialogs: every message that a person may get, in words."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bot.content.message import OutgoingMessage
from bot.content.render import render
from bot.engine.conversation import Conversation, Profile
from bot.engine.events import ChoicePicked, CommandGiven, Event, MessageReceived, Reading, Tick
from bot.engine.record import dump, load
from bot.engine.step import step
from bot.engine.values import Value
from tests.content.shipped import shipped

START = datetime(2026, 3, 4, 10, 10, tzinfo=UTC)
LONGEST = 25
"""Turns of one walk."""

SAID: dict[str, tuple[Value, ...]] = {
    "company": ("Acme", "Northgate Community Services"),
    "role": ("analyst", "assistant project manager"),
    "consultant": ("Priya",),
    "news_channel": ("recruiter", "phone", "email", "other"),
    "news_detail": ("ghosted", "portal", "letter", "in_person", "sms", "chat_app", "job_board", "third_party"),
    "call": ("now", "soon", "over"),
    "stage": ("application", "screen", "test", "interview", "final", "offer"),
    "feeling": ("low", "angry", "up"),
    "has_reasons": (True, False),
    "first_name": ("Sam",),
    "news_at": (START, START - timedelta(days=3)),
}
TEXTS = (
    "They said I was strong but the project example was thin, and someone had more experience.",
    "Unfortunately other candidates more closely match our needs. We wish you well.",
    "Why didn't I get the job? I think you made the wrong decision.",
    "Hello, thank you for the interview. What could I improve for next time? Thanks, Sam",
    "hm",
)


def walk(seed: int) -> Iterator[OutgoingMessage]:
    """Yield what is said on a walk; the same seed walks the same way."""
    chance = random.Random(seed)
    language, country = ("en-US", "US") if seed % 4 == 0 else ("en", "GB")
    conversation = Conversation(profile=Profile("Sam", "Europe/London", language, country))
    now = START
    for _ in range(LONGEST):
        now += chance.choice((timedelta(seconds=30), timedelta(minutes=40), timedelta(hours=20), timedelta(days=2)))
        turn = step(shipped().library, load(dump(conversation)), _event(conversation, chance, now), now)
        conversation = turn.conversation
        message = render(turn.effects, shipped().catalog, conversation.profile, now)
        if message is not None:
            yield message


def _event(conversation: Conversation, chance: random.Random, now: datetime) -> Event:
    waiting = conversation.stack[-1].waiting if conversation.stack else None
    if conversation.timers and chance.random() < 0.2:
        return Tick(now)
    if chance.random() < 0.05:
        return CommandGiven(
            chance.choice(
                ("undo", "skip", "repeat", "help", "cancel", "start_over", "no_reminders", "noted", "goodbye")
            )
        )
    if waiting is not None and waiting.choices and chance.random() < 0.75:
        return ChoicePicked(waiting.number, chance.choice(waiting.choices))
    if waiting is not None and chance.random() < 0.7:
        return MessageReceived(chance.choice(TEXTS), Reading(slots=_said(chance)))
    intent = chance.choice(sorted(shipped().library.starts))
    return MessageReceived("something", Reading(intent, sure=True, slots=_said(chance)))


def _said(chance: random.Random) -> dict[str, Value]:
    return {slot: chance.choice(values) for slot, values in SAID.items() if chance.random() < 0.4}
