"""Answers: what an event means as the value of the slot that is being asked for, by the slot's kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import assert_never

from bot.engine.model import LONG_TEXT, Kind, ManyOf, Moment, Number, OneOf, Question, Slot, Text, YesNo
from bot.engine.values import Value


def from_choice(kind: Kind, code: str) -> Value | None:
    """The value that picking a code gives; ``None`` where a choice only leads somewhere (a text slot)."""
    match kind:
        case OneOf(codes) if code in codes:
            return code
        case ManyOf(codes) if code in codes:
            return (code,)
        case YesNo() if code in ("yes", "no"):
            return code == "yes"
        case Number() if code.isdecimal():
            return fitting(kind, int(code))
        case _:
            return None


def from_text(slot: Slot, text: str, said: Mapping[str, Value]) -> Value | None:
    """The value that a text gives, or ``None`` if it gives none; ``said`` is what the reader found in it by slot."""
    found = said.get(slot.name)
    if found is not None:
        return fitting(slot.kind, found)
    if isinstance(slot.kind, Text):
        return fitting(slot.kind, text)
    return None


def fitting(kind: Kind, value: Value) -> Value | None:
    """The value cut or checked to its kind, or ``None`` if it cannot be one."""
    match kind:
        case OneOf(codes):
            return value if isinstance(value, str) and value in codes else None
        case ManyOf(codes, most):
            wanted = value if isinstance(value, tuple) else (value,)
            return tuple(code for code in codes if code in wanted)[:most] or None
        case Text(most):
            return value.strip()[:most].rstrip() or None if isinstance(value, str) else None
        case Moment():
            return value if isinstance(value, datetime) and value.tzinfo is not None else None
        case Number(least, most):
            return value if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most else None
        case YesNo():
            return value if isinstance(value, bool) else None
    assert_never(kind)


def may_answer(question: Question, text: str) -> bool:
    """Whether a text has the words that an answer must have."""
    return not question.at_least or len(text.split()) >= question.at_least


def is_long(slot: Slot) -> bool:
    """Whether asking for it asks for a long text."""
    return isinstance(slot.kind, Text) and slot.kind.most >= LONG_TEXT
