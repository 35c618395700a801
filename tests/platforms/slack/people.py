"""People at several points of their way, as the home page and the forms find them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.engine.conversation import Application, Conversation, Frame, Profile, Timer
from bot.runtime.voice import Voice
from tests.shipped import coach

NOW = datetime(2026, 3, 4, 10, 10, tzinfo=UTC)
DRAFT = "Hello,\n\nThank you for your time. What could I improve?\n\nSam"

NEW = Conversation()


def working(company: str = "Acme", role: str = "analyst", draft: str = DRAFT) -> Conversation:
    """Somebody with a note to send and a reminder to do so."""
    due = NOW + timedelta(hours=7)
    return Conversation(
        profile=Profile("Sam", "Europe/London"),
        applications=(Application(1, {"company": company, "role": role}),),
        current=1,
        stack=(Frame("draft", "offer", slots={"draft": draft}, application=1),),
        timers=(Timer("draft.send_by", due.replace(tzinfo=None), due, application=1),),
    )


def waiting() -> Conversation:
    """Somebody who wrote to them, heard back once before, and keeps what they said."""
    slots = {"company": "Acme", "sent_at": NOW - timedelta(days=1)}
    saved = {"strengths": 'They said "strong".', "to_prepare": "One to prepare: more detail in the project example."}
    return Conversation(
        profile=Profile("Sam", "Europe/London"),
        applications=(Application(1, slots, saved),),
        current=1,
    )


def voice(conversation: Conversation = NEW) -> Voice:
    return Voice(coach(), NOW, conversation)
