"""What the YAML parser cannot read, in an author's words."""

from __future__ import annotations

import re

import yaml

from bot.compiler.nodes import File
from bot.compiler.problems import Notes, quoted

_NO_COLON = "this line has no colon; write it as `key: value`."

_UNCLOSED = {
    "while scanning a quoted scalar": "the quote that opens here is never closed.",
    "while scanning a simple key": _NO_COLON,
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
    if opened is None and "mapping values are not allowed" in (fault.problem or ""):
        _explain_colon(file, line, column, notes)
    else:
        notes.problem_at(file, line, column, opened or _said(fault.problem or ""))


def _said(problem: str) -> str:
    found = (message for part, message in _SAID if part in problem)
    return next(found, f"this cannot be read as YAML ({problem}).")


def _explain_colon(file: File, line: int, column: int, notes: Notes) -> None:
    """A colon that is in the way: in a text, after too many blanks, or because the line above has none."""
    before, above = file.line(line)[: column - 1], file.line(line - 1)
    if re.search(r":\s", before):
        notes.problem_at(file, line, column, "a colon with a space makes a key here; put the whole text in quotes.")
    elif _indent(above) == _indent(before) and above.strip() and not re.search(r":(\s|$)", above):
        notes.problem_at(file, line - 1, _indent(above) + 1, _NO_COLON)
    else:
        message = f"{quoted(before)} is indented too far: it continues the text of the line above."
        notes.problem_at(file, line, column, message)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
