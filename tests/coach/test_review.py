"""What was found in a draft, worded for the person."""

import json

import pytest

from bot.coach.craft import Craft
from bot.coach.etiquette import GRAVITY, Finding, check
from tests.coach.shipped_rules import shipped_rules
from tests.coach.test_etiquette import PHRASINGS

CRAFT = Craft(shipped_rules())
TEXTS = [json.loads(line)["text"] for line in PHRASINGS.read_text("utf-8").splitlines()]


def review(text: str) -> tuple[str, str]:
    assessment = check(text, CRAFT.etiquette)
    return CRAFT.review.praise_for(assessment), CRAFT.review.findings_for(assessment, text)


def test_what_works_is_one_sentence() -> None:
    praise, _ = review("Thank you for the interview. Where did I go wrong? What could I improve?")

    assert praise == "You thank them first, and you ask what to improve."


def test_nothing_is_praised_where_nothing_works() -> None:
    assert review("You people are idiots.")[0] == ""


def test_a_clean_draft_has_no_findings_to_word() -> None:
    assert review("Thank you for the interview. What could I improve for next time?")[1] == ""


def test_at_most_the_two_gravest_points_are_made_the_gravest_first() -> None:
    _, findings = review("Where did I go wrong? Reply by Friday. You made the wrong choice.")

    gravest, next_gravest = findings.split("\n")
    assert "wrong choice" in gravest
    assert "by Friday" in next_gravest


def test_the_gentler_wording_fits_what_was_asked_about() -> None:
    _, findings = review("Thank you for the day. What did I do wrong in the lesson? I want to improve.")

    assert '"What could I have done better in the lesson?"' in findings


def test_a_wish_to_hear_anything_at_all_is_praised_for_what_it_is() -> None:
    praise, _ = review("Thank you for the three interviews. I would be grateful for two lines about the task.")

    assert praise == "You thank them first, and you ask for their view."


@pytest.mark.parametrize(
    "text",
    [
        "Thank you. I will ask first next time. One thing I see differently: I led a team for two years.",
        "Thanks for the day. I will work on my answers.",
        "Thank you for the interview. Where did I go wrong? I want to improve.",
    ],
)
def test_no_ask_is_praised_that_is_not_there(text: str) -> None:
    assert "ask" not in review(text)[0]


def test_good_wishes_are_not_taken_for_accepting_the_decision() -> None:
    assert "accept" not in review("Thank you for the interview. What could I improve? All the best, Neil")[0]


def test_an_insult_is_called_one() -> None:
    _, findings = review("You are clowns and I hope you get fired.")

    assert "insult" in findings
    assert "defensive" not in findings


def test_small_letters_are_mentioned() -> None:
    assessment = check("thank you for the interview. what could i improve for next time?", CRAFT.etiquette)

    assert "small letters" in CRAFT.review.hint_for(assessment)


def test_a_long_passage_is_not_quoted_back() -> None:
    explanation = CRAFT.review.explain(Finding("defensive", 0, 60), "one two three four five six seven eight nine ten")

    assert "one two" not in explanation.reason
    assert explanation.reason


@pytest.mark.parametrize("code", GRAVITY)
def test_every_code_has_a_reason_and_a_gentler_wording(code: str) -> None:
    explanation = CRAFT.review.explain(Finding(code, 0, 0), "")  # type: ignore[arg-type]

    assert explanation.reason
    assert explanation.gentler
    assert explanation.gentler in explanation.text


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:40])
def test_praise_and_findings_together_stay_under_56_words(text: str) -> None:
    praise, findings = review(text)

    assert len(f"{praise} {findings}".split()) <= 55
