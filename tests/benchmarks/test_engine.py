from __future__ import annotations

from benchmarks.engine import CONTENDERS, check, compare, talk
from benchmarks.talk import EVENTS


def test_all_contenders_say_and_keep_the_same() -> None:
    check()


def test_every_turn_of_the_talk_says_something() -> None:
    for take in CONTENDERS.values():
        assert [message is not None for _, message in talk(take)] == [True] * len(EVENTS)


def test_a_comparison_has_a_cost_for_each_contender() -> None:
    medians = compare(rounds=1)

    assert medians.keys() == CONTENDERS.keys()
    assert all(cost > 0 for cost in medians.values())
