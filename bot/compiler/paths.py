"""Paths: where states lead, looked at as a whole: nobody is left standing, and nothing goes round by itself.

A *step* is a state of a dialog. Some steps follow one another in the same turn, without waiting for the person; a
dialog that can be run through without a question is no more than a few such steps.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set

from bot.compiler.nodes import Scalar
from bot.compiler.overlays import Written
from bot.compiler.problems import Notes, listed
from bot.compiler.written import WrittenAsk, WrittenDialog, WrittenEnd, WrittenRun, WrittenState
from bot.engine.model import END

LONGEST_CHAIN = 50
"""States that may follow one another without a question; the engine stops itself at twice as many."""

Step = tuple[str, str]
"""A dialog and a state of it."""


def check_paths(written: Written, notes: Notes) -> None:
    """Note states that nothing leads to or that nothing leads away from, and whatever goes on for ever.

    Every name in the dialogs must have been found before.
    """
    following = _following(written.dialogs)
    rounds = _rounds(following)
    for around in rounds:
        _note_round(around, written, notes)
    if not rounds:
        _check_chains(following, written, notes)
    going_round = {dialog for around in rounds for dialog, _ in around}
    for name, dialog in written.dialogs.items():
        _check_reached(dialog, notes)
        if name not in going_round:
            _check_ways_out(dialog, notes)


# ------------------------------------------------------------------------------------------- inside a dialog


def next_states(state: WrittenState) -> Iterator[str]:
    return (target.text for target in state.targets if target.text != END)


def may_end(state: WrittenState) -> bool:
    return isinstance(state.go, WrittenEnd) or any(target.text == END for target in state.targets)


def entries(dialog: WrittenDialog) -> Iterator[str]:
    """Where a dialog is entered: at its start, and where its nudges begin."""
    yield "start"
    begins = (nudge.begins_at(dialog.states) for nudge in dialog.nudges.values())
    yield from (state for state in begins if state is not None)


def reached(dialog: WrittenDialog, names: Iterable[str]) -> Set[str]:
    """The states that can be come to from these, themselves included."""
    seen: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(next_states(dialog.states[name]))
    return seen


def _check_reached(dialog: WrittenDialog, notes: Notes) -> None:
    found = reached(dialog, entries(dialog))
    for name, state in dialog.states.items():
        if name not in found:
            notes.problem(state.name, f"nothing leads to the state `{name}`; take it out, or go there from somewhere.")


def _check_ways_out(dialog: WrittenDialog, notes: Notes) -> None:
    """Of states that share their fate only the first is named."""
    named: set[str] = set()
    for name in (name for name in dialog.states if name not in named):
        later = reached(dialog, [name])
        if not any(may_end(dialog.states[other]) for other in later) and not later & named:
            named |= later
            message = f"from the state `{name}` no way leads to an end; add an `end`, or a way to `end`."
            notes.problem(dialog.states[name].name, message)


# ----------------------------------------------------------------------------------------- within one turn


def _following(dialogs: Mapping[str, WrittenDialog]) -> dict[Step, list[Step]]:
    """The steps that may follow each step in the same turn."""
    quiet = _quiet(dialogs)
    return {
        (name, state.name.text): list(_after(name, state, quiet))
        for name, dialog in dialogs.items()
        for state in dialog.states.values()
    }


def _after(dialog: str, state: WrittenState, quiet: Set[str]) -> Iterator[Step]:
    if isinstance(state.body, WrittenAsk):
        return
    if isinstance(state.body, WrittenRun):
        other = state.body.dialog.text
        yield other, "start"
        if other not in quiet:
            return
    yield from ((dialog, name) for name in next_states(state))


def _quiet(dialogs: Mapping[str, WrittenDialog]) -> Set[str]:
    """The dialogs that may come to their end without asking anything."""
    quiet: set[str] = set()
    while more := {name for name, dialog in dialogs.items() if name not in quiet and _ends_quietly(dialog, quiet)}:
        quiet |= more
    return quiet


def _ends_quietly(dialog: WrittenDialog, quiet: Set[str]) -> bool:
    seen: set[str] = set()
    waiting = ["start"]
    while waiting:
        name = waiting.pop()
        state = dialog.states[name]
        if name in seen or isinstance(state.body, WrittenAsk):
            continue
        if isinstance(state.body, WrittenRun) and state.body.dialog.text not in quiet:
            continue
        if may_end(state):
            return True
        seen.add(name)
        waiting.extend(next_states(state))
    return False


def _in_order(following: Mapping[Step, list[Step]]) -> list[Step]:
    """The steps, each before those that follow it; those that go round, and all behind them, are left out."""
    before = Counter(step for steps in following.values() for step in steps)
    order = [step for step in following if not before[step]]
    for step in order:
        for later in following[step]:
            before[later] -= 1
            if not before[later]:
                order.append(later)
    return order


def _rounds(following: Mapping[Step, list[Step]]) -> list[list[Step]]:
    """Groups of steps that come back to themselves within a turn."""
    left = following.keys() - set(_in_order(following))
    behind = {step: _behind(step, following) for step in left}
    groups: dict[frozenset[Step], list[Step]] = defaultdict(list)
    for step in (step for step in following if step in left and step in behind[step]):
        groups[frozenset(other for other in behind[step] if step in behind[other])].append(step)
    return list(groups.values())


def _behind(step: Step, following: Mapping[Step, list[Step]]) -> Set[Step]:
    seen: set[Step] = set()
    waiting = list(following[step])
    while waiting:
        later = waiting.pop()
        if later not in seen:
            seen.add(later)
            waiting.extend(following[later])
    return seen


def _note_round(around: list[Step], written: Written, notes: Notes) -> None:
    at = _node(around[0], written)
    if len(around) == 1:
        notes.problem(
            at, f"the state `{at.text}` comes back to itself without a question; the coach would talk for ever."
        )
        return
    single = len({dialog for dialog, _ in around}) == 1
    names = [state if single else f"{dialog}.{state}" for dialog, state in around]
    notes.problem(at, f"the states {listed(names, 'and')} go round without a question; the coach would talk for ever.")


def _check_chains(following: Mapping[Step, list[Step]], written: Written, notes: Notes) -> None:
    length: dict[Step, int] = {}
    for step in reversed(_in_order(following)):
        length[step] = 1 + max((length[later] for later in following[step]), default=0)
    longest = max(length, key=lambda step: length[step], default=None)
    if longest is not None and length[longest] > LONGEST_CHAIN:
        message = f"{length[longest]} states follow one another from `{longest[1]}` on without a question"
        notes.problem(_node(longest, written), f"{message}; at most {LONGEST_CHAIN} may.")


def _node(step: Step, written: Written) -> Scalar:
    dialog, state = step
    return written.dialogs[dialog].states[state].name
