"""The JSON Schema of the authoring format, made from the tables that the readers use."""

from __future__ import annotations

from typing import Any

from bot.compiler.keys import (
    CHOICE,
    COUNTED,
    DIALOG,
    IF_SILENT,
    KINDS,
    MAIL,
    MESSAGE,
    MORE_CHOICES,
    MORE_CODES,
    NAME,
    NUDGE,
    OPERATOR,
    RANGE,
    SLOT,
    STATE,
    TEXT,
    VARIANT,
    WAY,
    WORDS,
    Form,
    Key,
    Table,
    list_of,
    map_of,
    one_or_list,
    ref,
)
from bot.compiler.moment_keys import MOMENTS, SECTIONS
from bot.compiler.shapes import LONGEST_NAME

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The version that the language servers of editors know best."""

_NAME = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$", "maxLength": LONGEST_NAME}
_LENGTH = r"^[0-9]{1,5} (minutes?|hours?|days?|weeks?)$"
_DELAY = r"^[0-9]{1,5} (minutes?|hours?|days?|weeks?|working days?)( at [0-9]{1,2}:[0-9]{2})?$"
_CLAUSE = r"\S+ (is not \S+|is known|is unknown|is \S+|has \S+)"


KINDS_OF_FILES = ("dialog", "slots", "messages", "words", "operator", "moments")


def schema(kind: str | None = None) -> dict[str, Any]:
    """Return the schema of one kind of file, or one that takes every kind."""
    chosen = {"anyOf": [ref(name) for name in KINDS_OF_FILES]} if kind is None else ref(kind)
    return {
        "$schema": DRAFT,
        "title": f"Afterword: {kind or 'dialogs and their words'}",
        "allOf": [chosen],
        "$defs": _definitions(),
    }


def _definitions() -> dict[str, Form]:
    variant = {"anyOf": [TEXT, _object(VARIANT)]}
    return {
        "dialog": _object(DIALOG),
        "slots": map_of({"anyOf": [ref("slot"), _object(MORE_CODES)]}),
        "operator": _object(OPERATOR, complete=False),
        "words": _object(WORDS),
        "moments": _moments(),
        "messages": map_of(ref("message")),
        "name": _NAME,
        "code": _NAME,
        "yes": {"enum": [True, "yes", "true"]},
        "slot": {**_object(SLOT), "oneOf": [{"required": [kind]} for kind in KINDS]},
        "range": _object(RANGE),
        "state": {**_object(STATE), "oneOf": [{"required": ["go"]}, {"required": ["end"]}]},
        "go": {"anyOf": [NAME, map_of(NAME), list_of(_object(WAY))]},
        "if_silent": _object(IF_SILENT),
        "nudge": _object(NUDGE),
        "message": {"anyOf": [one_or_list(variant), _object(MESSAGE), _object(MORE_CHOICES)]},
        "variants": one_or_list(variant),
        "choice": {"anyOf": [TEXT, _object(CHOICE)]},
        "mail": _object(MAIL),
        "counted": _object(COUNTED),
        "condition": {"type": "string", "pattern": f"^{_CLAUSE}( and {_CLAUSE})*$"},
        "length": {"type": "string", "pattern": _LENGTH},
        "delay": {"type": "string", "pattern": _DELAY},
        "address": {"type": "string", "pattern": r"^((https?://|mailto:)\S+)?$"},
        "language": {"type": "string", "pattern": r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"},
    }


def _moments() -> dict[str, Any]:
    """The rules file ``moments``; in an overlay it holds only what differs."""
    sections = {name: Key(about, _object(table)) for name, (about, table) in SECTIONS.items()}
    return _object({**MOMENTS, **sections})


def _object(table: Table, complete: bool = True) -> dict[str, Any]:
    """An object with the table's keys and no others; ``complete`` asks for those that are required."""
    required = [name for name, key in table.items() if key.required]
    return {
        "type": "object",
        "properties": {name: {**key.form, "description": key.about} for name, key in table.items()},
        "additionalProperties": False,
        **({"required": required} if required and complete else {}),
    }
