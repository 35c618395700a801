from __future__ import annotations

import pytest

from bot.content.template import parse_template
from bot.content.tokens import (
    PLACE,
    core,
    find,
    first_segment,
    is_slip,
    is_slip_of_row,
    label_words,
    phrase_words,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I DON’T know!", ("i", "dont", "know")),
        ("at 17:00, e-mail", ("at", "17:00", "e", "mail")),
        ("2. the 2nd", ("2", "the", "2nd")),
        ("👍🏿 ok 2️⃣", ("👍", "ok", "2")),
        ("ｓｔｏｐ Straße", ("stop", "strasse")),
        ("?!", ()),
    ],
)
def test_a_text_becomes_bare_words(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words


def test_what_people_write_is_not_remembered() -> None:
    before = phrase_words.cache_info().currsize

    words_of("something that somebody said in confidence")

    assert phrase_words.cache_info().currsize == before


def test_a_label_keeps_a_place_for_each_value() -> None:
    assert label_words(parse_template("Remind me at {remind_at}")) == ("remind", "me", "at", PLACE)


@pytest.mark.parametrize("text", ["bit stiff. I'd never", "bit stiff\nno", "bit stiff - hm — no", "bit stiff"])
def test_an_answer_ends_at_the_first_punctuation_mark(text: str) -> None:
    assert first_segment(text)[:2] == ("bit", "stiff")
    assert "no" not in first_segment(text)


def test_fillers_go_at_both_ends_and_stay_in_the_middle() -> None:
    fillers = frozenset({"please", "the", "it"})

    assert core(("please", "change", "the", "tone", "it"), fillers) == ("change", "the", "tone")
    assert core(("it", "please"), fillers) == ()


def test_a_row_is_found_where_it_stands() -> None:
    assert find(("b", "c"), ("a", "b", "c")) == 1
    assert find(("a", "c"), ("a", "b", "c")) == -1


@pytest.mark.parametrize(
    ("typed", "meant", "slip"),
    [
        ("drfat", "draft", True),
        ("draftt", "draft", True),
        ("drat", "draft", True),
        ("dreft", "draft", True),
        ("draft", "draft", False),
        ("drfta", "draft", False),
        ("sent", "send", False),
        ("dr", "draft", False),
    ],
)
def test_one_slip_in_a_longer_word_is_one(typed: str, meant: str, slip: bool) -> None:
    assert is_slip(typed, meant) is slip


def test_a_row_may_have_one_slip_and_no_more() -> None:
    assert is_slip_of_row(("drfat", "reply"), ("draft", "reply"))
    assert not is_slip_of_row(("drfat", "relpy"), ("draft", "reply"))
    assert not is_slip_of_row(("drfat",), ("draft", "reply"))
