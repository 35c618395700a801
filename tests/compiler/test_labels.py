"""Labels of arrows stand clear of one another where there is room."""

from __future__ import annotations

from itertools import combinations

import pytest

from bot.compiler.labels import WIDEST_LABEL, Label, placed, wrapped


@pytest.mark.parametrize("apart", [0, 10, 60])
def test_labels_of_arrows_that_run_side_by_side_do_not_meet(apart: int) -> None:
    arrows = [("change", (apart * n, 0.0), (apart * n, 110.0)) for n in range(3)]

    assert not any(one.meets(other) for one, other in combinations(placed(arrows), 2))


def test_a_label_stands_at_its_best_place_while_that_is_free() -> None:
    (near,), (_, far) = (list(placed([("sent", (0, 0), (0, 200))] * times)) for times in (1, 2))

    assert (round(near.y), round(far.y)) == (84, 56)


def test_labels_meet_where_their_words_would_lie_over_one_another() -> None:
    label = Label(0, 0, ("sent",))

    assert label.meets(Label(20, 6, ("sent",)))
    assert not label.meets(Label(40, 6, ("sent",)))
    assert not label.meets(Label(0, 15, ("sent",)))
    assert label.meets(Label(0, 15, ("warmer,", "shorter")))


def test_a_long_label_is_cut_at_blanks() -> None:
    lines = wrapped("feeling is angry and news_channel is recruiter")

    assert all(len(line) <= WIDEST_LABEL for line in lines)
    assert " ".join(lines) == "feeling is angry and news_channel is recruiter"
