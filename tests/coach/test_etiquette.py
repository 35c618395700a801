"""What a person's own draft does well, and which rules of courtesy it breaks."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.etiquette import GRAVITY, Etiquette, check
from bot.coach.rules import BadRuleError, Rules
from tests.coach.scores import micro_f
from tests.coach.shipped_rules import shipped_rules

ETIQUETTE = Etiquette.from_rules(Rules(shipped_rules()).part("etiquette"))
PHRASINGS = Path(__file__).parent / "phrasings" / "drafts.jsonl"
CLEAN = "Thank you for the interview. What could I improve for next time?"


def phrasings() -> list[dict[str, Any]]:
    return [json.loads(line) for line in PHRASINGS.read_text("utf-8").splitlines()]


def broken(text: str) -> set[str]:
    return set(check(text, ETIQUETTE).broken)


@pytest.mark.parametrize("item", phrasings(), ids=lambda item: item["text"][:40])
def test_a_draft_in_other_peoples_words_is_read(item: dict[str, Any]) -> None:
    found = broken(item["text"]) - set(item["also_acceptable"])

    assert found == set(item["broken"])


def test_other_peoples_words_are_read_well_on_the_whole() -> None:
    answers = [
        (frozenset(item["broken"]), frozenset(broken(item["text"])), frozenset(item["also_acceptable"]))
        for item in phrasings()
    ]

    assert micro_f(answers) >= 0.97


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("I urge you to think again.", "wrong_decision"),
        ("Send me your answer by Friday.", "demanding"),
        ("None of you had even read my CV.", "defensive"),
        ("Why did you not choose me?", "why_question"),
        ("Where did I go wrong?", "what_wrong"),
    ],
)
def test_one_hurtful_sentence_breaks_one_rule(sentence: str, code: str) -> None:
    assert broken(f"{CLEAN} {sentence}") == {code}


def test_the_words_that_break_a_rule_are_pointed_at() -> None:
    text = f"{CLEAN} Where did I go wrong?"

    [finding] = check(text, ETIQUETTE).findings

    assert "go wrong" in text[finding.start : finding.end]


def test_the_gravest_finding_comes_first() -> None:
    text = "Where did I go wrong? Send your answer by Friday. You made the wrong choice."

    codes = check(text, ETIQUETTE).broken

    assert list(codes) == sorted(codes, key=GRAVITY.index)
    assert codes[0] == "wrong_decision"


@pytest.mark.parametrize(
    "closing", ["Thanks, Leo", "Many thanks", "Thanks in advance, Brian", "Thank you in advance.", "cheers"]
)
def test_signing_off_with_thanks_is_no_thanks(closing: str) -> None:
    assert "no_thanks" in broken(f"What could I improve for my next interview? {closing}")


def test_thanks_for_nothing_is_no_thanks() -> None:
    assert "no_thanks" in broken("Well, thanks for nothing. Which area should I improve?")


@pytest.mark.parametrize(
    "opening", ["Hi, it's Sam from Monday.", "I hope you are well.", "I got your e-mail.", "Dear Dr. Ray,"]
)
def test_a_pleasantry_may_stand_before_the_thanks(opening: str) -> None:
    assert broken(f"{opening} {CLEAN}") == set()


def test_thanks_behind_the_question_are_late() -> None:
    assert broken("What could I improve? I'd love to know. Thank you for the interview.") == {"thanks_late"}


def test_more_than_150_words_are_too_long() -> None:
    filler = "We talked about the new depot and the people there. " * 15

    assert broken(f"{CLEAN} {filler}") == {"too_long"}
    assert broken(f"{CLEAN} {filler[: len(filler) // 2]}") == set()


def test_asking_for_any_feedback_is_clean_and_gets_a_hint() -> None:
    assessment = check("Thank you for the interview. Any feedback would be welcome.", ETIQUETTE)

    assert assessment.clean
    assert assessment.advisories == ("generic_ask",)


@pytest.mark.parametrize("gap", ["[name]", "<company>", "{role}", "____", "XXX"])
def test_a_place_left_to_fill_gets_a_hint(gap: str) -> None:
    assert "unfilled_placeholder" in check(f"Dear {gap}, {CLEAN}", ETIQUETTE).advisories


def test_running_oneself_down_gets_a_hint_and_no_finding() -> None:
    assessment = check(f"Thank you for seeing me, I know I was terribly nervous. {CLEAN}", ETIQUETTE)

    assert assessment.clean
    assert assessment.advisories == ("self_deprecating",)


def test_what_works_is_named() -> None:
    assert check(f"{CLEAN} I accept your decision.", ETIQUETTE).praise == ("thanks_first", "asks", "accepts", "short")


def test_a_hurtful_draft_is_not_praised_for_being_short() -> None:
    assert check("You people are idiots.", ETIQUETTE).praise == ()


@pytest.mark.parametrize("item", phrasings()[::4], ids=lambda item: item["text"][:40])
def test_case_quotes_and_blanks_change_nothing(item: dict[str, Any]) -> None:
    text = item["text"]

    assert broken(text.upper()) == broken(text)
    assert broken(text.replace("'", "’")) == broken(text)
    assert broken(f"\n  {text}  \n") == broken(text)


@given(st.text(max_size=4000))
def test_any_text_can_be_read(text: str) -> None:
    for finding in check(text, ETIQUETTE).findings:
        assert 0 <= finding.start <= finding.end <= len(text)


def test_a_code_without_rules_is_refused_with_its_path() -> None:
    rules = {**shipped_rules()["etiquette"], "findings": {}}

    with pytest.raises(BadRuleError) as refused:
        Etiquette.from_rules(Rules(rules, ("etiquette",)))

    assert refused.value.path == ("etiquette", "findings")
