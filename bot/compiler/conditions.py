"""Conditions: whether what one asks of a slot can ever be."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bot.compiler.kinds import what_it_holds
from bot.compiler.phrases import WrittenCondition
from bot.compiler.problems import Notes, did_you_mean
from bot.engine.conditions import Clause
from bot.engine.model import Kind, ManyOf, Moment, Number, OneOf, Slot, Text, YesNo


def check_condition(condition: WrittenCondition, slots: Mapping[str, Slot], notes: Notes) -> None:
    """Note clauses about slots that are not there, and values that the slot never has."""
    for clause, offset in zip(condition.condition.clauses, condition.offsets, strict=True):
        slot = slots.get(clause.slot)
        fault = _unknown(clause.slot, slots) if slot is None else _misfit(clause, slot.kind)
        if fault is not None:
            notes.problem(condition.node, fault, offset)


def _unknown(name: str, slots: Collection[str]) -> str:
    return f"there is no slot `{name}`{did_you_mean(name, slots)}"


def _misfit(clause: Clause, kind: Kind) -> str | None:
    if clause.test in ("is known", "is unknown"):
        return None
    if (clause.test == "has") != isinstance(kind, ManyOf):
        right = "has" if isinstance(kind, ManyOf) else "is"
        return f"`{clause.slot}` holds {what_it_holds(kind)}; ask with `{clause.slot} {right} ...`."
    match kind:
        case OneOf(codes) | ManyOf(codes, _) if clause.value not in codes:
            return f"`{clause.value}` is no code of `{clause.slot}`{did_you_mean(clause.value, codes)}"
        case YesNo() if clause.value not in ("yes", "no"):
            return f"`{clause.slot}` is `yes` or `no`, never `{clause.value}`."
        case Number() if not clause.value.isdecimal():
            return f"`{clause.slot}` is a number, never `{clause.value}`."
        case Text() | Moment():
            return f"`{clause.slot}` holds {what_it_holds(kind)}; ask with `is known` or `is unknown`."
        case _:
            return None
