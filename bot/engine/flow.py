"""The flow: enter a state, do what it says, go on, until a question waits or the stack is empty."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import assert_never

from bot.engine.answers import fitting, from_choice
from bot.engine.applications import close
from bot.engine.conditions import as_code, holds
from bot.engine.conversation import Application, Waiting, in_order
from bot.engine.effects import DropNudges, Export, Forget
from bot.engine.model import (
    END,
    Act,
    Ask,
    Branch,
    ByAnswer,
    Do,
    End,
    Fill,
    Go,
    OneOf,
    Question,
    State,
    To,
    YesNo,
)
from bot.engine.model import (
    Run as RunDialog,
)
from bot.engine.nudging import arm_on_consent, move_nudge, promises_the_past
from bot.engine.run import Run, Running

MOST_STEPS = 100
"""States entered in one turn before the coach stops itself (a loop that no check saw)."""


CODED = (OneOf, YesNo)
"""Kinds of slots whose answers are codes that a ``go`` may map."""


class TrippedError(RuntimeError):
    """A dialog went on for more than ``MOST_STEPS`` states without asking anything."""


def go_on(run: Run) -> None:
    """Run from the top of the stack until a question waits or nothing is left."""
    for _ in range(MOST_STEPS):
        if not run.stack:
            return
        frame = run.stack[-1]
        if frame.waiting is not None:
            return
        _enter(run, frame, frame.now_in)
    raise TrippedError(run.stack[-1].dialog.name)


def _enter(run: Run, frame: Running, state: State) -> None:
    _lose(run, state)
    for message in state.says:
        run.say(message)
    show(run, state)
    for act in state.acts:
        _act(run, act)
    if state.saves:
        _save(run, state.saves)
    run.small_print_later |= state.small_print_later
    match state.body:
        case None:
            follow(run, state.go, None)
        case Ask(question):
            _ask(run, frame, state, question)
        case Fill(questions):
            fill(run, frame, state, questions)
        case Do(skill):
            _do(run, frame, skill)
            follow(run, state.go, None)
        case RunDialog(dialog, passes, _):
            run.start(dialog, "run", run.some(passes))
        case _:
            assert_never(state.body)


def _lose(run: Run, state: State) -> None:
    """Make unknown what the state clears or forgets."""
    for name in state.clears:
        run.put(name, None)
    for name in state.forgets:
        run.forget(name)


def show(run: Run, state: State) -> None:
    """Send the state's blocks to copy; one whose slot is unknown is left out."""
    for one in state.shows:
        value = run.get(one.slot)
        if value is not None:
            run.say(one.message, block=str(value))


# ------------------------------------------------------------------------------------------------ questions


def _ask(run: Run, frame: Running, state: State, question: Question) -> None:
    """Wait for the answer, unless this turn's text may have given it and did."""
    if not ((run.heard or run.fresh) and _already_answered(run, frame, state, question)):
        wait(run, frame, state, question)


def fill(run: Run, frame: Running, state: State, questions: tuple[Question, ...]) -> None:
    """Ask for the first slot that is unknown and was not skipped; go on when there is none."""
    for question in questions:
        if run.get(question.slot) is None and question.slot not in frame.skipped:
            wait(run, frame, state, question)
            return
    follow(run, state.go, None)


def wait(run: Run, frame: Running, state: State, question: Question) -> None:
    """Ask the question under a new number and wait for its answer."""
    run.asked += 1
    visible = question.codes
    if question.has_hidden:
        visible = tuple([choice.code for choice in question.choices if run.knows(choice.needs)])
    silent_at = None if state.if_silent is None else run.now + state.if_silent.after
    frame.waiting = in_order(Waiting, (run.asked, question.slot, question.message.key, visible, 0, silent_at))
    run.say_question(question, frame.waiting)


