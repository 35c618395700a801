"""Lengths of time, as people write them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.runtime.lengths import BadLengthError, length_of


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("20 hours", timedelta(hours=20)),
        (" 1 hour ", timedelta(hours=1)),
        ("2 days", timedelta(days=2)),
        ("90 Minutes", timedelta(minutes=90)),
        ("1 week", timedelta(days=7)),
        ("5days", timedelta(days=5)),
    ],
)
def test_a_length_is_a_number_and_a_unit(text: str, length: timedelta) -> None:
    assert length_of(text) == length


@pytest.mark.parametrize(
    "text", ["", "soon", "hours", "20", "-2 days", "1.5 days", "2 days ago", "99999 days", "² days"]
)
def test_anything_else_is_refused_and_told_how_to_write_it(text: str) -> None:
    with pytest.raises(BadLengthError, match="write it like"):
        length_of(text)
