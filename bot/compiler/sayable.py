"""Sayable: at every state each message has a variant that needs nothing which may be unknown there.

A slot of scope ``turn`` is looked at here too: it is gone with its turn, and with it what was said in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.compiler.content import WrittenMessage, WrittenVariant
from bot.compiler.knowing import Knowing
from bot.compiler.known import Known
from bot.compiler.overlays import Written
from bot.compiler.paths import Step, next_states, reached
from bot.compiler.problems import Notes, listed
from bot.compiler.wording import question_key
from bot.compiler.written import WrittenAsk, WrittenBranch, WrittenDialog, WrittenFill, WrittenState
from bot.engine.model import Skill


@dataclass(frozen=True, slots=True)
class Said:
    """A message with what is known when it is said. ``where`` names the state or nudge."""

    key: str
    known: Known
    dialog: WrittenDialog
    where: str


def check_sayable(written: Written, skills: Mapping[str, Skill], notes: Notes) -> None:
    """Note messages that may have nothing to say, and dialogs that nothing starts."""
    knowing = Knowing(written, skills)
    for dialog in written.dialogs.values():
        name = dialog.name.text
        if (name, "start") not in knowing.at and name not in written.operator.off:
            notes.warning(dialog.name, f"nothing starts the dialog `{name}`: no intent, and no other dialog.")
        for said in _said(dialog, knowing, written):
            _check(said, written, notes)
        _check_turn_slots(dialog, knowing, notes)


def _said(dialog: WrittenDialog, knowing: Knowing, written: Written) -> Iterator[Said]:
    for state in dialog.states.values():
        step: Step = (dialog.name.text, state.name.text)
        if step in knowing.at:
            known = knowing.at[step].forget(name.text for name in state.clears)
            yield from _said_in(dialog, state, known, known.forget(knowing.turn_slots(dialog)), written)
    for nudge in dialog.nudges.values():
        if nudge.begins_at(dialog.states) is None:
            key = f"{dialog.name.text}.{nudge.name.text}"
            yield Said(key, knowing.on_nudge(dialog, nudge), dialog, f"nudge `{nudge.name.text}`")
        if nudge.last is not None:
            key = f"{dialog.name.text}.{nudge.last.text}"
            yield Said(key, knowing.on_nudge(dialog, nudge), dialog, f"nudge `{nudge.name.text}`")


def _said_in(
    dialog: WrittenDialog, state: WrittenState, known: Known, again: Known, written: Written
) -> Iterator[Said]:
    """``again`` is what is known when a question is asked once more in a later turn."""
    name, where = dialog.name.text, f"state `{state.name.text}`"
    for key in state.says:
        yield Said(f"{name}.{key.text}", known, dialog, where)
    for slot in state.shows:
        yield Said(f"{name}.show_{slot.text}", known.learn([slot.text]), dialog, where)
    match state.body:
        case WrittenAsk(slot, words):
            yield Said(question_key(written, name, slot.text, words.text), again, dialog, where)
        case WrittenFill(slots):
            for slot in slots:
                yield Said(question_key(written, name, slot.text, slot.text), again, dialog, where)
        case _:
            return


# ---------------------------------------------------------------------------------------------- one message


def _check(said: Said, written: Written, notes: Notes) -> None:
    for language in written.languages.values():
        laid = language.messages.get(said.key)
        if laid is not None:
            within = notes.within(f"{said.where}: message `{laid.message.key.text}`")
            _check_message(said, laid.message, frozenset(written.operator.values), within)


def _check_message(said: Said, message: WrittenMessage, operator: frozenset[str], notes: Notes) -> None:
    known = said.known.learn(operator)
    for variant in message.variants:
        never = _never_known(variant, said, known)
        if never:
            notes.problem(variant.text.node, f"nothing sets {listed(never, 'and')} before this is said.")
            return
    if any(is_sure(variant, known) for variant in message.variants):
        return
    nearest = min(message.variants, key=lambda variant: (variant.when is not None, len(_unsure(variant, known))))
    missing = _unsure(nearest, known)
    if missing and nearest.when is None:
        unknown = f"{listed(missing, 'and')} may be unknown when this is said, as questions can be skipped"
        notes.problem(nearest.text.node, f"{unknown}; add a variant that does without.")
    else:
        notes.problem(nearest.text.node, "every variant has a `when` that may not hold; add a variant without one.")


def is_sure(variant: WrittenVariant, known: Known) -> bool:
    """Whether the variant can be said wherever this much is known."""
    return not _unsure(variant, known) and (variant.when is None or known.proves(variant.when.condition))


def _unsure(variant: WrittenVariant, known: Known) -> list[str]:
    """Names that may be unknown; what the variant's own condition asks for is known whenever it competes."""
    sure = known if variant.when is None else known.given(variant.when.condition)
    return [name for name in dict.fromkeys(variant.text.template.names) if name not in sure.sure]


def _never_known(variant: WrittenVariant, said: Said, known: Known) -> list[str]:
    """Own slots in it that no path sets; a shared one may have been read out of anything that the person wrote."""
    names = dict.fromkeys(variant.text.template.names)
    return [name for name in names if name in said.dialog.slots and name not in known.maybe]


# ------------------------------------------------------------------------------------------------ turn slots


def _check_turn_slots(dialog: WrittenDialog, knowing: Knowing, notes: Notes) -> None:
    """A branch on a turn slot sees the turn in which the dialog began, or the answer to the question just before it."""
    turn_slots = knowing.turn_slots(dialog)
    for name in dialog.states:
        state = dialog.states[name]
        if not isinstance(state.go, WrittenBranch) or _waits(state) or not _is_after_a_question(dialog, name):
            continue
        maybe = knowing.at.get((dialog.name.text, name), Known()).maybe
        for condition, _ in state.go.ways:
            for slot in sorted((condition.condition.slots & turn_slots) - maybe):
                message = f"`{slot}` lasts one turn, and a question comes before this; give it another scope."
                notes.within(f"state `{name}`").problem(condition.node, message)


def _waits(state: WrittenState) -> bool:
    return isinstance(state.body, WrittenAsk | WrittenFill)


def _is_after_a_question(dialog: WrittenDialog, name: str) -> bool:
    """Whether a state is only come to after a question, and not straight from one."""
    before = [state for state in dialog.states.values() if name in next_states(state)]
    if any(_waits(state) for state in before):
        return False
    alone = _without_questions(dialog)
    return name not in alone and name in reached(dialog, ["start"])


def _without_questions(dialog: WrittenDialog) -> set[str]:
    """The states that belong to the turn in which the dialog begins."""
    seen: set[str] = set()
    waiting = ["start"]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            if not _waits(dialog.states[name]):
                waiting.extend(next_states(dialog.states[name]))
    return seen