def _already_answered(run: Run, frame: Running, state: State, question: Question) -> bool:
    """Whether the text of this very turn answers the question too, so that nothing is asked that was said."""
    slot = run.slot(question.slot)
    if slot is None:
        return False
    for key, code in run.heard:
        if key == question.message.key:
            run.heard.discard((key, code))
            take_choice(run, frame, state, question, code)
            return True
    value = run.get(question.slot) if question.slot in run.fresh else None
    if value is None or not isinstance(slot.kind, CODED):
        return False
    run.fresh.discard(question.slot)
    follow(run, state.go, as_code(value))
    return True


def question_of(state: State, slot: str) -> Question | None:
    """The question by which this state asks for the slot."""
    match state.body:
        case Ask(question) if question.slot == slot:
            return question
        case Fill(questions):
            return next((question for question in questions if question.slot == slot), None)
        case _:
            return None


def take_choice(run: Run, frame: Running, state: State, question: Question, code: str) -> None:
    """A choice was picked: keep the answer, take it as consent where it is one, and go on.

    Consent to a moment that has gone by meanwhile is asked for again, with another moment.
    """
    if frame.dialog.nudges and promises_the_past(run, frame, code) and renewed(run, frame, question):
        run.repair("gone_by")
        return
    slot = run.slot(question.slot)
    value = None if slot is None else from_choice(slot.kind, code)
    if value is not None:
        run.put(question.slot, value)
    frame.waiting = None
    if frame.dialog.nudges:
        arm_on_consent(run, frame, code)
    _answered(run, frame, state, code)


def take_value(run: Run, frame: Running, state: State, question: Question, value: object) -> bool:
    """A value was given in words; ``False`` if it does not fit the slot."""
    slot = run.slot(question.slot)
    fit = None if slot is None else fitting(slot.kind, value)  # type: ignore[arg-type]
    if slot is None or fit is None:
        return False
    run.put(question.slot, fit)
    frame.waiting = None
    code = as_code(fit) if isinstance(slot.kind, CODED) else None
    if code is not None:
        arm_on_consent(run, frame, code)
    _answered(run, frame, state, code)
    return True


def _answered(run: Run, frame: Running, state: State, code: str | None) -> None:
    if isinstance(state.body, Fill):
        fill(run, frame, state, state.body.questions)
    else:
        follow(run, state.go, code)


def skip_question(run: Run, frame: Running) -> None:
    """Leave the waiting question open and go on without an answer."""
    state, waiting = frame.now_in, frame.waiting
    assert waiting is not None, "only a waiting question can be skipped"
    frame.waiting = None
    if isinstance(state.body, Fill):
        frame.skipped = (*frame.skipped, waiting.slot)
        fill(run, frame, state, state.body.questions)
    elif isinstance(state.go, ByAnswer):
        target = state.go.skipped or state.go.otherwise
        way = "skip" if state.go.skipped or not target else "else"
        if target:
            _move(run, frame, way, target)
        else:
            run.took(frame, way)
            end(run, "skipped")
    else:
        follow(run, state.go, None)


# ------------------------------------------------------------------------------------------------- going on


def follow(run: Run, go: Go, answer: str | None) -> None:
    """Go where ``go`` says, by the answer's code where it maps answers."""
    frame = run.stack[-1]
    match go:
        case To(target):
            _move(run, frame, "go", target)
        case ByAnswer(by_code, otherwise, _):
            if answer is not None and answer in by_code:
                _move(run, frame, answer, by_code[answer])
            else:
                _move(run, frame, "else", otherwise or END)
        case Branch(ways):
            values = run.values
            nth = next(nth for nth, (condition, _) in enumerate(ways, 1) if holds(condition, values))
            _move(run, frame, str(nth), ways[nth - 1][1])
        case End(name):
            run.took(frame, "go")
            end(run, name)
        case _:
            assert_never(go)


def _move(run: Run, frame: Running, way: str, target: str) -> None:
    """Take one way out of the frame's state, to another state or to the dialog's end."""
    dialog = frame.dialog
    run.ways.append((dialog.name, frame.now_in.name, way))
    if target == END:
        end(run, "done")
    else:
        frame.now_in = dialog.states[target]


