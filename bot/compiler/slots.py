"""Slots as an author declares them, shared or a dialog's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from bot.compiler.keys import KINDS, RANGE, SCOPES, SLOT
from bot.compiler.nodes import Mapping as MappingNode
from bot.compiler.nodes import Node, Scalar
from bot.compiler.problems import Notes, listed, quoted
from bot.compiler.shapes import (
    has_only,
    read_choice,
    read_items,
    read_keys,
    read_mapping,
    read_name,
    read_number,
    read_text,
    read_yes,
)
from bot.compiler.written import WrittenSlot
from bot.engine.model import Kind, ManyOf, Moment, Number, OneOf, Scope, Slot, Text, YesNo
from bot.engine.values import Value

LONGEST_TEXT = 4000
MOST_CODES = 50
_LARGEST = 999_999_999


def read_slots(node: Node, notes: Notes) -> Mapping[str, WrittenSlot]:
    """Read slots by name; one that has a problem is left out."""
    mapping = read_mapping(node, "`slots`", notes)
    found = [_slot(key, value, notes) for key, value in mapping or () if read_name(key, "a slot's name", notes)]
    return {slot.name.text: slot for slot in found if slot}


def _slot(name: Scalar, node: Node, notes: Notes) -> WrittenSlot | None:
    notes = notes.within(f"slot {quoted(name.text)}")
    keys = read_keys(node, SLOT, "a slot", notes)
    kind = _kind(node, keys, notes) if keys is not None else None
    if keys is None or kind is None:
        return None
    scope: str | None = "dialog"
    if "scope" in keys:
        scope = read_choice(keys["scope"], SCOPES, "a scope", notes)
    starts_as = None
    if "starts as" in keys:
        starts_as = _starts_as(keys["starts as"], kind, scope or "dialog", notes)
    return WrittenSlot(name, Slot(name.text, kind, cast("Scope", scope or "dialog"), starts_as))


def _kind(node: Node, keys: Mapping[str, Node], notes: Notes) -> Kind | None:
    kinds = [name for name in KINDS if name in keys]
    if not kinds and not has_only(node, SLOT):
        return None
    if len(kinds) != 1:
        said = "has no kind" if not kinds else f"has several kinds, {listed(kinds, 'and')}"
        notes.problem(node, f"the slot {said}; write one of {listed(KINDS)}.")
        return None
    if "at most" in keys and kinds != ["many of"]:
        notes.problem(keys["at most"], "`at most` goes with `many of` only.")
        return None
    value = keys[kinds[0]]
    match kinds[0]:
        case "one of":
            codes = read_codes(value, "`one of`", notes)
            return OneOf(codes) if codes else None
        case "many of":
            return _many_of(value, keys.get("at most"), notes)
        case "text":
            most = read_number(value, 1, LONGEST_TEXT, "the length of a text", notes)
            return None if most is None else Text(most)
        case "moment":
            word = read_choice(value, ("true", "roughly"), "a word for `moment`", notes)
            return None if word is None else Moment(word == "roughly")
        case "number":
            return _number(value, notes)
        case _:
            return YesNo() if read_yes(value, "`yes no`", notes) else None


def read_codes(node: Node, what: str, notes: Notes, before: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Read the codes of a list; ``before`` are those that it goes on from."""
    codes = [code for item in read_items(node, what, notes) if (code := read_name(item, "a code", notes))]
    for number, code in enumerate(codes):
        if code.text in (*before, *(earlier.text for earlier in codes[:number])):
            notes.problem(code, f"the code `{code.text}` is there twice.")
        if code.text in ("else", "skip"):
            notes.problem(code, f"`{code.text}` has a meaning of its own in `go`; take another code.")
    if len(before) + len(codes) > MOST_CODES:
        notes.problem(node, f"{what} has {len(before) + len(codes)} codes; at most {MOST_CODES} are read.")
    return tuple(code.text for code in codes)


def _many_of(node: Node, at_most: Node | None, notes: Notes) -> ManyOf | None:
    codes = read_codes(node, "`many of`", notes)
    if not codes:
        return None
    most = len(codes) if at_most is None else read_number(at_most, 1, len(codes), "`at most`", notes)
    return None if most is None else ManyOf(codes, most)


def _number(node: Node, notes: Notes) -> Number | None:
    keys = read_keys(node, RANGE, "`number`", notes)
    if keys is None or "from" not in keys or "to" not in keys:
        return None
    least = read_number(keys["from"], -_LARGEST, _LARGEST, "`from`", notes)
    most = read_number(keys["to"], -_LARGEST, _LARGEST, "`to`", notes)
    if least is None or most is None:
        return None
    if least > most:
        notes.problem(keys["to"], f"`to` should be {least} or more, because `from` is.")
        return None
    return Number(least, most)


def _starts_as(node: Node, kind: Kind, scope: str, notes: Notes) -> Value | None:
    if scope not in ("dialog", "person"):
        notes.problem(
            node, f"a slot of scope `{scope}` is unknown at first; `starts as` goes with `dialog` and `person`."
        )
        return None
    match kind:
        case OneOf(codes):
            return read_choice(node, codes, "a code of this slot", notes)
        case YesNo():
            word = read_choice(node, ("yes", "no"), "`starts as`", notes)
            return None if word is None else word == "yes"
        case Number(least, most):
            return read_number(node, least, most, "`starts as`", notes)
        case Text():
            text = read_text(node, "`starts as`", notes)
            return None if text is None else text.text
        case Moment() | ManyOf():
            notes.problem(node, "a moment or a list is unknown at first; leave `starts as` out.")
            return None


def shared_slots(source: MappingNode, notes: Notes) -> Mapping[str, WrittenSlot]:
    """Read ``dialogs/slots.yaml``; a shared slot says its scope, because several dialogs rely on it."""
    slots = read_slots(source, notes)
    for slot in slots.values():
        if slot.slot.scope == "dialog":
            notes.problem(
                slot.name, f"the shared slot `{slot.name.text}` needs a `scope`: `turn`, `application` or `person`."
            )
    return slots
