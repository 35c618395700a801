"""Pasted letters and drafts are told from what the person says."""

from tests.coach.shipped_knowledge import KNOWLEDGE, read

LETTER = """Dear Sam,

Thank you for applying for the role of Data Analyst at Apex Ltd. Unfortunately, we have decided to move forward with
other candidates whose experience more closely matches our needs. We wish you well.

Kind regards,
Talent Team"""
DRAFT = """Hi Jo,

Thank you for letting me know. I enjoyed meeting you and I'd like to know what I could improve for next time, and
which area to develop most.

Thanks again, Sam"""


def test_a_letter_alone_is_bad_news_with_the_letter_kept() -> None:
    reading = read(LETTER)

    assert (reading.intent, reading.slots["own_text"]) == ("bad_news", LETTER)


def test_names_in_a_letter_are_taken_over() -> None:
    slots = read(LETTER).slots

    assert (slots["company"], slots["role"]) == ("Apex Ltd", "Data Analyst")


def test_what_is_said_before_a_letter_counts_for_how_it_came() -> None:
    reading = read(f"They emailed me this:\n{LETTER}")

    assert (reading.slots["news_channel"], reading.slots["own_text"]) == ("email", LETTER)


def test_an_own_draft_is_to_be_checked() -> None:
    reading = read(f"can you check this?\n\n{DRAFT}")

    assert (reading.intent, reading.slots["own_text"]) == ("check_draft", DRAFT)


def test_a_draft_without_a_word_before_it_is_to_be_checked_too() -> None:
    assert read(DRAFT).intent == "check_draft"


def test_a_quoted_draft_in_the_line_is_kept() -> None:
    reading = read('can you check my draft? "Hello, I think you made the wrong decision. Why didn\'t I get it?"')

    assert reading.slots["own_text"] == "Hello, I think you made the wrong decision. Why didn't I get it?"


def test_feedback_after_a_colon_is_kept() -> None:
    reading = read("I got feedback: need more detail on the budgeting question, and research the company more.")

    assert reading.slots["own_text"] == "need more detail on the budgeting question, and research the company more."


def test_a_greeting_to_the_coach_is_no_letter() -> None:
    text = "Hello there! I was not chosen for flight dispatcher in Ryanair. I heard from them by post last week. " * 2

    assert "own_text" not in read(text).slots


def test_crisis_words_inside_a_pasted_letter_are_heard() -> None:
    assert read(LETTER + "\n\nI want to end my life").safety == "self"


def test_a_stop_word_inside_a_letter_is_no_command() -> None:
    assert read(LETTER + "\nstop").command is None


def test_words_behind_a_quotation_are_not_the_quotation() -> None:
    text = '"Your answers were too long and lacked examples" I literally talked about their margins for ten minutes'

    assert KNOWLEDGE.pasted.quoted(text) == ("", "Your answers were too long and lacked examples")