def end(run: Run, name: str) -> None:
    """The dialog on top is over: hand back what the caller keeps and go on there, or come back to what waited."""
    ended = run.stack.pop()
    below = run.top
    if below is None:
        run.snapshots = ()
        return
    if ended.kind == "run":
        body = below.now_in.body
        assert isinstance(body, RunDialog), "only a state that runs a dialog has one above it"
        for slot in body.keeps:
            run.put(slot, ended.slots.get(slot))
        follow(run, below.now_in.go, name)
    elif below.waiting is not None and not _left_behind(run, below):
        run.repair("back")
        ask_again(run, below)


def _left_behind(run: Run, frame: Running) -> bool:
    """End a dialog that has lost its point while something else was talked about; ``False`` if it has not."""
    values = run.values
    if not any(holds(condition, values) for condition in frame.dialog.over_when):
        return False
    frame.waiting = None
    end(run, "done")
    return True


def ask_again(run: Run, frame: Running) -> None:
    """Say the waiting question once more, under the number that it has.

    What was to be filled and has become known meanwhile is not asked. Where a choice names a moment that has gone by,
    the skill that gave the moment is asked for another.
    """
    waiting, state = frame.waiting, frame.now_in
    assert waiting is not None, "only a waiting question can be asked again"
    question = question_of(state, waiting.slot)
    if question is not None and renewed(run, frame, question):
        return
    if isinstance(state.body, Fill) and run.get(waiting.slot) is not None:
        frame.waiting = None
        fill(run, frame, state, state.body.questions)
    elif question is not None:
        run.say_question(question, waiting)


# --------------------------------------------------------------------------------------------- what is done


def _do(run: Run, frame: Running, name: str) -> None:
    skill = run.library.skills[name]
    given = skill.run(run.some(skill.reads), run.facts)
    for slot in skill.gives:
        run.put(slot, given.get(slot))
        frame.made[slot] = frame.now_in.name


def redo(run: Run, frame: Running, changed: Iterable[str]) -> bool:
    """Go back to the first skill of this dialog that read a changed slot; ``False`` if none did."""
    names = set(changed)
    for state in dict.fromkeys(frame.made.values()):
        body = frame.dialog.states[state].body
        if isinstance(body, Do) and names & set(run.library.skills[body.skill].reads):
            frame.move_to(state)
            frame.waiting = None
            return True
    return False


def renewed(run: Run, frame: Running, question: Question) -> bool:
    """Go back to the skill that gave a moment which the question names and which has gone by; ``False`` without one."""
    if not frame.made:
        return False
    for name in (*question.message.needs, *(name for choice in question.choices for name in choice.needs)):
        moment, made_in = run.get(name), frame.made.get(name)
        if made_in is not None and isinstance(moment, datetime) and moment <= run.now:
            frame.move_to(made_in)
            frame.waiting = None
            return True
    return False


def _save(run: Run, names: tuple[str, ...]) -> None:
    application = run.application or run.first_application()
    saved = {**application.saved, **run.some(names)}
    run.keep(Application(application.number, application.slots, saved, application.closed))


def _act(run: Run, act: Act) -> None:
    match act:
        case "pause_nudges":
            run.nudges_paused = True
            run.effects.append(DropNudges())
        case "resume_nudges":
            run.nudges_paused = False
        case "stop_nudges":
            stop_nudges(run)
        case "move_nudge":
            move_nudge(run)
        case "forget_me":
            del run.stack[:-1]  # nothing that waited is left to come back to
            run.effects.append(Forget())
        case "export_me":
            run.effects.append(Export())
        case "close_application":
            close(run)
        case _:
            assert_never(act)


def stop_nudges(run: Run) -> None:
    """No timer is left, and nothing that a timer said waits to be sent."""
    run.timers, run.fired = (), ()
    run.effects.append(DropNudges())
