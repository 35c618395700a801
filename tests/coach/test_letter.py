"""A letter taken apart into greeting, sentences and closing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.letter import Letter, take_apart
from bot.coach.phrases import Phrases

GREETINGS = Phrases(["(dear|hi|hello)"])
CLOSINGS = Phrases(["[many|kind] (thanks|regards)", "all the best"])


def apart(text: str) -> Letter:
    return take_apart(text, GREETINGS, CLOSINGS)


def test_a_letter_comes_apart_into_greeting_sentences_and_closing() -> None:
    letter = apart("Dear Ms Grant, thank you. I enjoyed it! Kind regards, Neil")

    assert letter.greeting == "Dear Ms Grant,"
    assert [sentence.text for sentence in letter.sentences] == ["thank you.", "I enjoyed it!"]
    assert letter.closing == "Kind regards, Neil"


@pytest.mark.parametrize("closing", ["Sam", "Sam Field", "Many thanks", "All the best, Jo", "Regards, D. Field"])
def test_a_name_or_a_formula_at_the_end_is_the_closing(closing: str) -> None:
    assert apart(f"Thank you for the day. {closing}").closing == closing


@pytest.mark.parametrize("last", ["Thanks for seeing me.", "I can start soon.", "Which one?"])
def test_a_last_sentence_that_says_something_is_no_closing(last: str) -> None:
    assert apart(f"Thank you for the day. {last}").closing == ""


def test_a_title_or_an_initial_ends_no_sentence() -> None:
    assert [sentence.text for sentence in apart("I met Dr. Ray and A. Lee today. Good.").sentences] == [
        "I met Dr. Ray and A. Lee today.",
        "Good.",
    ]


def test_a_greeting_that_runs_on_is_part_of_the_sentence() -> None:
    assert apart("hi there I just wanted to say thank you for everything").greeting == ""


@given(st.text(max_size=500))
def test_every_sentence_stands_in_the_text_where_it_says(text: str) -> None:
    for sentence in apart(text).sentences:
        assert text[sentence.start : sentence.end] == sentence.text
