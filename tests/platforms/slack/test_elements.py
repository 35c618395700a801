"""Elements: limits are held against what is sent, and escaping comes last."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.slack.elements import (
    LONGEST_TEXT,
    editable,
    escape,
    header,
    is_web_link,
    pieces,
    plain,
    preformatted,
    unescape,
    weight,
)


@given(st.text())
def test_what_is_escaped_can_be_read_back_and_weighs_what_was_said(text: str) -> None:
    assert unescape(escape(text)) == text
    assert weight(text) == len(escape(text))


def test_a_text_is_cut_before_it_is_escaped_so_that_no_escape_is_split() -> None:
    assert plain("<<<<", 9)["text"] == "&lt;&lt;…"


def test_an_empty_text_has_something_to_show() -> None:
    assert plain("")["text"] == "…"


def test_colons_make_no_emoji() -> None:
    assert plain(":tada:")["emoji"] is False


def test_a_header_is_shorter_than_a_text() -> None:
    assert len(header("word " * 100)["text"]["text"]) <= 150


@given(st.text(max_size=9_000))
def test_pieces_are_not_longer_than_slack_takes_and_lose_nothing_but_blanks(text: str) -> None:
    cut = list(pieces(text))

    assert all(weight(piece) <= LONGEST_TEXT for piece in cut)
    assert "".join("".join(cut).split()) == "".join(text.split())


def test_a_long_text_is_taken_apart_at_the_end_of_a_line() -> None:
    lines = ["A line of some length, again and again."] * 120

    first, *_ = pieces("\n".join(lines))

    assert first.endswith("again.")


def test_what_would_be_a_mention_is_loosened_in_a_field_and_taken_apart_in_a_text_to_copy() -> None:
    runs = preformatted("<!channel>")["elements"][0]["elements"]

    assert editable("<!channel> 3 < 4", 80) == "< !channel> 3 < 4"
    assert [run["text"] for run in runs] == ["<", "!channel>"]


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        ("https://example.org", True),
        ("http://localhost", True),
        ("tel:116123", False),
        ("https://" + "a" * 3_000, False),
    ],
)
def test_only_an_address_of_the_web_stands_behind_a_button(address: str, taken: bool) -> None:
    assert is_web_link(address) is taken
