"""Mending: a conversation whose dialog files changed since it was stored goes on, in the best place that is left.

Whoever waits in what did not change, or in a state whose new name is declared, notices nothing (``fits``). Others
should be given a library that still has their dialogs (``finishing``). Where that is not to be had, ``mended`` leaves
on the stack what can still be answered, and ``step`` says that something changed.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.engine.answers import fitting
from bot.engine.conversation import Conversation, Frame
from bot.engine.flow import question_of
from bot.engine.model import Dialog, Library, Run, Slot
from bot.engine.values import Value


def fits(library: Library, conversation: Conversation) -> bool:
    """Whether all that is on the stack can go on with the library, at most under names that were declared."""
    return all(goes_on(library, frame) or _is_renamed(library, frame) for frame in conversation.stack)


def goes_on(library: Library, frame: Frame) -> bool:
    """Whether a frame stands in a dialog that did not change."""
    dialog = library.dialogs.get(frame.dialog)
    return dialog is not None and dialog.structure == frame.structure and frame.state in dialog.states


def mended(library: Library, conversation: Conversation) -> Conversation:
    """Return the conversation as the library can run it.

    Renamed states are followed; what no longer exists is taken off the stack, with what ran above it. Values that their
    slots cannot hold any more become unknown. The same object comes back when nothing changed.
    """
    if conversation.planned_with not in (library.version, ""):
        conversation = _without_unfit_values(library, conversation)
    for frame in conversation.stack:
        if not goes_on(library, frame):
            return _without_what_is_gone(library, conversation)
    return conversation


# ------------------------------------------------------------------------------------------------- frames


def _is_renamed(library: Library, frame: Frame) -> bool:
    """Whether the dialog's author said what became of the state."""
    dialog = library.dialogs.get(frame.dialog)
    return dialog is not None and frame.state in dialog.renamed and _fitting(library, frame) is not None


def _without_what_is_gone(library: Library, conversation: Conversation) -> Conversation:
    kept: list[Frame] = []
    for frame in conversation.stack:
        fitting_frame = _fitting(library, frame)
        if fitting_frame is None:
            break
        kept.append(fitting_frame)
    while kept and kept[-1].waiting is None:
        kept.pop()
    return conversation._replace(stack=tuple(kept), snapshots=())


def _fitting(library: Library, frame: Frame) -> Frame | None:
    """The frame as it stands in the library's dialog, or ``None`` when what it knows or asks has no place there."""
    dialog = library.dialogs.get(frame.dialog)
    if dialog is None or _contracts(dialog.structure) != _contracts(frame.structure):
        return None
    if goes_on(library, frame):
        return frame
    state = dialog.renamed.get(frame.state, frame.state)
    if state not in dialog.states:
        return None
    slots = _held(frame.slots, library.seen[dialog.name])
    moved = frame._replace(state=state, structure=dialog.structure, slots=slots, made=_made(dialog, frame))
    return moved if _asks_the_same(dialog, moved) else None


def _contracts(structure: str) -> str:
    """The part of a structure that says what the dialog's skills mean."""
    return structure.partition("/")[2]


def _made(dialog: Dialog, frame: Frame) -> Mapping[str, str]:
    """What skills gave in states that are still there, so that a correction can do it again."""
    states = {slot: dialog.renamed.get(state, state) for slot, state in frame.made.items()}
    return {slot: state for slot, state in states.items() if state in dialog.states}


def _asks_the_same(dialog: Dialog, frame: Frame) -> bool:
    """Whether what waits can still be answered: the same slot by a question, or a dialog that runs above."""
    state = dialog.states[frame.state]
    if frame.waiting is None:
        return isinstance(state.body, Run)
    return question_of(state, frame.waiting.slot) is not None


# ------------------------------------------------------------------------------------------------- values


def _without_unfit_values(library: Library, conversation: Conversation) -> Conversation:
    """Forget what a slot of the person or of an application can no longer hold; a slot that is gone keeps its value."""
    return conversation._replace(
        slots=_held(conversation.slots, library.slots),
        applications=tuple(
            [one._replace(slots=_held(one.slots, library.slots)) for one in conversation.applications],
        ),
    )


def _held(values: Mapping[str, Value], slots: Mapping[str, Slot]) -> Mapping[str, Value]:
    return {name: value for name, value in values.items() if name not in slots or _holds(slots[name], value)}


def _holds(slot: Slot, value: Value) -> bool:
    return fitting(slot.kind, value) is not None
