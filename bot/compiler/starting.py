"""Starting: which dialogs must be there, which are switched off, and which intent starts which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.compiler.nodes import File, Mapping, Node, Scalar, Sequence
from bot.compiler.overlays import Written
from bot.compiler.problems import Notes, did_you_mean
from bot.compiler.references import ends_of
from bot.compiler.reserved import RESERVED_DIALOGS, UNCLEAR
from bot.compiler.written import WrittenDialog, WrittenEnd, WrittenState

INTENTS = "openings"
"""The rules file in which the reader's intents are."""

NAME = re.compile("[a-z][a-z_]*")


def check_starts(written: Written, notes: Notes) -> None:
    """Note reserved dialogs that are missing and intents that start two dialogs."""
    for name in RESERVED_DIALOGS:
        if name not in written.dialogs:
            notes.problem_at(
                File(f"dialogs/{name}.yaml", ""),
                0,
                0,
                f"the dialog `{name}` is missing; the coach starts it by itself.",
            )
    if not any(intent.text == UNCLEAR for dialog in written.dialogs.values() for intent in dialog.starts_on):
        notes.problem_at(File("dialogs", ""), 0, 0, f"no dialog starts on `{UNCLEAR}`, for what is not understood.")
    claimed: dict[str, Scalar] = {}
    for dialog in written.dialogs.values():
        for intent in dialog.starts_on:
            first = claimed.setdefault(intent.text, intent)
            if first is not intent:
                notes.problem(
                    intent, f"`{intent.text}` starts a dialog already ({first.file.path}, line {first.line})."
                )


def check_heard(written: Written, notes: Notes) -> None:
    """Warn of an intent that no rule of the reader speaks of: nothing that a person writes is ever read as it.

    Where no rules of intents are at hand, there is nothing to go by.
    """
    if not any(INTENTS in language.rules for language in written.languages.values()):
        return
    heard = {UNCLEAR, *(name for language in written.languages.values() for name in _said_in(language.rules.values()))}
    for dialog in written.dialogs.values():
        for intent in dialog.starts_on:
            if intent.text not in heard:
                near = did_you_mean(intent.text, {one for one in heard if NAME.fullmatch(one)})
                notes.warning(intent, f"no text is read as `{intent.text}`, so this never starts the dialog{near}")


def _said_in(nodes: Iterable[Node]) -> Iterator[str]:
    """Every key and every text of the nodes."""
    for node in nodes:
        match node:
            case Scalar():
                yield node.text
            case Sequence():
                yield from _said_in(node.items)
            case Mapping():
                yield from (key.text for key, _ in node)
                yield from _said_in(value for _, value in node)


def switch_off(written: Written, notes: Notes) -> None:
    """Put a dialog that ends at once in the place of every one that the operator switched off."""
    node = written.operator_keys.keys.get("off")
    for name in written.operator.off:
        if node is None:
            continue
        if name not in written.dialogs:
            notes.problem(node, f"there is no dialog `{name}` to switch off{did_you_mean(name, written.dialogs)}")
        elif name in RESERVED_DIALOGS:
            notes.problem(node, f"`{name}` cannot be switched off.")
        else:
            written.dialogs[name] = _silent(written.dialogs[name])


def _silent(dialog: WrittenDialog) -> WrittenDialog:
    """The dialog without anything but an end, the plainest that its callers know."""
    ends = ends_of(dialog)
    end = "done" if "done" in ends or not ends else min(ends)
    name = replace(dialog.name, text="start")
    state = WrittenState(name, WrittenEnd(replace(dialog.name, text=end)))
    return replace(dialog, states={"start": state}, nudges={}, starts_on=(), renamed=())
