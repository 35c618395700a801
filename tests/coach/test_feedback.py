"""What a message from an employer says about one interview, and whether it says anything."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.craft import Craft
from bot.coach.feedback import FeedbackReading, read_feedback
from tests.coach.scores import micro_f
from tests.coach.shipped_rules import shipped_rules

RULES = Craft(shipped_rules()).feedback
FOLDER = Path(__file__).parent / "phrasings"
FORM_LETTERS = (FOLDER / "form_letters.txt").read_text("utf-8").splitlines()


def phrasings() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / "feedback.jsonl").read_text("utf-8").splitlines()]


def read(text: str) -> FeedbackReading:
    return read_feedback(text, RULES)


def test_other_peoples_words_are_read_well_on_the_whole() -> None:
    answers = [(frozenset(item["areas"]), frozenset(read(item["text"]).areas), frozenset()) for item in phrasings()]

    assert micro_f(answers) >= 0.93


@pytest.mark.parametrize("field", ["has_feedback", "invites", "refuses"])
def test_whether_there_is_any_feedback_offered_or_refused_is_read(field: str) -> None:
    key = field if field == "has_feedback" else f"{field}_feedback"
    wrong = [item["text"] for item in phrasings() if getattr(read(item["text"]), field) != item[key]]

    assert len(wrong) <= 2, wrong


@pytest.mark.parametrize("letter", FORM_LETTERS, ids=lambda letter: letter[:40])
def test_a_form_letter_says_nothing_about_the_person(letter: str) -> None:
    reading = read(letter)

    assert not reading.has_feedback
    assert set(reading.areas) <= {"stronger_candidate", "role_closed"}


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("They wanted more detail in my answers.", ("answer_detail",)),
        ("Your answers were detailed and clear.", ()),
        ("There were no concerns about your communication.", ()),
        ("You were great, but you spoke too fast.", ("communication",)),
        ("Someone else had more experience.", ("stronger_candidate", "experience_gap")),
        ("Thanks for asking. You came across as very motivated.", ()),
        ("We liked your enthusiasm and how you came across.", ()),
        ("Your presentation ran long.", ("communication",)),
        ("Due to the volume of applications we cannot say more.", ()),
    ],
)
def test_only_what_was_wanting_is_an_area(text: str, areas: tuple[str, ...]) -> None:
    assert set(read(text).areas) == set(areas)


def test_an_area_rests_on_words_of_the_text() -> None:
    text = "You were warm. You spoke very quickly, though."

    [mention] = read(text).mentions

    assert text[mention.start : mention.end] == "spoke very quickly"
    assert mention.part[0] <= mention.start < mention.end <= mention.part[1]


def test_praise_alone_is_feedback_without_an_area() -> None:
    reading = read("You came across as warm and well prepared.")

    assert reading.has_feedback
    assert reading.areas == ()


def test_an_offer_to_talk_is_no_refusal_although_nothing_is_written() -> None:
    reading = read("We can't provide written feedback but you can book a call to talk it through.")

    assert reading.invites
    assert not reading.refuses


@pytest.mark.parametrize("item", phrasings()[::4], ids=lambda item: item["text"][:40])
def test_case_and_quotes_change_nothing(item: dict[str, Any]) -> None:
    text = item["text"]

    assert read(text.upper()).areas == read(text).areas
    assert read(text.replace("'", "’")).areas == read(text).areas


@given(st.text(max_size=4000))
def test_any_text_can_be_read(text: str) -> None:
    for mention in read(text).mentions:
        assert 0 <= mention.start < mention.end <= len(text)


@pytest.mark.parametrize("text", ["they went with a stronger candidate", "I wasn't quite the right fit"])
def test_a_reason_in_a_few_words_that_names_nothing_to_work_on_is_vague(text: str) -> None:
    reading = read(text)

    assert (reading.has_feedback, reading.vague) == (False, True)


@pytest.mark.parametrize(
    "text", ["my answers lacked detail", "the right fit was someone who gave examples; mine were thin"]
)
def test_a_reason_that_can_be_worked_on_is_not_vague(text: str) -> None:
    assert not read(text).vague


@pytest.mark.parametrize("letter", FORM_LETTERS[:20])
def test_a_longer_letter_is_not_vague(letter: str) -> None:
    assert not read(f"{letter} {letter} {letter} {letter}").vague
