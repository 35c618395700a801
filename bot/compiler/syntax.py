"""What the YAML parser cannot read, in an author's words."""

from __future__ import annotations

import re

import yaml

from bot.compiler.nodes import File
from bot.compiler.problems import Notes, quoted

_UNCLOSED = {
    "while scanning a quoted scalar": "the quote that opens here is never closed.",
    "while scanning a simple key": "this line has no colon; write it as `key: value`.",
    "while parsing a flow sequence": "the list that opens here with `[` has no `]`, or a comma is missing in it.",
    "while parsing a flow mapping": "the bracket that opens here with `{` has no `}`, or a comma is missing in it.",
}
"""By what the parser was doing; the place is where the thing opened, not where the parser gave up."""

_SAID = (
    (
        "did not find expected key",
        "this does not fit the lines above: check the indentation, the colon and the quotes.",
    ),
    ("expected <block end>", "this does not fit the lines above: check the indentation, the colon and the quotes."),
    ("did not find expected '-' indicator", "the list above expects a `-` here; check the indentation."),
    ("cannot start any token", "a text cannot begin with this sign; put the text in quotes."),
    ("node content", "a bracket or comma stands here without a list around it; put the text in quotes."),
    ("undefined tag handle", "this begins with `!`, a YAML tag; put the text in quotes."),
    ("unknown escape character", "this backslash means nothing here; write the text in single quotes."),
    ("document start", "a second document begins here; keep one document in a file."),
    ("comment or line break", "text after `|` or `>` begins on the next line."),
    ("comment or a line break", "text after `|` or `>` begins on the next line."),
)
"""By a part of what the parser says; libyaml and PyYAML's own parser word some differently."""


def explain(file: File, fault: yaml.MarkedYAMLError, notes: Notes) -> None:
    """Note the parser's complaint where an author would look for the fault."""
    opened = _UNCLOSED.get(fault.context or "")
    mark = fault.context_mark if opened and fault.context_mark else fault.problem_mark
    line, column = (1, 1) if mark is None else (mark.line + 1, mark.column + 1)
    notes.problem_at(file, line, column, opened or _said(file, fault.problem or "", line, column))


def _said(file: File, problem: str, line: int, column: int) -> str:
    if "mapping values are not allowed" in problem:
        return _stray_colon(file.line(line)[: column - 1])
    for part, message in _SAID:
        if part in problem:
            return message
    return f"this cannot be read as YAML ({problem})."


def _stray_colon(before: str) -> str:
    """A second colon in a line belongs to a text; a first one belongs to a key that is indented too far."""
    if re.search(r":\s", before):
        return "a colon with a space makes a key here; put the whole text in quotes."
    return f"{quoted(before)} is indented too far: it continues the text of the line above."
