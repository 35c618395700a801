"""A skill before it knows its languages, and how one looks at slots."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from bot.coach.craft import Craft
from bot.engine.model import Facts
from bot.engine.values import Value, Values

Run = Callable[[Values, Facts, Craft], Values]


class SkillPlan(NamedTuple):
    """The names of the slots that a skill reads and gives, and what it does with the craft of one language."""

    reads: tuple[str, ...]
    gives: tuple[str, ...]
    run: Run


def text_of(known: Values, slot: str) -> str:
    """The slot as text; empty while it is unknown."""
    return str(known.get(slot, ""))


def known_only(**slots: Value | None) -> Values:
    """Leave out what is empty: a slot that a skill does not give becomes unknown."""
    return {name: value for name, value in slots.items() if value is not None and value not in ("", ())}


def moment_of(known: Values, slot: str) -> datetime | None:
    value = known.get(slot)
    return value if isinstance(value, datetime) else None
