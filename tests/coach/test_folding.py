"""Folding: the plain form behind odd letters and spelling games."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.folding import joined, plain, spelt_out, unmasked

MASKED = {"k": "kill killing", "d": "die", "s": "suicide"}


@pytest.mark.parametrize(
    ("odd", "expected"),
    [
        ("ｓｔｏｐ", "stop"),
        ("Dïé", "die"),
        ("al\u200bive", "alive"),
        ("dіe", "die"),
        ("straße", "straße"),
        ("хочу", "хочу"),
    ],
)
def test_letters_are_read_as_what_they_look_like(odd: str, expected: str) -> None:
    assert plain(odd) == expected


@pytest.mark.parametrize(
    ("odd", "expected"),
    [
        ("k*ll", "kill"),
        ("su1c1de", "suicide"),
        ("d1e", "die"),
        ("diiiie", "die"),
        ("20 minutes", "20 minutes"),
        ("b*x", "b*x"),
    ],
)
def test_masks_are_taken_off(odd: str, expected: str) -> None:
    assert unmasked(odd, MASKED) == expected


def test_letters_one_by_one_are_a_word() -> None:
    assert joined("to k i l l him") == "to kill him"
    assert spelt_out("d.i.e and l-i-v-e") == "die live"


def test_two_letters_are_left_alone() -> None:
    assert joined("a b") == "a b"


@given(st.text(max_size=300))
def test_any_text_has_a_plain_form(text: str) -> None:
    folded = plain(text)

    assert plain(folded) == folded or not text.isascii()
    assert isinstance(unmasked(joined(folded), MASKED), str)
