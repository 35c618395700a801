"""Corrections: what was said before is taken back and given anew."""

import pytest

from tests.coach.shipped_knowledge import read

KNOWN = {"company": "Acme", "role": "analyst", "news_channel": "email"}


@pytest.mark.parametrize(
    ("text", "corrects"),
    [
        ("no, it was Apex, not Acme", {"company": "Apex"}),
        ("no it was apex not acme", {"company": "Apex"}),
        ("not Acme, Apex", {"company": "Apex"}),
        ("it's Acne not Acme", {"company": "Acne"}),
        ("sorry, I meant Apex", {"company": "Apex"}),
        ("i meant apex", {"company": "Apex"}),
        ("Acme should be Apex", {"company": "Apex"}),
        ("no, by phone", {"news_channel": "phone"}),
        ("actually they phoned me", {"news_channel": "phone"}),
        ("it was the data analyst role, not analyst", {"role": "data analyst"}),
    ],
)
def test_a_correction_is_read(text: str, corrects: dict[str, str]) -> None:
    assert read(text, **KNOWN).corrects == corrects


@pytest.mark.parametrize(
    "text", ["it was Acme", "no", "they emailed me", "Acme said no", "sorry", "no thanks", "not yet", "actually yes"]
)
def test_what_says_nothing_new_corrects_nothing(text: str) -> None:
    assert read(text, **KNOWN).corrects == {}


def test_nothing_is_corrected_before_anything_is_known() -> None:
    assert read("no, it was Apex, not Acme").corrects == {}


def test_what_is_corrected_is_not_filled_in_passing_too() -> None:
    assert "news_channel" not in read("no, by phone", **KNOWN).slots
