"""What is known where: surely on every way to a place, perhaps on one of them."""

from __future__ import annotations

import pytest

from bot.compiler.known import Known
from bot.engine.conditions import Clause, Condition, Test

NOTHING = Known()
COMPANY = NOTHING.learn(["company"])


def condition(*tests: tuple[str, Test]) -> Condition:
    return Condition(tuple(Clause(slot, test) for slot, test in tests))


def test_what_was_learned_is_sure_and_possible() -> None:
    assert Known(frozenset({"company"}), frozenset({"company"})) == COMPANY


def test_what_is_suspected_is_possible_and_not_sure() -> None:
    assert COMPANY.suspect(["role"]) == Known(frozenset({"company"}), frozenset({"company", "role"}))


def test_what_is_forgotten_is_neither() -> None:
    assert COMPANY.forget(["company"]) == NOTHING


def test_only_what_is_named_is_kept() -> None:
    assert COMPANY.learn(["role"]).only(["role"]) == NOTHING.learn(["role"])


def test_where_two_ways_meet_what_one_of_them_knows_is_no_longer_sure() -> None:
    met = COMPANY.learn(["role"]).meet(COMPANY)

    assert met == Known(frozenset({"company"}), frozenset({"company", "role"}))
    assert met == COMPANY.meet(COMPANY.learn(["role"]))


@pytest.mark.parametrize("test", ["is", "is known", "has"])
def test_a_condition_that_holds_tells_what_is_known(test: Test) -> None:
    assert NOTHING.given(condition(("company", test))) == COMPANY


@pytest.mark.parametrize("test", ["is not", "is unknown"])
def test_a_condition_that_holds_may_tell_nothing(test: Test) -> None:
    assert NOTHING.given(condition(("company", test))) == NOTHING


def test_a_refused_question_for_the_unknown_tells_that_it_is_known() -> None:
    assert NOTHING.refused(condition(("company", "is unknown"))) == COMPANY


def test_of_two_clauses_that_were_refused_together_nobody_knows_which_it_was() -> None:
    assert NOTHING.refused(condition(("company", "is unknown"), ("role", "is unknown"))) == NOTHING


@pytest.mark.parametrize(("test", "proved"), [("is known", True), ("is", False)])
def test_only_being_known_is_proved_by_being_known(test: Test, proved: bool) -> None:
    assert COMPANY.proves(condition(("company", test))) is proved


def test_what_is_only_possible_proves_nothing() -> None:
    assert not NOTHING.suspect(["company"]).proves(condition(("company", "is known")))
