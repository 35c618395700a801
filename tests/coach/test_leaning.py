"""A sentence leans by the weights of its words and pairs; what stands around it takes nothing away."""

import pytest

from bot.coach.leaning import Leaning, features, sentences
from bot.coach.rules import BadRuleError, Rules
from bot.coach.words import Words

LEANING = Leaning(Rules({"start": -1, "least": 1, "weights": {"12": ["so alone", "dark"], "-8": "job\nrole"}}))


@pytest.mark.parametrize("text", ["dark is how it looks", "I am so alone", "again SO ALONE here", "you-are so-alone"])
def test_a_word_or_a_pair_of_neighbours_can_lean_far_enough(text: str) -> None:
    assert LEANING.found_in(Words.of(text))


@pytest.mark.parametrize("text", ["", "alone so am I", "a dark job it is", "nothing that is known", "so alone"])
def test_what_is_unknown_or_weighed_down_does_not(text: str) -> None:
    assert not LEANING.found_in(Words.of(text))


def test_a_long_text_around_a_sentence_takes_nothing_away() -> None:
    around = "The job and the role were mine. " * 40

    assert LEANING.found_in(Words.of(f"{around} It all looks dark. {around}"))


def test_a_short_sentence_is_read_with_the_next() -> None:
    assert list(sentences(Words.of("Well. No. I am fine now. And it is over. Done."))) == [
        ["well", "no", "i", "am", "fine", "now"],
        ["and", "it", "is", "over"],
    ]


def test_a_short_ending_makes_no_sentence_longer() -> None:
    assert list(sentences(Words.of("I'll be fine"))) == []
    assert list(sentences(Words.of("She's in bed. I'm here."))) == [["she", "'s", "in", "bed", "i", "'m", "here"]]


def test_what_is_said_twice_counts_once() -> None:
    assert list(features(["no", "no", "no"])) == ["no", "no no"]


def test_a_weight_that_is_no_number_is_a_fault_of_the_file() -> None:
    with pytest.raises(BadRuleError):
        Leaning(Rules({"start": "far", "least": 1, "weights": {}}))
