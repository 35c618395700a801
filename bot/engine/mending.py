"""Mending: a conversation whose dialog files changed since it was stored goes on in a safe place."""

from __future__ import annotations

from bot.engine.conversation import Conversation, Frame
from bot.engine.flow import question_of
from bot.engine.model import Dialog, Library, Run


def mended(library: Library, conversation: Conversation) -> Conversation:
    """Return the conversation as the library can run it.

    Renamed states are followed; what no longer exists is taken off the stack, with what ran above it. The same object
    comes back when nothing changed.
    """
    dialogs = library.dialogs
    for frame in conversation.stack:
        dialog = dialogs.get(frame.dialog)
        if dialog is None or dialog.structure != frame.structure or frame.state not in dialog.states:
            return _without_what_is_gone(library, conversation)
    return conversation


def _without_what_is_gone(library: Library, conversation: Conversation) -> Conversation:
    kept: list[Frame] = []
    for frame in conversation.stack:
        fitting = _fitting(library, frame)
        if fitting is None:
            break
        kept.append(fitting)
    while kept and not _stands(library, kept[-1]):
        kept.pop()
    return conversation._replace(stack=tuple(kept), snapshots=())


def _fitting(library: Library, frame: Frame) -> Frame | None:
    dialog = library.dialogs.get(frame.dialog)
    if dialog is None:
        return None
    if frame.structure == dialog.structure and frame.state in dialog.states:
        return frame
    state = dialog.renamed.get(frame.state, frame.state)
    if state not in dialog.states:
        return None
    moved = frame._replace(state=state, structure=dialog.structure)
    return moved if _asks_the_same(dialog, moved) else None


def _asks_the_same(dialog: Dialog, frame: Frame) -> bool:
    """Whether what waits can still be answered: the same slot by a question, or a dialog that runs above."""
    state = dialog.states[frame.state]
    if frame.waiting is None:
        return isinstance(state.body, Run)
    return question_of(state, frame.waiting.slot) is not None


def _stands(library: Library, frame: Frame) -> bool:
    """Whether a frame can be on top: it must wait for something."""
    return frame.waiting is not None and frame.dialog in library.dialogs
