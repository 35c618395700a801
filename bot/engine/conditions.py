"""Conditions: a tiny grammar, compiled to data, asked of the slots.

``a is x``, ``a is not x``, ``a is known``, ``a is unknown``, ``a has x``, joined by ``and``.
The text is read by the compiler; this file only knows the compiled form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.engine.values import Value, Values

Test = Literal["is", "is not", "is known", "is unknown", "has"]


@dataclass(frozen=True, slots=True)
class Clause:
    """One comparison; ``value`` is empty for ``is known`` and ``is unknown``."""

    slot: str
    test: Test
    value: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """Clauses that must all hold; without any it always holds."""

    clauses: tuple[Clause, ...] = ()

    @property
    def slots(self) -> frozenset[str]:
        return frozenset(clause.slot for clause in self.clauses)


ALWAYS = Condition()


def holds(condition: Condition, values: Values) -> bool:
    """Whether every clause holds for these values; an unknown slot is simply missing from them."""
    for clause in condition.clauses:  # noqa: SIM110 - asked of every variant of every message: half the cost of `all`
        if not _clause_holds(clause, values.get(clause.slot)):
            return False
    return True


def _clause_holds(clause: Clause, value: Value | None) -> bool:
    match clause.test:
        case "is known":
            return value is not None
        case "is unknown":
            return value is None
        case "is":
            return value is not None and as_code(value) == clause.value
        case "is not":
            return value is None or as_code(value) != clause.value
        case "has":
            return isinstance(value, tuple) and clause.value in value


def as_code(value: Value) -> str:
    """The way a value is written in a condition: ``yes`` and ``no`` for booleans."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
