"""Parsing: every body is a dictionary, or unusable for a reason."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.slack.parsing import UnusableError, parse

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


def test_json_is_read_as_it_stands() -> None:
    assert parse(b'{"type": "event_callback"}', "application/json; charset=utf-8") == {"type": "event_callback"}


def test_a_payload_in_a_form_is_what_stands_in_it() -> None:
    assert parse(urlencode({"payload": '{"type": "block_actions"}'}).encode(), FORM) == {"type": "block_actions"}


def test_a_command_whose_text_speaks_of_a_payload_arrives_whole() -> None:
    fields = {"command": "/afterword", "text": 'payload={"type":"block_actions"}', "team_id": "T1"}

    assert parse(urlencode(fields).encode(), FORM) == fields


def test_empty_fields_stay() -> None:
    assert parse(b"command=%2Fafterword&text=", FORM) == {"command": "/afterword", "text": ""}


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b"", JSON, "unusable_json"),
        (b'"x"', JSON, "unusable_json"),
        (b"[1]", JSON, "unusable_json"),
        (b"{}{}", JSON, "unusable_json"),
        ("\ufeff{}".encode(), JSON, "unusable_json"),
        (b'{"a":' + b"[" * 100_000, JSON, "unusable_json"),
        (b'{"a":' + b"9" * 5_000 + b"}", JSON, "unusable_json"),
        (b'{"a":"\xff"}', JSON, "unusable_encoding"),
        ('{"a":1}'.encode("utf-16"), f"{JSON}; charset=utf-16", "unusable_content_type"),
        (b"{}", "text/plain", "unusable_content_type"),
        (b"{}", "", "unusable_content_type"),
        (b"{}", "multipart/form-data; boundary=x", "unusable_content_type"),
        (b"payload=", FORM, "unusable_json"),
        (b"payload=%7Bbroken", FORM, "unusable_json"),
        (b"user_id=U1&user_id=U2", FORM, "unusable_repeated_field"),
        (b"payload=%7B%7D" + b"&a=1" * 1_500, FORM, "unusable_form"),
    ],
)
def test_what_cannot_be_used_has_a_reason(body: bytes, content_type: str, reason: str) -> None:
    with pytest.raises(UnusableError) as raised:
        parse(body, content_type)

    assert raised.value.reason == reason


@given(st.binary(), st.sampled_from([JSON, FORM]))
def test_nothing_else_is_ever_raised(body: bytes, content_type: str) -> None:
    try:
        found = parse(body, content_type)
    except UnusableError:
        return

    assert isinstance(found, dict)
