"""The shorter things to say or send."""

import pytest

from bot.coach.craft import Craft
from bot.coach.etiquette import check
from tests.coach.shipped_rules import shipped_rules

CRAFT = Craft(shipped_rules())
NOTES = CRAFT.notes


def test_the_call_has_five_lines_thanks_first_and_both_questions() -> None:
    lines = NOTES.call_lines("").split("\n")

    assert [line[:2] for line in lines] == ["1.", "2.", "3.", "4.", "5."]
    assert "Thank you" in lines[0]
    assert "improve" in lines[1]
    assert "Which one area" in lines[2]


@pytest.mark.parametrize("stage", ["application", "screen", "test"])
def test_the_call_mentions_no_interview_where_there_was_none(stage: str) -> None:
    assert "interview" not in NOTES.call_lines(stage)


def test_the_consultant_is_thanked_and_asked_for_a_talk() -> None:
    words = {"consultant": "Priya", "company": "Hartwell", "first_name": "Sam"}

    assert NOTES.consultant_message(words, rang=True, stage="interview") == (
        "Hello Priya,\n"
        "Thank you for ringing, and for putting me forward to Hartwell. Could we take fifteen minutes this week to go "
        "through the interview? I'd like to hear what they said, what you think I could improve for next time, and "
        "which one area to develop most.\n"
        "Thank you again, Sam"
    )


def test_the_consultants_message_needs_nothing_known() -> None:
    message = NOTES.consultant_message({}, rang=False, stage="application")

    assert message.startswith("Hello,\nThank you for letting me know, and for putting me forward. ")
    assert "interview" not in message
    assert message.endswith("\nThank you again.")


def test_there_are_three_questions_for_the_talk() -> None:
    assert NOTES.questions.count("?") == 3


@pytest.mark.parametrize("company", ["", "Acme"])
@pytest.mark.parametrize("consultant", ["", "Priya"])
def test_a_thank_you_thanks_and_does_not_protest(company: str, consultant: str) -> None:
    note = NOTES.thanks.say({"company": company, "consultant": consultant, "first_name": "Sam"})

    assert {"thanks_first"} <= set(check(note, CRAFT.etiquette).praise)
    assert not {"defensive", "wrong_decision", "why_question"} & set(check(note, CRAFT.etiquette).broken)
    assert note.endswith("\nKind regards, Sam")
    assert (consultant or "Hello,") in note


def test_the_follow_up_thanks_asks_both_questions_and_lets_them_say_nothing() -> None:
    note = NOTES.follow_up.say({"company": "Hartwell", "first_name": "Sam"})

    assert [part in note for part in ("Thank you", "Hartwell", "improve", "which area", "If not", "Sam")] == [True] * 6
    assert check(note, CRAFT.etiquette).clean


def test_the_follow_up_goes_to_the_consultant_where_there_is_one() -> None:
    note = NOTES.follow_up.say({"consultant": "Priya", "company": "Hartwell"})

    assert note.startswith("Hello Priya,\nThank you for passing on their answer.")
    assert check(note, CRAFT.etiquette).clean


def test_the_chase_thanks_asks_both_questions_and_lets_them_say_nothing() -> None:
    note = NOTES.chase.say({"company": "Hartwell", "first_name": "Sam"})

    assert note.startswith("Hello,\nThank you again for considering me at Hartwell.")
    assert "what I could improve for next time, and which area to develop most" in note
    assert note.endswith("If not, I quite understand.\nKind regards, Sam")


def test_the_chase_goes_to_the_consultant_where_there_is_one() -> None:
    assert NOTES.chase.say({"consultant": "Priya"}).startswith("Hello Priya,\nThank you again for your help.")
