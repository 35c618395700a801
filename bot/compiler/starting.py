"""Starting: which dialogs must be there, which are switched off, and which intent starts which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.coach.intents import AMBIGUOUS
from bot.compiler.nodes import File, Mapping, Node, Scalar, Sequence
from bot.compiler.overlays import Written
from bot.compiler.problems import Notes, did_you_mean
from bot.compiler.references import ends_of
from bot.compiler.reserved import RESERVED_DIALOGS, UNCLEAR
from bot.compiler.written import WrittenDialog, WrittenEnd, WrittenState

INTENTS = "openings"
"""The rules file in which the reader's intents are."""


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
    openings = [language.rules[INTENTS] for language in written.languages.values() if INTENTS in language.rules]
    if not openings:
        return
    heard = {UNCLEAR, AMBIGUOUS, *(name for rules in openings for name in _intents_of(rules))}
    for dialog in written.dialogs.values():
        for intent in dialog.starts_on:
            if intent.text not in heard:
                notes.warning(
                    intent,
                    f"no text is read as `{intent.text}`, so this never starts the dialog; write what people type for"
                    f" it under `typed` in content/{written.fallback}/rules/{INTENTS}.yaml, like"
                    f" `some words: {intent.text}`{did_you_mean(intent.text, heard)}",
                )


def _intents_of(rules: Mapping) -> Iterator[str]:
    """What a text is read as: the intents that signs weigh for, alone or together, and those of words typed."""
    weights, together, typed = (rules.get(name) for name in ("weights", "together", "typed"))
    for sign in _values(weights):
        yield from _keys(sign)
    for one in together.items if isinstance(together, Sequence) else ():
        yield from _keys(one.get("add") if isinstance(one, Mapping) else None)
    yield from (intent.text for intent in _values(typed) if isinstance(intent, Scalar))


def _keys(node: Node | None) -> Iterator[str]:
    yield from (key.text for key, _ in node) if isinstance(node, Mapping) else ()


def _values(node: Node | None) -> Iterator[Node]:
    yield from (value for _, value in node) if isinstance(node, Mapping) else ()


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
