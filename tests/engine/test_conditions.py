"""A condition holds exactly when each of its clauses does."""

from __future__ import annotations

import pytest

from bot.engine.conditions import ALWAYS, Clause, Condition, Test, holds

VALUES = {"tone": "warm", "areas": ("research", "detail"), "clean": True, "days": 3}


@pytest.mark.parametrize(
    ("slot", "test", "value", "expected"),
    [
        ("tone", "is", "warm", True),
        ("tone", "is", "formal", False),
        ("missing", "is", "warm", False),
        ("tone", "is not", "formal", True),
        ("tone", "is not", "warm", False),
        ("missing", "is not", "warm", True),
        ("tone", "is known", "", True),
        ("missing", "is known", "", False),
        ("missing", "is unknown", "", True),
        ("tone", "is unknown", "", False),
        ("areas", "has", "detail", True),
        ("areas", "has", "pay", False),
        ("tone", "has", "warm", False),
        ("clean", "is", "yes", True),
        ("clean", "is not", "no", True),
        ("days", "is", "3", True),
    ],
)
def test_a_clause(slot: str, test: Test, value: str, expected: bool) -> None:
    assert holds(Condition((Clause(slot, test, value),)), VALUES) is expected


def test_all_clauses_must_hold() -> None:
    warm, formal = Clause("tone", "is", "warm"), Clause("tone", "is", "formal")

    assert not holds(Condition((warm, formal)), VALUES)


def test_no_clause_always_holds() -> None:
    assert holds(ALWAYS, {})


def test_a_condition_names_its_slots() -> None:
    assert Condition((Clause("a", "is known"), Clause("b", "has", "x"))).slots == {"a", "b"}
