"""A misspelt word is read as a known one only when a single letter is off."""

import pytest

from bot.coach.near_words import NearWords

NEAR = NearWords(["suicidal", "hopeless"])


@pytest.mark.parametrize("written", ["suisidal", "suicdal", "suiccidal", "suicidla", "usicidal"])
def test_one_letter_off_is_read_as_the_known_word(written: str) -> None:
    assert NEAR.corrected([written]) == ["suicidal"]


@pytest.mark.parametrize("written", ["suicidal", "sisidal", "hope", "hopes", "homeless ones", "helpless"])
def test_what_is_further_away_stays_as_it_is(written: str) -> None:
    assert NEAR.corrected([written]) == [written]


def test_short_words_are_never_corrected() -> None:
    assert NearWords(["die"]).corrected(["dia", "dies", "did"]) == ["dia", "dies", "did"]
