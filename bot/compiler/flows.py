"""Flows: where a dialog's states lead as a whole: nobody is left standing, and nothing goes round by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from bot.compiler.overlays import Written
from bot.compiler.phrases import WrittenCondition
from bot.compiler.problems import Notes
from bot.compiler.references import visible_slots
from bot.compiler.written import (
    WrittenAsk,
    WrittenBranch,
    WrittenDialog,
    WrittenEnd,
    WrittenFill,
    WrittenRun,
    WrittenState,
)
from bot.engine.model import END, Skill, Slot

LONGEST_CHAIN = 30
"""States that may follow one another without a question."""

MOST_STATES = 300


def check_flows(written: Written, skills: Mapping[str, Skill], notes: Notes) -> None:
    """Note what the shape of a dialog does to a person; every name in it must have been found already."""
    for dialog in written.dialogs.values():
        if len(dialog.states) > MOST_STATES:
            notes.problem(
                dialog.name, f"the dialog has {len(dialog.states):,} states; at most {MOST_STATES} can be followed."
            )
            continue
        reached = _reached(dialog)
        _check_reached(dialog, reached, notes)
        _check_ways_out(dialog, reached, notes)
        _check_rounds(dialog, notes)
        _check_chains(dialog, notes)
        slots = visible_slots(written, dialog)
        _check_turn_slots(dialog, slots, notes)
        _check_set_before(dialog, written, slots, skills, notes)


def _next(state: WrittenState) -> Iterator[str]:
    return (target.text for target in state.targets if target.text != END)


def _entries(dialog: WrittenDialog) -> Iterator[str]:
    """Where a dialog is entered: at its start, and where its nudges begin."""
    yield "start"
    for nudge in dialog.nudges.values():
        yield nudge.name.text if nudge.go is None else nudge.go.text


def _reached(dialog: WrittenDialog, *entries: str) -> Set[str]:
    seen: set[str] = set()
    waiting = [name for name in (entries or _entries(dialog)) if name in dialog.states]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(_next(dialog.states[name]))
    return seen


def _check_reached(dialog: WrittenDialog, reached: Set[str], notes: Notes) -> None:
    for name, state in dialog.states.items():
        if name not in reached:
            notes.problem(state.name, f"nothing leads to the state `{name}`; take it out, or go there from somewhere.")


def _check_ways_out(dialog: WrittenDialog, reached: Set[str], notes: Notes) -> None:
    for name in sorted(reached):
        state = dialog.states[name]
        if not any(_ends(dialog.states[later]) for later in _reached(dialog, name)):
            notes.problem(state.name, f"from the state `{name}` no way leads to an end; add an `end`, or `to: end`.")
            return


def _ends(state: WrittenState) -> bool:
    return isinstance(state.go, WrittenEnd) or any(target.text == END for target in state.targets)


# -------------------------------------------------------------------------------------- without a question


def _goes_on_alone(state: WrittenState) -> bool:
    """Whether a state may go on without waiting; one that fills does when everything is known."""
    return not isinstance(state.body, WrittenAsk | WrittenRun)


def _check_rounds(dialog: WrittenDialog, notes: Notes) -> None:
    for name, state in dialog.states.items():
        if name in _alone_after(dialog, name):
            message = f"the state `{name}` comes back to itself without a question; the coach would talk for ever."
            notes.problem(state.name, message)
            return


def _alone_after(dialog: WrittenDialog, name: str) -> Set[str]:
    """The states that may follow this one in the same turn."""
    seen: set[str] = set()
    waiting = list(_next(dialog.states[name])) if _goes_on_alone(dialog.states[name]) else []
    while waiting:
        later = waiting.pop()
        if later not in seen and later in dialog.states:
            seen.add(later)
            waiting.extend(_next(dialog.states[later]) if _goes_on_alone(dialog.states[later]) else ())
    return seen


def _check_chains(dialog: WrittenDialog, notes: Notes) -> None:
    for name, state in dialog.states.items():
        length = len(_alone_after(dialog, name))
        if length > LONGEST_CHAIN:
            message = f"up to {length} states follow `{name}` without a question; at most {LONGEST_CHAIN} may."
            notes.problem(state.name, message)
            return


# ------------------------------------------------------------------------------------------- what is known


def _check_turn_slots(dialog: WrittenDialog, slots: Mapping[str, Slot], notes: Notes) -> None:
    """A turn slot is gone with its turn: a branch on it after a question can only see what the answer said."""
    asked = {later for state in dialog.states.values() if _waits(state) for later in _reached(dialog, *_next(state))}
    first_turn = {"start", *_alone_after(dialog, "start")} if "start" in dialog.states else set()
    for name in sorted(asked - first_turn):
        state = dialog.states[name]
        for condition in _conditions(state):
            gone = sorted(slot for slot in condition.condition.slots if slot in slots and slots[slot].scope == "turn")
            if gone and not _asked_just_before(dialog, name):
                message = (
                    f"the slot `{gone[0]}` lasts one turn, and a question comes before this; give it another scope."
                )
                notes.within(f"state `{name}`").problem(condition.node, message)


def _waits(state: WrittenState) -> bool:
    return isinstance(state.body, WrittenAsk | WrittenFill)


def _asked_just_before(dialog: WrittenDialog, name: str) -> bool:
    """Whether a question leads straight here, so that its answer may have filled the slot anew."""
    return any(_waits(state) and name in _next(state) for state in dialog.states.values())


def _conditions(state: WrittenState) -> Iterator[WrittenCondition]:
    if isinstance(state.go, WrittenBranch):
        yield from (condition for condition, _ in state.go.ways)


def _check_set_before(
    dialog: WrittenDialog,
    written: Written,
    slots: Mapping[str, Slot],
    skills: Mapping[str, Skill],
    notes: Notes,
) -> None:
    """A place for a slot of the dialog's own needs a state before it that may set the slot."""
    handed = _handed_over(dialog, written)
    carried = {slot.text for nudge in dialog.nudges.values() for slot in nudge.carries}
    given = {name for name, one in dialog.slots.items() if one.slot.starts_as is not None} | handed | carried
    for name, state in dialog.states.items():
        before = {one for one, other in dialog.states.items() if name in _reached(dialog, *_next(other))} | {name}
        known = given | {slot for one in before for slot in sets(dialog.states[one], skills)}
        for slot, message in _places(dialog, state, written):
            if slot in dialog.slots and slots[slot].scope == "dialog" and slot not in known:
                text = f"`{slot}` has a place in the message `{message}`, but nothing sets it before."
                notes.within(f"state `{name}`").problem(state.name, text)


