"""How a practised answer is shown: by its own words, with one thing to try and no marks."""

import pytest

from bot.coach.answer_card import parts_of
from bot.coach.answers import read_answer
from bot.coach.craft import Craft
from tests.coach.shipped_rules import shipped_rules

CRAFT = Craft(shipped_rules())
CARDS = CRAFT.answer_cards
MOVE = (
    "Last spring our shop had to move. My job was to tell the customers. I wrote a list, and I rang each one. "
    "In the end 90 per cent came back."
)


def card(text: str, question: str = "") -> list[str]:
    return CARDS.card(question, text, read_answer(text, CRAFT.answers, question)).splitlines()


def to_try(text: str) -> str:
    return CARDS.to_try(read_answer(text, CRAFT.answers))


def test_each_part_is_shown_by_the_sentence_it_was_found_in() -> None:
    assert card(MOVE)[:4] == [
        'Situation: "Last spring our shop had to move"',
        'Task: "My job was to tell the customers"',
        'What was done: "I wrote a list, and I rang each one"',
        'What came of it: "In the end 90 per cent came back"',
    ]


def test_the_question_stands_at_the_head_when_it_is_known() -> None:
    assert card(MOVE, "Tell me of a change.")[0] == "Question: Tell me of a change."


def test_a_part_that_was_not_found_says_so() -> None:
    assert "What came of it: not found yet" in card("I wrote a list.")


def test_it_says_who_acts_and_how_long_the_answer_is() -> None:
    assert card("I wrote a list. We rang them.")[-2:] == [
        'Who acts: "I" 1, "we" 1',
        "Length: 7 words (50 to 280 is easy to listen to)",
    ]


def test_long_words_of_a_part_are_cut_between_two_words() -> None:
    (done,) = [line for line in card("I wrote " + "very long letters " * 9) if line.startswith("What was done")]

    assert done.endswith('letters very long …"')


@pytest.mark.parametrize("end", [".", "!", "\n", ""])
def test_a_part_ends_with_its_sentence(end: str) -> None:
    assert 'What was done: "I wrote a list"' in card(f"I wrote a list{end} And more.") or not end


@pytest.mark.parametrize(
    ("text", "about"),
    [("It was a long day.", '"I", and a verb'), ("Last year I rang them.", "how it ended"), (MOVE, "brief")],
)
def test_the_one_thing_to_try_is_the_part_that_matters_most_of_those_missing(text: str, about: str) -> None:
    assert about in to_try(text)


def test_an_answer_with_everything_is_to_be_said_aloud() -> None:
    whole = MOVE + " I also thanked them, and I sent each a small card." * 4

    assert to_try(whole) == CARDS.whole


@pytest.mark.parametrize(
    ("before", "now", "says"),
    [
        (["action"], ["action", "result", "number"], "New in this one: what came of it and a number."),
        (["action", "number"], ["action"], "The one before also had a number. You could keep both."),
        (["action"], ["action"], "It has the same parts as before, in other words."),
        (["number"], ["result"], "New in this one: what came of it."),
    ],
)
def test_another_try_is_compared_kindly(before: list[str], now: list[str], says: str) -> None:
    assert CARDS.compared(before, now) == says


def test_every_part_that_can_be_read_has_words_and_a_place_in_the_order() -> None:
    questions = ("", "Why this job?")
    parts = {note.about for asked in questions for note in read_answer(MOVE, CRAFT.answers, asked).notes}

    assert parts == set(CARDS.order) == set(CARDS.progress_parts)


def test_the_parts_of_an_answer_are_those_that_are_there() -> None:
    assert parts_of(read_answer("I wrote a list.", CRAFT.answers)) == ("action", "own")


def test_a_question_for_a_reason_is_not_asked_what_was_done() -> None:
    text = "i was there six years, i left in october because i wanted to lead operations for a whole site"

    shown = card(text, "why did you leave your last job")

    assert any(line.startswith('The reason: "because i wanted to lead operations') for line in shown)
    assert not any(line.startswith(("What was done", "Who acts", "Situation")) for line in shown)
    note = CARDS.to_try(read_answer(text, CRAFT.answers, "why did you leave your last job"))
    assert "done" not in note


@pytest.mark.parametrize("question", ["When could you begin?", "Which pay do you have in mind?"])
def test_a_plain_question_wants_no_more_than_a_plain_answer(question: str) -> None:
    shown = card("I could begin on the first of May, or two weeks sooner if you need me.", question)

    assert len(shown) == 2
    assert shown[-1].startswith("Length")


@pytest.mark.parametrize("question", ["", "Tell me about a time when something went wrong.", "What was your own part?"])
def test_any_other_question_asks_for_something_done(question: str) -> None:
    assert "Task: not found yet" in card("I wrote a list.", question)
