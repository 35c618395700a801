"""Additions: what an overlay adds, under the one key `also`, to a shared slot's codes or to a message's choices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.compiler.content import WrittenMessage, check_choices, read_choices
from bot.compiler.nodes import Mapping as MappingNode
from bot.compiler.nodes import Node, Scalar
from bot.compiler.problems import Notes, did_you_mean, quoted
from bot.compiler.rules import ALSO
from bot.compiler.slots import read_codes
from bot.compiler.written import WrittenSlot
from bot.engine.model import ManyOf, OneOf


def apart(source: MappingNode, notes: Notes) -> tuple[MappingNode, tuple[tuple[Scalar, Node], ...]]:
    """Return the file without its additions, and what is added, by key."""
    added = {key.text: (key, node.get(ALSO)) for key, node in source if isinstance(node, MappingNode) and _adds(node)}
    for key, node in source:
        if key.text in added and isinstance(node, MappingNode) and len(node.entries) > 1:
            notes.problem(key, f"`also` in {quoted(key.text)} adds to what lies under it, so it stands there alone.")
    rest = replace(source, entries=tuple(entry for entry in source.entries if entry[0].text not in added))
    return rest, tuple((key, node) for key, node in added.values() if node is not None)


def _adds(node: MappingNode) -> bool:
    return node.get(ALSO) is not None


def with_codes(
    under: Mapping[str, WrittenSlot], added: tuple[tuple[Scalar, Node], ...], notes: Notes
) -> Iterator[WrittenSlot]:
    """Yield each slot that is added to, with its further codes; a list that takes all codes takes these too."""
    for key, node in added:
        slot = under.get(key.text)
        if slot is None or not isinstance(slot.slot.kind, OneOf | ManyOf):
            _note_nothing_under(key, "slot with codes", under, notes)
            continue
        kind, more = slot.slot.kind, read_codes(node, "`also`", notes, slot.slot.kind.codes)
        codes = (*kind.codes, *more)
        if isinstance(kind, ManyOf):
            most = len(codes) if kind.most == len(kind.codes) else kind.most
            yield replace(slot, slot=replace(slot.slot, kind=ManyOf(codes, most)))
        else:
            yield replace(slot, slot=replace(slot.slot, kind=OneOf(codes)))


def with_choices(
    under: Mapping[str, WrittenMessage], added: tuple[tuple[Scalar, Node], ...], notes: Notes
) -> Iterator[WrittenMessage]:
    """Yield each message that is added to, its further choices last; one that is there already is said anew."""
    for key, node in added:
        message, within = under.get(key.text), notes.within(f"message {quoted(key.text)}")
        if message is None:
            _note_nothing_under(key, "message", under, notes)
            continue
        choices = {**message.choices, **read_choices(node, "`also`", within)}
        check_choices(choices, within)
        yield replace(message, key=key, choices=choices)


def _note_nothing_under(key: Scalar, what: str, under: Mapping[str, object], notes: Notes) -> None:
    notes.problem(key, f"{quoted(key.text)} is no {what} of an earlier folder{did_you_mean(key.text, under)}")
