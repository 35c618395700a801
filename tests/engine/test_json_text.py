"""JSON text: compact, whole, and the same with and without the C part of ``json``."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.engine.json_text import decode, encode, prepared

VALUE = {
    "text": 'Zoë said "no"\n\u2028',
    "number": 7,
    "flag": True,
    "nothing": None,
    "codes": ("a", "b"),
    "moment": datetime(2026, 3, 4, 10, 10, tzinfo=UTC),
    "empty": [{}, []],
}


def test_a_text_is_compact_and_keeps_letters_as_they_are() -> None:
    assert encode({"name": "Zoë", "list": [1, 2]}) == '{"name":"Zoë","list":[1,2]}'


def test_the_prepared_encoder_writes_what_json_itself_writes() -> None:
    without_c_part = prepared(None)

    assert encode(VALUE) == without_c_part(VALUE)


def test_what_was_written_is_read_back() -> None:
    assert decode(encode({"codes": ["a"], "n": 1})) == {"codes": ["a"], "n": 1}


@pytest.mark.parametrize("text", ["", "{", '{"a":1} ', '{"a":1}{', ' {"a":1}'])
def test_a_text_that_is_not_one_whole_json_value_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"JSON|Expecting"):
        decode(text)


def test_a_value_that_json_has_no_form_for_is_refused() -> None:
    with pytest.raises(TypeError):
        encode({"kind": object()})
