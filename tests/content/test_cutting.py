"""Cutting: to a limit, between two whole characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.cutting import cut, fitting


def test_a_text_that_fits_stays_as_it_is() -> None:
    assert cut("Hello", 5) == "Hello"


def test_a_text_that_is_cut_says_so_and_keeps_to_the_limit() -> None:
    assert cut("Hello there", 8) == "Hello t…"


def test_blanks_before_the_cut_go_with_it() -> None:
    assert cut("Hello there", 7) == "Hello…"


@pytest.mark.parametrize(
    "whole", ["👩‍👩‍👧", "👍🏽", "🇬🇧", "é", "❤️"], ids=["family", "skin tone", "flag", "accent", "variation selector"]
)
def test_what_is_seen_as_one_character_is_never_split(whole: str) -> None:
    assert fitting("ab" + whole, 2 + len(whole) - 1) == 2


def test_flags_in_a_row_are_cut_between_two_of_them() -> None:
    assert fitting("🇬🇧🇫🇷", 3) == 2


def test_a_limit_may_count_something_else_than_characters() -> None:
    assert cut("&&&&", 11, lambda text: 5 * text.count("&") + text.count("…")) == "&&…"


def test_no_room_at_all_leaves_nothing() -> None:
    assert cut("Hello", 0) == ""


@given(st.text(max_size=80), st.integers(0, 40))
def test_a_cut_text_never_weighs_more_than_it_may(text: str, most: int) -> None:
    assert len(cut(text, most)) <= most
