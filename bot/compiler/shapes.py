"""Shapes: readers of a single node that give what was meant, or note a problem and give nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from bot.compiler.keys import Table
from bot.compiler.nodes import Mapping, Node, Scalar, Sequence
from bot.compiler.problems import Notes, closest, did_you_mean, listed, quoted

LONGEST_NAME = 60
"""Characters of a name; dialog and state names travel in buttons, whose values platforms limit."""

_NAME = re.compile(r"[a-z][a-z0-9_]*")


def is_name(text: str) -> bool:
    return len(text) <= LONGEST_NAME and _NAME.fullmatch(text) is not None


def kind_of(node: Node) -> str:
    """What the node is, in an author's words."""
    match node:
        case Mapping():
            return "keys with values"
        case Sequence():
            return "a list"
        case Scalar():
            return "nothing" if node.is_nothing else f"the text {quoted(node.text)}"


def read_mapping(node: Node, what: str, notes: Notes) -> Mapping | None:
    """Read keys with values, at least one."""
    if isinstance(node, Mapping):
        if node.entries:
            return node
        notes.problem(node, f"{what} is empty.")
    else:
        notes.problem(node, f"{what} should be keys with values, but is {kind_of(node)}.")
    return None


def read_keys(node: Node, table: Table, what: str, notes: Notes) -> dict[str, Node] | None:
    """Read a mapping whose keys are those of the table; unknown and missing ones are noted."""
    mapping = read_mapping(node, what, notes)
    if mapping is None:
        return None
    unknown = [key for key, _ in mapping if key.text not in table]
    for key in unknown:
        notes.problem(key, f"{quoted(key.text)} is not a key of {what}{did_you_mean(key.text, table)}")
    # A key that is close to an unknown one was meant by it, so it is not missed as well.
    meant = {closest(key.text, table) for key in unknown}
    missing = [name for name, key in table.items() if key.required and mapping.get(name) is None and name not in meant]
    if missing:
        notes.problem(mapping, f"{what} needs the key{'s' if len(missing) > 1 else ''} {listed(missing, 'and')}.")
    return {key.text: value for key, value in mapping if key.text in table}


def has_only(node: Node, table: Table) -> bool:
    """Whether the node is a mapping without unknown keys, so that what is missing was not merely misspelt."""
    return isinstance(node, Mapping) and all(key.text in table for key, _ in node)


def read_text(node: Node, what: str, notes: Notes) -> Scalar | None:
    """Read text as it was typed; it must not be empty."""
    if isinstance(node, Scalar) and not node.is_nothing and node.text.strip():
        return node
    notes.problem(node, f"{what} should be a text, but is {'empty' if isinstance(node, Scalar) else kind_of(node)}.")
    return None


def read_name(node: Node, what: str, notes: Notes) -> Scalar | None:
    """Read a name in snake_case."""
    if not isinstance(node, Scalar) or node.is_nothing:
        notes.problem(node, f"{what} should be a name, but is {kind_of(node)}.")
        return None
    if len(node.text) > LONGEST_NAME:
        notes.problem(node, f"{what} has {len(node.text):,} characters; a name has at most {LONGEST_NAME}.")
        return None
    if not is_name(node.text):
        notes.problem(node, f"{quoted(node.text)} is not a name; write {what} in small letters, digits and `_`.")
        return None
    return node


def read_names(node: Node, what: str, notes: Notes) -> tuple[Scalar, ...]:
    """Read one name or a list of different names."""
    items = tuple(read_items(node, what, notes)) if isinstance(node, Sequence) else (node,)
    names = [name for item in items if (name := read_name(item, what, notes))]
    seen: set[str] = set()
    for name in names:
        if name.text in seen:
            notes.problem(name, f"`{name.text}` is there twice.")
        seen.add(name.text)
    return tuple(names)


def read_items(node: Node, what: str, notes: Notes) -> Iterator[Node]:
    """Read the items of a list with at least one."""
    if not isinstance(node, Sequence):
        notes.problem(node, f"{what} should be a list, but is {kind_of(node)}.")
    elif not node.items:
        notes.problem(node, f"{what} is an empty list.")
    else:
        yield from node.items


def read_choice(node: Node, options: Collection[str], what: str, notes: Notes) -> str | None:
    """Read one of a few fixed words."""
    if isinstance(node, Scalar) and node.text in options:
        return node.text
    if isinstance(node, Scalar):
        notes.problem(node, f"{quoted(node.text)} is not {what}; write {listed(options)}.")
    else:
        notes.problem(node, f"{what} should be {listed(options)}, but is {kind_of(node)}.")
    return None


def read_choices(node: Node, options: Collection[str], what: str, notes: Notes) -> tuple[str, ...]:
    """Read one of a few fixed words, or a list of them."""
    items = tuple(read_items(node, what, notes)) if isinstance(node, Sequence) else (node,)
    return tuple(chosen for item in items if (chosen := read_choice(item, options, what, notes)))


def read_number(node: Node, least: int, most: int, what: str, notes: Notes) -> int | None:
    """Read a whole number between two others."""
    text = node.text if isinstance(node, Scalar) else ""
    if re.fullmatch(r"-?[0-9]{1,9}", text) and least <= int(text) <= most:
        return int(text)
    shown = quoted(text) if text else kind_of(node)
    notes.problem(node, f"{what} should be a whole number from {least} to {most}, but is {shown}.")
    return None


def read_yes(node: Node, what: str, notes: Notes) -> bool:
    """Read the ``true`` or ``yes`` of a key that can only be switched on."""
    if isinstance(node, Scalar) and node.text in ("true", "yes"):
        return True
    notes.problem(node, f"{what} can only be `true`, but is {kind_of(node)}.")
    return False
