"""What an event means as a value depends on the kind of slot that is asked for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args

import pytest

from bot.engine.answers import fitting, from_choice, from_text, is_long
from bot.engine.model import Kind, ManyOf, Moment, Number, OneOf, Slot, Text, YesNo
from bot.engine.values import Value

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)

FITS: list[tuple[Kind, Value, Value]] = [
    (OneOf(("a", "b")), "b", "b"),
    (ManyOf(("a", "b", "c"), 2), ("c", "a", "b"), ("a", "b")),
    (ManyOf(("a", "b"), 2), "b", ("b",)),
    (Text(5), "  abc  ", "abc"),
    (Text(3), "abcdef", "abc"),
    (Moment(), NOON, NOON),
    (Number(1, 5), 5, 5),
    (YesNo(), False, False),
]

REFUSED: list[tuple[Kind, Value]] = [
    (OneOf(("a",)), "c"),
    (OneOf(("1",)), 1),
    (ManyOf(("a",), 1), ("x",)),
    (Text(5), "   "),
    (Text(5), 7),
    (Moment(), datetime(2026, 3, 4)),
    (Moment(), "tomorrow"),
    (Number(1, 5), 6),
    (Number(0, 5), True),
    (YesNo(), "yes"),
]


@pytest.mark.parametrize(("kind", "value", "kept"), FITS)
def test_a_value_that_fits_is_kept(kind: Kind, value: Value, kept: Value) -> None:
    assert fitting(kind, value) == kept


@pytest.mark.parametrize(("kind", "value"), REFUSED)
def test_a_value_that_does_not_fit_is_refused(kind: Kind, value: Value) -> None:
    assert fitting(kind, value) is None


def test_every_kind_of_slot_has_its_cases() -> None:
    assert {type(kind) for kind, *_ in FITS} == {type(kind) for kind, _ in REFUSED} == set(get_args(Kind))


@pytest.mark.parametrize(
    ("kind", "code", "value"),
    [
        (OneOf(("a", "b")), "b", "b"),
        (ManyOf(("a", "b"), 2), "a", ("a",)),
        (YesNo(), "yes", True),
        (YesNo(), "no", False),
        (Number(1, 5), "4", 4),
        (Number(1, 5), "9", None),
        (Text(80), "not_now", None),
        (Moment(), "later", None),
    ],
)
def test_picking_a_choice_gives_the_value_of_its_kind(kind: Kind, code: str, value: Value | None) -> None:
    assert from_choice(kind, code) == value


def test_what_the_reader_found_goes_before_the_text_itself() -> None:
    company = Slot("company", Text(80))

    assert from_text(company, "it was at acme", {"company": "Acme"}) == "Acme"
    assert from_text(company, "acme", {}) == "acme"


def test_a_text_says_nothing_about_a_code_unless_the_reader_found_it() -> None:
    channel = Slot("news_channel", OneOf(("email", "phone")))

    assert from_text(channel, "email", {}) is None
    assert from_text(channel, "by mail", {"news_channel": "email"}) == "email"


def test_a_long_text_is_one_of_two_hundred_characters_or_more() -> None:
    assert is_long(Slot("draft", Text(2000)))
    assert not is_long(Slot("name", Text(80)))
    assert not is_long(Slot("when", Moment()))
