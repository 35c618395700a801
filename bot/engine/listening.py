"""Listening: which questions a text may answer, so that the reader and the catalog can be asked about them."""

from __future__ import annotations

from typing import NamedTuple

from bot.engine.answers import is_long, may_answer
from bot.engine.conversation import Conversation, Frame
from bot.engine.flow import question_of
from bot.engine.model import Library, Question, Slot, State
from bot.engine.values import Values


def listening(library: Library, conversation: Conversation) -> tuple[Question, ...]:
    """The waiting question first, then those to which its choices lead straight."""
    found = _waiting(library, conversation)
    if found is None:
        return ()
    frame, state, question = found
    shown = frame.waiting.choices if frame.waiting is not None else ()
    ahead = tuple(next_one for choice, next_one in state.ahead.items() if choice in shown)
    return (question, *ahead)


def visible_choices(conversation: Conversation) -> tuple[str, ...]:
    """The choices that the person sees now, in order."""
    waiting = conversation.stack[-1].waiting if conversation.stack else None
    return () if waiting is None else waiting.choices


class Asked(NamedTuple):
    """What the waiting question asks for."""

    slot: Slot
    question: Question


def asked_for(library: Library, conversation: Conversation) -> Asked | None:
    """What is asked for now, if anything."""
    found = _waiting(library, conversation)
    if found is None:
        return None
    frame, _, question = found
    own = library.dialogs[frame.dialog].slots
    slot = own.get(question.slot) or library.slots.get(question.slot)
    return None if slot is None else Asked(slot, question)


def awaits_whole(asked: Asked, text: str) -> bool:
    """Whether the text is the long one that is asked for."""
    return is_long(asked.slot) and may_answer(asked.question, text)


def known_slots(conversation: Conversation) -> Values:
    """The person's slots and those of the application that is being talked about."""
    number = conversation.stack[-1].application if conversation.stack else conversation.current
    for application in conversation.applications:
        if application.number == (conversation.current if number is None else number):
            return {**conversation.slots, **application.slots}
    return conversation.slots


def _waiting(library: Library, conversation: Conversation) -> tuple[Frame, State, Question] | None:
    if not conversation.stack or conversation.stack[-1].waiting is None:
        return None
    frame = conversation.stack[-1]
    assert frame.waiting is not None, "checked above"
    dialog = library.dialogs.get(frame.dialog)
    state = None if dialog is None else dialog.states.get(frame.state)
    question = None if state is None else question_of(state, frame.waiting.slot)
    return None if state is None or question is None else (frame, state, question)
