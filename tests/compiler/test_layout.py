"""Boxes stand in rows, arrows lead down and keep out of the boxes' way."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.compiler.layout import BEND, BOX, GAP, Layout, lay_out


def row_of(laid: Layout) -> dict[str, int]:
    return {name: number for number, row in enumerate(laid.rows) for name in row}


def test_what_follows_stands_below() -> None:
    laid = lay_out(["a", "b", "c"], [("a", "b"), ("b", "c"), ("a", "c")])

    assert row_of(laid) == {"a": 0, "b": 1, "c": 2}


def test_a_long_arrow_has_a_bend_in_every_row_that_it_passes() -> None:
    laid = lay_out(["a", "b", "c"], [("a", "b"), ("b", "c"), ("a", "c")])

    assert [[row for row, _ in bends] for bends in laid.bends] == [[], [], [1]]


def test_a_way_back_is_turned_and_the_rest_still_leads_down() -> None:
    laid = lay_out(["a", "b", "c"], [("a", "b"), ("b", "c"), ("c", "a")])

    assert laid.turned == {2}
    assert row_of(laid) == {"a": 0, "b": 1, "c": 2}


def test_a_box_that_nothing_leads_to_stands_just_above_where_it_leads() -> None:
    laid = lay_out(["a", "b", "c", "nudge"], [("a", "b"), ("b", "c"), ("nudge", "c")])

    assert row_of(laid)["nudge"] == 1


def test_arrows_that_can_do_without_crossing_do_not_cross() -> None:
    laid = lay_out(["a", "b", "c", "d", "e"], [("a", "b"), ("a", "c"), ("b", "e"), ("c", "d")])

    upper, lower = laid.rows[1], laid.rows[2]
    assert (upper["b"] < upper["c"]) == (lower["e"] < lower["d"])


def test_a_single_line_of_boxes_is_straight() -> None:
    laid = lay_out(["a", "b", "c"], [("a", "b"), ("b", "c")])

    assert {middle for row in laid.rows for middle in row.values()} == {BOX / 2}


NAMES = [f"s{number}" for number in range(9)]
ARROWS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=20)


@given(ARROWS)
def test_nothing_overlaps_whatever_leads_where(arrows: list[tuple[str, str]]) -> None:
    laid = lay_out(NAMES, arrows)

    for number, row in enumerate(laid.rows):
        bends = [(middle, BEND) for one in laid.bends for at, middle in one if at == number]
        standing = sorted([(middle, BOX) for middle in row.values()] + bends)
        for (left, left_width), (right, right_width) in pairwise(standing):
            assert right - left >= (left_width + right_width) / 2 + GAP - 0.01
        assert all(middle - width / 2 >= 0 and middle + width / 2 <= laid.width + 0.01 for middle, width in standing)


@given(ARROWS)
def test_every_box_is_there_once_and_every_arrow_leads_down_when_turned(arrows: list[tuple[str, str]]) -> None:
    laid = lay_out(NAMES, arrows)
    rows = row_of(laid)

    assert sorted(name for row in laid.rows for name in row) == NAMES
    for number, (source, target) in enumerate(arrows):
        down = rows[target] - rows[source]
        assert source == target or (down < 0) == (number in laid.turned)
        assert len(laid.bends[number]) == max(abs(down) - 1, 0)
