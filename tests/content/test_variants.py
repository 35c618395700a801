from __future__ import annotations

import pytest

from bot.content.template import parse_template
from bot.content.variants import choose, is_complete
from bot.engine.conditions import Clause, Condition
from bot.engine.values import Value
from tests.content.catalogs import wording

FINAL = Condition((Clause("stage", "is", "final"),))
FINAL_BY_PHONE = Condition((Clause("stage", "is", "final"), Clause("channel", "is", "phone")))


def test_equals_take_turns_by_the_count_of_visits() -> None:
    variants = wording("one", "two", "three").variants

    said = [choose(variants, {}, nth).text.pieces[0] for nth in range(5)]

    assert said == ["one", "two", "three", "one", "two"]


def test_a_variant_with_an_unknown_name_does_not_compete() -> None:
    variants = wording("Sorry about {company}.", "Sorry.").variants

    assert choose(variants, {}, 0).text.pieces[0] == "Sorry."
    assert [choose(variants, {"company": "Acme"}, nth) for nth in (0, 1)] == list(variants)


def test_the_most_specific_that_holds_wins_every_time() -> None:
    variants = wording("plain", (FINAL, "final"), (FINAL_BY_PHONE, "final by phone")).variants

    assert choose(variants, {"stage": "final", "channel": "phone"}, 7) is variants[2]
    assert choose(variants, {"stage": "final", "channel": "email"}, 7) is variants[1]
    assert choose(variants, {"stage": "screen"}, 7) is variants[0]


def test_without_any_that_fits_the_nearest_is_said() -> None:
    variants = wording("{a} {b}", "{a}", (FINAL, "{b} {c}")).variants

    assert choose(variants, {}, 0) is variants[1]


@pytest.mark.parametrize("value", ["", ()])
def test_a_blank_value_fills_no_place(value: Value) -> None:
    assert not is_complete(parse_template("about {a}"), {"a": value})


@pytest.mark.parametrize("value", ["x", 0, False, ("x",)])
def test_no_and_nought_fill_a_place(value: Value) -> None:
    assert is_complete(parse_template("about {a}"), {"a": value})


def test_an_unknown_slot_fills_no_place_and_a_text_without_places_needs_none() -> None:
    assert not is_complete(parse_template("about {a}"), {})
    assert is_complete(parse_template("about it"), {})
