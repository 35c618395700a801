"""Overtaken: what an edit would do to a conversation that is under way."""

from __future__ import annotations

from typing import Literal

from bot.engine.conversation import Conversation
from bot.engine.finishing import finishing
from bot.engine.mending import fits, goes_on
from bot.engine.model import Library
from bot.engine.nudging import find_nudge

Fate = Literal["moves by rename", "finishes on its old version", "goes to a safe place", "reminder is lost"]


def fate_of(newest: Library, old: Library | None, conversation: Conversation) -> Fate | None:
    """What becomes of what is on the stack; ``None`` when nothing does. ``old`` is what it would finish on, if kept."""
    if all(goes_on(newest, frame) for frame in conversation.stack):
        return None
    if fits(newest, conversation):
        return "moves by rename"
    finished = old is not None and fits(finishing(newest, old), conversation)
    return "finishes on its old version" if finished else "goes to a safe place"


def lost_reminders(newest: Library, conversation: Conversation) -> list[str]:
    """The names of nudges that were promised and that the library has no longer."""
    return [timer.nudge for timer in conversation.timers if find_nudge(newest, timer.nudge) is None]