def _handed_over(dialog: WrittenDialog, written: Written) -> Set[str]:
    """Slots that another dialog may hand to this one."""
    bodies = [state.body for other in written.dialogs.values() for state in other.states.values()]
    return {
        slot.text
        for body in bodies
        if isinstance(body, WrittenRun) and body.dialog.text == dialog.name.text
        for slot in body.passes
    }


def sets(state: WrittenState, skills: Mapping[str, Skill]) -> Iterator[str]:
    """The slots that a state may set."""
    match state.body:
        case WrittenAsk(slot, _):
            yield slot.text
        case WrittenFill(asked):
            yield from (slot.text for slot in asked)
        case WrittenRun(_, _, keeps):
            yield from (slot.text for slot in keeps)
        case None:
            return
        case body:
            yield from skills[body.skill.text].gives if body.skill.text in skills else ()


def _places(dialog: WrittenDialog, state: WrittenState, written: Written) -> Iterator[tuple[str, str]]:
    """Slots whose place every variant of a message of this state has, with the message's key."""
    keys = [key.text for key in state.says] + [f"show_{slot.text}" for slot in state.shows]
    if isinstance(state.body, WrittenAsk):
        keys.append(state.body.words.text)
    for language in written.languages.values():
        for key in keys:
            laid = language.messages.get(f"{dialog.name.text}.{key}")
            if laid is not None:
                everywhere = set.intersection(*[set(one.text.template.names) for one in laid.message.variants])
                yield from ((slot, key) for slot in sorted(everywhere))
