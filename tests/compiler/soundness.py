"""What holds in every library that compiles, looked up anew in the finished library and not by the compiler's checks."""

from __future__ import annotations

from collections.abc import Iterator

from bot.compiler.library import Compiled
from bot.engine.model import (
    END,
    Ask,
    Branch,
    ByAnswer,
    Dialog,
    Do,
    End,
    Fill,
    Go,
    Message,
    OneOf,
    Question,
    Run,
    State,
    To,
)


def unsound(compiled: Compiled) -> list[str]:
    """Return what the engine would stumble over."""
    return [fault for dialog in compiled.library.dialogs.values() for fault in _faults(dialog, compiled)]


def _faults(dialog: Dialog, compiled: Compiled) -> Iterator[str]:
    if "start" not in dialog.states:
        yield f"{dialog.name} has no start"
    for state in dialog.states.values():
        where = f"{dialog.name}.{state.name}"
        yield from (f"{where} goes to {name}" for name in _targets(state) if name not in (*dialog.states, END))
        yield from (f"{where} says {one.key}" for one in _messages(state) if not _is_worded(one, compiled))
        yield from _missing(where, state, compiled)
        yield from (fault for one in questions_of(state) for fault in _unanswerable(where, one, dialog, compiled))
    if not any(isinstance(state.go, End) or END in _targets(state) for state in dialog.states.values()):
        yield f"{dialog.name} never ends"


def _targets(state: State) -> list[str]:
    silent = [] if state.if_silent is None else [state.if_silent.to]
    return [*_ways(state.go), *silent]


def _ways(go: Go) -> list[str]:
    match go:
        case To(target):
            return [target]
        case Branch(ways):
            return [target for _, target in ways]
        case ByAnswer(ways, otherwise, skipped):
            return [target for target in (*ways.values(), otherwise, skipped) if target is not None]
        case End():
            return []


def _messages(state: State) -> list[Message]:
    return [*state.says, *(show.message for show in state.shows), *(one.message for one in questions_of(state))]


def questions_of(state: State) -> tuple[Question, ...]:
    match state.body:
        case Ask(question):
            return (question,)
        case Fill(questions):
            return questions
        case _:
            return ()


def _is_worded(message: Message, compiled: Compiled) -> bool:
    return message.key in compiled.catalog.languages[compiled.catalog.fallback].messages


def _missing(where: str, state: State, compiled: Compiled) -> Iterator[str]:
    if isinstance(state.body, Run) and state.body.dialog not in compiled.library.dialogs:
        yield f"{where} runs {state.body.dialog}"
    if isinstance(state.body, Do) and state.body.skill not in compiled.library.skills:
        yield f"{where} does {state.body.skill}"


def _unanswerable(where: str, question: Question, dialog: Dialog, compiled: Compiled) -> Iterator[str]:
    slot = dialog.slots.get(question.slot) or compiled.library.slots.get(question.slot)
    if slot is None:
        yield f"{where} asks for {question.slot}"
    elif isinstance(slot.kind, OneOf):
        offered = {*(choice.code for choice in question.choices), *question.heard}
        yield from (f"{where} cannot be answered with {code}" for code in slot.kind.codes if code not in offered)
