"""States: what one of them says, shows, asks or does, and where it goes on."""

from __future__ import annotations

from typing import cast

from bot.compiler.keys import ACTS, BODIES, IF_SILENT, STATE
from bot.compiler.nodes import Node, Scalar
from bot.compiler.phrases import read_length
from bot.compiler.problems import Notes, listed, quoted
from bot.compiler.shapes import has_only, read_choice, read_choices, read_keys, read_name, read_names, read_number
from bot.compiler.ways import read_go, read_target
from bot.compiler.written import (
    WrittenAsk,
    WrittenBody,
    WrittenDo,
    WrittenEnd,
    WrittenFill,
    WrittenGo,
    WrittenRun,
    WrittenSilence,
    WrittenState,
    targets_of,
)
from bot.engine.model import Act

Keys = dict[str, Node]

MOST_WORDS = 100
"""What a text may be asked to have at least."""

_GOES_WITH = {"words": "ask", "at_least": "ask", "with": "run", "keep": "run"}


def read_state(name: Scalar, node: Node, notes: Notes) -> WrittenState | None:
    """Read one state; ``None`` where it has no shape of its own or does not say where it goes on."""
    notes = notes.within(f"state {quoted(name.text)}")
    keys = read_keys(node, STATE, "a state", notes)
    if keys is None:
        return None
    body = _body(keys, notes)
    go = _go(name, keys, notes)
    silence = _silence(keys["if_silent"], notes) if "if_silent" in keys else None
    if go is None:
        return None
    state = WrittenState(
        name=name,
        go=go,
        body=body,
        clears=_names(keys, "clear", "a slot", notes),
        says=_names(keys, "say", "a message", notes),
        shows=_names(keys, "show", "a slot", notes),
        saves=_names(keys, "save", "a slot", notes),
        forgets=_names(keys, "forget", "a slot", notes),
        acts=_acts(keys, notes),
        small_print_later=_small_print(keys, notes),
        if_silent=silence,
    )
    if has_only(node, STATE):
        _check_purpose(state, keys, notes)
    return state


def _names(keys: Keys, key: str, what: str, notes: Notes) -> tuple[Scalar, ...]:
    return read_names(keys[key], f"{what} for `{key}`", notes) if key in keys else ()


def _body(keys: Keys, notes: Notes) -> WrittenBody | None:
    present = [key for key in BODIES if key in keys]
    for key, owner in _GOES_WITH.items():
        if key in keys and owner not in present:
            notes.problem(keys[key], f"`{key}` goes with `{owner}` only.")
    if len(present) > 1:
        notes.problem(keys[present[1]], f"a state does one thing, not {listed(present, 'and')}; make it two states.")
    if not present:
        return None
    return _BODY_READERS[present[0]](keys, notes)


def _ask(keys: Keys, notes: Notes) -> WrittenBody | None:
    slot = read_name(keys["ask"], "the slot to ask for", notes)
    words = read_name(keys["words"], "the message key", notes) if "words" in keys else slot
    at_least = read_number(keys["at_least"], 1, MOST_WORDS, "`at_least`", notes) if "at_least" in keys else 0
    return None if slot is None or words is None or at_least is None else WrittenAsk(slot, words, at_least)


def _fill(keys: Keys, notes: Notes) -> WrittenBody | None:
    return WrittenFill(_names(keys, "fill", "a slot", notes))


def _do(keys: Keys, notes: Notes) -> WrittenBody | None:
    skill = read_name(keys["do"], "a skill", notes)
    return None if skill is None else WrittenDo(skill)


def _run(keys: Keys, notes: Notes) -> WrittenBody | None:
    dialog = read_name(keys["run"], "a dialog", notes)
    passes, keeps = _names(keys, "with", "a slot", notes), _names(keys, "keep", "a slot", notes)
    return None if dialog is None else WrittenRun(dialog, passes, keeps)


_BODY_READERS = {"ask": _ask, "fill": _fill, "do": _do, "run": _run}


def _go(name: Scalar, keys: Keys, notes: Notes) -> WrittenGo | None:
    if "go" in keys and "end" in keys:
        notes.problem(keys["end"], "a state goes on or ends; write `go` or `end`, not both.")
        return None
    if "end" in keys:
        end = read_name(keys["end"], "the end's name", notes)
        return None if end is None else WrittenEnd(end)
    if "go" in keys:
        return read_go(keys["go"], notes)
    notes.problem(name, "the state is a dead end; say where it goes on with `go`, or write `end: done`.")
    return None


def _acts(keys: Keys, notes: Notes) -> tuple[Act, ...]:
    acts = read_choices(keys["act"], ACTS, "something to do", notes) if "act" in keys else ()
    return cast("tuple[Act, ...]", acts)


def _small_print(keys: Keys, notes: Notes) -> bool:
    if "small_print" not in keys:
        return False
    return read_choice(keys["small_print"], ("later",), "a word for `small_print`", notes) is not None


def _silence(node: Node, notes: Notes) -> WrittenSilence | None:
    keys = read_keys(node, IF_SILENT, "`if_silent`", notes)
    if keys is None or "after" not in keys or "go" not in keys:
        return None
    after, to = read_length(keys["after"], notes), read_target(keys["go"], notes)
    return None if after is None or to is None else WrittenSilence(after, to)


def _check_purpose(state: WrittenState, keys: Keys, notes: Notes) -> None:
    """A state that only hands on says nothing to anyone, and `if_silent` needs somebody to be silent."""
    if keys.keys() == {"go"} and len({target.text for target in targets_of(state.go)}) == 1:
        target = targets_of(state.go)[0].text
        notes.problem(state.name, f"the state says nothing and does nothing; go to `{target}` directly.")
    if state.if_silent is not None and not {"ask", "fill"} & keys.keys():
        notes.problem(keys["if_silent"], "`if_silent` goes with `ask` and `fill` only; nothing waits here.")
