"""Rules files: plain data for the coach, with the way back from a part of it to its line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.coach.rules import BadRuleError
from bot.compiler.nodes import File, Node, Scalar
from bot.compiler.nodes import Mapping as MappingNode
from bot.compiler.nodes import Sequence as SequenceNode
from bot.compiler.problems import Notes

ALSO = "also"

RulesNodes = Mapping[str, MappingNode]
"""One language's rules files by stem."""


def plain(node: Node) -> Any:
    """Return maps, lists and text; every scalar stays the text that was typed."""
    match node:
        case Scalar():
            return node.text
        case SequenceNode():
            return [plain(item) for item in node.items]
        case MappingNode():
            return {key.text: plain(value) for key, value in node}


def merged(under: MappingNode, over: MappingNode) -> MappingNode:
    """Lay one file over another: maps key by key, all else whole, but for `also`, which adds to the end of a list.

    It is shown as the upper file.

    What is replaced keeps its place, because some maps are in an order that counts.
    """
    own = {key.text: (key, value) for key, value in over}
    laid = [_laid(key, value, *own.pop(key.text, (key, value))) for key, value in under]
    return MappingNode(over.file, over.line, over.column, (*laid, *own.values()))


def _laid(key: Scalar, value: Node, own_key: Scalar, own: Node) -> tuple[Scalar, Node]:
    if own is not value and isinstance(value, MappingNode) and isinstance(own, MappingNode):
        return own_key, merged(value, own)
    more = added(own)
    if more is not None and isinstance(value, SequenceNode):
        return own_key, SequenceNode(own.file, own.line, own.column, (*value.items, *more.items))
    return own_key, own


def added(node: Node) -> SequenceNode | None:
    """What is added to the list that lies under it: a list that stands alone behind `also`."""
    if not isinstance(node, MappingNode) or len(node.entries) != 1:
        return None
    more = node.get(ALSO)
    return more if isinstance(more, SequenceNode) else None


def point_at(fault: BadRuleError, languages: Mapping[str, RulesNodes], notes: Notes) -> None:
    """Note a rule's fault at its line; the path begins with the file's stem, or with the language before it."""
    path = fault.path
    files = [rules for language, rules in languages.items() if not path or path[0] != language]
    if path and path[0] in languages:
        files, path = [languages[str(path[0])]], path[1:]
    named = next((rules[str(path[0])] for rules in files if path and str(path[0]) in rules), None)
    if named is None:
        notes.problem_at(_anywhere(languages), 0, 0, f"{'.'.join(map(str, path)) or 'a rule'}: {fault.message}.")
        return
    node, rest = _descend(named, path[1:])
    where = f"`{'.'.join(map(str, path))}`" if not rest else f"`{'.'.join(map(str, path[: len(path) - len(rest)]))}`"
    notes.problem(node, f"{where} {fault.message}.")


def _descend(node: Node, path: Sequence[str | int]) -> tuple[Node, Sequence[str | int]]:
    """Follow the path as far as it goes; the rest is what is not there."""
    while path:
        step = path[0]
        child: Node | None = None
        if isinstance(node, MappingNode):
            child = node.get(str(step))
        elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.items):
            child = node.items[step]
        if child is None:
            break
        node, path = child, path[1:]
    return node, path


def _anywhere(languages: Mapping[str, RulesNodes]) -> File:
    files = [node.file for rules in languages.values() for node in rules.values()]
    folder = files[0].path.rsplit("/", 1)[0] if files else "content"
    return File(folder, "")
