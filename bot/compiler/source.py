"""YAML source to nodes that know their place, through PyYAML's event stream.

Events are taken one by one and reading stops at the first limit, because libyaml's parser is fast and safe when it is
stopped in time, and neither its composer nor 100,000 open brackets are. What YAML could do beyond plain keys, lists and
text (tags, anchors, merge keys, several documents) is a problem: it is never needed here and surprises people.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from bot.compiler.decoding import decode, unwanted_in
from bot.compiler.nodes import File, Mapping, Node, Scalar, Sequence
from bot.compiler.problems import Notes, quoted
from bot.compiler.syntax import explain

MOST_DEPTH = 32
MOST_NODES = 20_000

_PARSER = getattr(yaml, "CLoader", yaml.Loader)


def read_source(path: str, data: bytes, notes: Notes) -> Mapping | None:
    """Read one file; it must hold keys with values. ``None`` after noting every problem that stopped it."""
    file = decode(path, data, notes)
    if file is None or not _plainly_laid_out(file, notes):
        return None
    try:
        node = _Builder(file, notes).document()
    except yaml.MarkedYAMLError as fault:
        explain(file, fault, notes)
        return None
    except _StoppedError:
        return None
    if not isinstance(node, Mapping):
        _not_a_map(file, node, notes)
        return None
    return node


def _plainly_laid_out(file: File, notes: Notes) -> bool:
    """Whether the file is free of tabs in indentation and of directives, which the parser words badly."""
    fine = True
    for number, line in enumerate(file.lines, start=1):
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent and line.strip():
            notes.problem_at(file, number, indent.index("\t") + 1, "the line is indented with a tab; use spaces.")
            fine = False
        if line.startswith("%"):
            notes.problem_at(file, number, 1, f"{quoted(line)} is a YAML directive; take it out.")
            fine = False
    return fine


def _not_a_map(file: File, node: Node | None, notes: Notes) -> None:
    if node is None or (isinstance(node, Scalar) and node.is_nothing):
        notes.problem_at(file, 0, 0, "the file is empty; write `key: value` lines.")
    elif isinstance(node, Scalar):
        notes.problem(node, f"the file holds only the text {quoted(node.text)}; write `key: value` lines.")
    else:
        notes.problem(node, "the file holds a list; write `key: value` lines.")


class _StoppedError(Exception):
    """A limit was reached; the problem is noted."""


class _Builder:
    """Builds nodes from the events of one file. Odd parts are noted and read on, so that one run shows them all."""

    def __init__(self, file: File, notes: Notes) -> None:
        self._file = file
        self._notes = notes
        self._events: Iterator[Any] = yaml.parse(file.text, Loader=_PARSER)
        self._count = 0
        self._spoiled = False

    def document(self) -> Node | None:
        """Return the only document's node, ``None`` for a file without one.

        Raises:
            _StoppedError: what is in the file cannot be read on.
        """
        root: Node | None = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._stop(event, "a second document begins here (`---`); keep one document in a file.")
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, 1)
        if self._spoiled:
            raise _StoppedError
        return root

    def _node(self, event: Any, depth: int) -> Node:
        self._count += 1
        if self._count > MOST_NODES:
            self._stop(event, f"the file has more than {MOST_NODES:,} parts; split it.")
        if depth > MOST_DEPTH:
            self._stop(event, f"more than {MOST_DEPTH} levels stand inside one another here.")
        if isinstance(event, yaml.AliasEvent):
            self._note(event, f"`*{event.anchor}` is an alias; write the value out.")
            self._spoiled = True
            return Scalar(self._file, *_place(event), "", False)
        self._check_plain_words(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(self._file, *_place(event), tuple(self._items(depth)))
        return Mapping(self._file, *_place(event), tuple(self._entries(depth)))

    def _scalar(self, event: Any) -> Scalar:
        unwanted = unwanted_in(event.value)
        if unwanted is not None:
            self._note(event, f"{unwanted} is written in this text; delete it.")
        return Scalar(self._file, *_place(event), event.value, not event.style)

    def _items(self, depth: int) -> Iterator[Node]:
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self._node(event, depth + 1)

    def _entries(self, depth: int) -> Iterator[tuple[Scalar, Node]]:
        lines: dict[str, int] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                return
            key = self._node(event, depth + 1)
            value = self._node(next(self._events), depth + 1)
            if self._is_key(key, lines):
                yield key, value  # type: ignore[misc]

    def _is_key(self, key: Node, lines: dict[str, int]) -> bool:
        """Note what cannot be a key; a key that is there twice counts once."""
        if not isinstance(key, Scalar):
            self._notes.problem(key, "a key must be a word, not a list or more keys.")
        elif key.plain and key.text == "<<":
            self._notes.problem(key, "`<<` is a merge key; write the keys out.")
        elif key.is_nothing:
            shown = f"{quoted(key.text)} means nothing in YAML" if key.text else "a key is missing before the colon"
            self._notes.problem(key, f"{shown}; write a name.")
        elif key.text in lines:
            self._notes.problem(key, f"{quoted(key.text)} is there twice; the first is in line {lines[key.text]}.")
        else:
            lines[key.text] = key.line
            return True
        return False

    def _check_plain_words(self, event: Any) -> None:
        if event.anchor is not None:
            self._note(event, f"`&{event.anchor}` is an anchor; take it out.")
        if event.tag is not None:
            self._note(event, f"{quoted(event.tag)} is a YAML tag; take it out.")

    def _note(self, event: Any, message: str) -> None:
        self._notes.problem_at(self._file, *_place(event), message)

    def _stop(self, event: Any, message: str) -> None:
        self._note(event, message)
        raise _StoppedError


def _place(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1
