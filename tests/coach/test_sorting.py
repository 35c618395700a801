"""Feedback mirrored in task words."""

from pathlib import Path

import pytest

from bot.coach.craft import Craft
from bot.coach.feedback import read_feedback
from bot.coach.sorting import Sorted
from tests.coach.shipped_rules import shipped_rules

CRAFT = Craft(shipped_rules())
NOTES = Path(__file__).parent / "phrasings" / "feedback_notes.txt"


def sort(text: str) -> Sorted:
    return CRAFT.sorting.sort(read_feedback(text, CRAFT.feedback), text, CRAFT.feedback.areas)


def test_the_second_conversation_is_mirrored_word_for_word() -> None:
    sorted_out = sort("said strong but the project example was thin, and someone had more experience")

    assert sorted_out.text == (
        'They said "strong". One to prepare: more detail in the project example. '
        "Nothing to change: someone had more experience."
    )
    assert sorted_out.areas == ("answer_detail",)


def test_two_points_of_one_kind_are_counted_and_joined() -> None:
    assert sort("Your answers were too vague and you asked no questions.").to_prepare == (
        "Two to prepare: more detail in your answers and questions to ask them."
    )


def test_what_is_easy_stands_apart_from_what_needs_more_thought() -> None:
    assert sort("You spoke too fast and asked no questions.").to_prepare == (
        "Easy to prepare: questions to ask them. Needs more thought: how your answers come across."
    )


def test_not_good_is_not_quoted_as_praise() -> None:
    assert sort("Your examples were not strong enough.").strengths == ""


def test_the_others_strength_is_not_the_persons() -> None:
    assert sort("Another candidate was stronger. You spoke too fast.").strengths == ""


def test_what_the_person_says_of_themselves_is_turned_round() -> None:
    assert "in your last example" in sort("they said my last example was too vague").to_prepare


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("They filled the role internally.", "the role was closed"),
        ("They went with another candidate.", "another candidate was chosen"),
    ],
)
def test_what_nobody_can_change_is_told_apart(text: str, reason: str) -> None:
    assert reason in sort(text).nothing_to_change


def test_a_standard_letter_is_not_read_for_praise() -> None:
    assert sort("We had many strong candidates and wish you good luck.").strengths == ""


def test_no_more_than_three_points_are_made_at_once() -> None:
    text = "You were late, asked no questions, and your CV had typos. Your answers were too vague."

    assert sort(text).to_prepare.startswith("Three to prepare:")


@pytest.mark.parametrize("area", [name for name, area in CRAFT.feedback.areas.items() if area.kind != "neither"])
def test_every_area_that_can_be_worked_on_is_worded(area: str) -> None:
    assert CRAFT.sorting.points[area].say({})


def test_praise_is_no_weakness() -> None:
    sorted_out = sort("Your knowledge of hydraulics was impressive.")

    assert sorted_out.text == 'They said "impressive".'
    assert sorted_out.areas == ()


def test_a_point_that_fits_no_area_stands_in_the_words_of_the_note() -> None:
    text = (
        "you jumped to a solution before asking about the load. your motivation for moving was unclear. "
        "you talked too long."
    )

    assert sort(text).text == (
        "Two to prepare: your reasons for wanting this role and how your answers come across. "
        'You also noted: "you jumped to a solution before asking about the load".'
    )


def test_whoever_said_it_is_left_out_of_a_point() -> None:
    assert 'You noted: "im too soft on rotas".' in sort("he told me im too soft on rotas").text


def test_a_second_choice_is_good_news_beside_the_bad() -> None:
    sorted_out = sort("you were our second choice, please keep in touch")

    assert sorted_out.strengths == "You came close to being chosen. They would like to hear from you again."
    assert "another candidate was chosen" in sorted_out.nothing_to_change


def informal_notes() -> list[tuple[str, str]]:
    """What people note of a call in their own words, and what of it must come out: areas, praise, or second choice."""
    lines = NOTES.read_text("utf-8").splitlines()
    return [(text.strip(), wanted.strip()) for text, wanted in (line.rsplit("|", 1) for line in lines)]


@pytest.mark.parametrize("text", [text for text, _ in informal_notes()], ids=lambda text: text[:40])
def test_no_note_is_answered_with_nothing(text: str) -> None:
    assert sort(text).text


def test_most_informal_notes_are_sorted_as_they_are_meant() -> None:
    wrong = [(text, wanted) for text, wanted in informal_notes() if not meant(text, wanted)]

    assert len(wrong) <= len(informal_notes()) // 8, wrong


def meant(text: str, wanted: str) -> bool:
    sorted_out = sort(text)
    if wanted in ("praise", "second"):
        return not sorted_out.areas and bool(sorted_out.strengths)
    return bool(sorted_out.areas) and set(sorted_out.areas) <= set(wanted.split(","))
