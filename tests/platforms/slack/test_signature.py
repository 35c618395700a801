"""Signatures: what Slack signed just now passes, and nothing else."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from bot.platforms.slack.signature import WINDOW, Forged, Genuine, Late, verdict

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
BODY = b'{"type":"event_callback"}'
NOW = 1_772_620_000.5
STAMP = "1772620000"


def signed(stamp: str = STAMP, body: bytes = BODY, secret: str = SECRET) -> str:
    return "v0=" + hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()


def test_what_slack_signed_just_now_is_genuine() -> None:
    assert verdict(SECRET, BODY, [STAMP], [signed()], NOW) == Genuine()


def test_every_byte_of_the_body_counts() -> None:
    assert verdict(SECRET, BODY + b" ", [STAMP], [signed()], NOW) == Forged()


def test_bytes_that_are_no_text_can_be_signed_too() -> None:
    body = b"\xff\xfe\x00"

    assert verdict(SECRET, body, [STAMP], [signed(body=body)], NOW) == Genuine()


@pytest.mark.parametrize(("seconds", "late"), [(WINDOW, False), (-WINDOW, False), (WINDOW + 1, True), (-301, True)])
def test_the_window_is_five_minutes_on_either_side(seconds: int, late: bool) -> None:
    stamp = str(int(NOW) + seconds)

    judged = verdict(SECRET, BODY, [stamp], [signed(stamp)], NOW)

    assert judged == (Late(seconds) if late else Genuine())


@pytest.mark.parametrize(
    "stamp",
    ["", "abc", "nan", "-1", "+1772620000", " 1772620000", "1772620000.0", "1_772_620_000", "١٧٧٢٦٢٠٠٠٠", "9" * 13],
)
def test_a_moment_that_is_not_a_plain_number_is_forged_however_it_is_signed(stamp: str) -> None:
    assert verdict(SECRET, BODY, [stamp], [signed(stamp)], NOW) == Forged()


@pytest.mark.parametrize(
    "signature",
    ["", "v0=", signed()[3:], "v1" + signed()[2:], signed().upper(), signed()[:20], "v0=é" + signed()[4:], "v0=\udcff"],
)
def test_a_signature_in_any_other_form_is_forged(signature: str) -> None:
    assert verdict(SECRET, BODY, [STAMP], [signature], NOW) == Forged()


def test_another_secret_is_no_secret() -> None:
    assert verdict(SECRET, BODY, [STAMP], [signed(secret="another")], NOW) == Forged()


@pytest.mark.parametrize(
    ("stamps", "signatures"),
    [([], [signed()]), ([STAMP], []), ([STAMP, STAMP], [signed()]), ([STAMP], [signed(), signed()])],
)
def test_each_header_comes_exactly_once(stamps: list[str], signatures: list[str]) -> None:
    assert verdict(SECRET, BODY, stamps, signatures, NOW) == Forged()
