"""Words: where they stand, and what belongs together."""

from hypothesis import given
from hypothesis import strategies as st

from bot.coach.words import Words, fold


def test_a_short_ending_is_a_word_of_its_own() -> None:
    assert Words.of("she's at Acme's").lower == ["she", "'s", "at", "acme", "'s"]


def test_a_negated_verb_stays_one_word() -> None:
    assert Words.of("I don’t").lower == ["i", "don't"]


def test_a_hyphen_parts_words_without_ending_the_sentence() -> None:
    words = Words.of("self-harm")

    assert (words.lower, words.joined) == (["self", "harm"], [False, True])


def test_a_full_stop_a_blank_line_and_a_bullet_end_a_sentence() -> None:
    assert Words.of("a. b\n\nc\n- d").joined == [False, False, False, False]


def test_dots_and_a_single_line_end_do_not_end_a_sentence() -> None:
    assert Words.of("why... i mean\nso").joined == [False, True, True, True]


def test_a_span_leads_back_to_the_text() -> None:
    words = Words.of("No, from  Acme Foods!")

    start, end = words.span(2, 4)

    assert words.text[start:end] == "Acme Foods"


def test_a_question_mark_is_kept_with_the_word_before_it() -> None:
    assert Words.of("why? no").asked == [True, False]


def test_a_sentence_is_found_around_any_of_its_words() -> None:
    assert Words.of("One two. Three four five. Six.").sentence(3) == (2, 5)


def test_the_first_words_are_a_text_of_their_own() -> None:
    words = Words.of("one two three four").at_most(2)

    assert (words.lower, words.text) == (["one", "two"], "one two")


@given(st.text())
def test_folding_keeps_every_position(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_any_text_has_words_that_stand_where_they_say(text: str) -> None:
    words = Words.of(text)

    spelt = [words.text[start:end].lower() for start, end in zip(words.starts, words.ends, strict=True)]

    assert spelt == words.lower
