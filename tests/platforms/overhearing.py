"""Overhearing: what the coach says in a conversation test, message by message, before any platform gives it a form."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.content.message import OutgoingMessage
from bot.engine.conversation import Conversation
from bot.engine.events import Event
from bot.rehearsal.play import play
from bot.rehearsal.script import Script
from bot.runtime.coach import Coach, Spoken


@dataclass(frozen=True, slots=True)
class Overheard(Coach):
    """The coach, with a record of what it said."""

    said: list[OutgoingMessage] = field(default_factory=list)

    def take_turn(self, conversation: Conversation, event: Event, now: datetime) -> Spoken:
        spoken = Coach.take_turn(self, conversation, event, now)
        if spoken.message is not None:
            self.said.append(spoken.message)
        return spoken


def overheard(script: Script, coach: Coach) -> list[OutgoingMessage]:
    """Every message of a script, in order."""
    listening = Overheard(coach.library, coach.catalog, coach.read)
    played = play(script, listening)
    assert played.problem is None, str(played.problem)
    return listening.said
