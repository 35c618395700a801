"""Safety: who is said to be in danger, and by which rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.rules import BadRuleError, Rules
from bot.coach.safety import SafetyRules
from bot.coach.written import Written
from tests.coach.phrasings_read import phrasings
from tests.coach.shipped_knowledge import KNOWLEDGE
from tests.coach.shipped_rules import shipped_rules

RULES = KNOWLEDGE.safety
CASES = list(phrasings("safety", 1))
UNSEEN = list(phrasings("unseen", 1))


def answer(text: str) -> str:
    decision = RULES.decide(Written.of(text))
    return decision.safety if decision else "none"


@pytest.mark.parametrize(("wanted", "text"), [case for case in CASES if case[0] != "none"])
def test_danger_is_heard(wanted: str, text: str) -> None:
    assert answer(text) == wanted


@pytest.mark.parametrize("text", [text for wanted, text in CASES if wanted == "none"])
def test_idioms_work_denial_and_the_past_raise_no_full_answer(text: str) -> None:
    assert answer(text) in ("none", "soft")


def test_the_soft_question_is_rarely_asked_without_need() -> None:
    harmless = [text for wanted, text in CASES if wanted == "none"]

    asked = [text for text in harmless if answer(text) == "soft"]

    assert len(asked) <= len(harmless) / 10, asked


@pytest.mark.parametrize("text", [text for _, text in phrasings("everyday", 1)])
def test_plain_sentences_of_everyday_bring_no_question(text: str) -> None:
    assert answer(text) == "none"


def test_new_words_of_everyday_bring_the_question_to_one_in_forty_at_most() -> None:
    everyday = [text for kind, text in UNSEEN if kind == "everyday"]

    asked = [text for text in everyday if answer(text) != "none"]

    assert len(asked) <= len(everyday) / 40, asked


def test_new_words_of_danger_are_heard() -> None:
    grave = [text for kind, text in UNSEEN if kind == "grave"]

    missed = [text for text in grave if answer(text) == "none"]

    assert len(missed) <= len(grave) / 20, missed


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("I want to die", "wish_to_die"),
        ("I cut myself again", "self_harm"),
        ("I would never kill myself", "ending_ones_life, denied"),
        ("years ago I was suicidal", "ending_ones_life, long past"),
        ("k i l l m y s e l f", "hidden_letters"),
        ("quiero morir", "spanish"),
        ("我想死", "other_scripts"),
    ],
)
def test_a_decision_names_its_rule(text: str, rule: str) -> None:
    decision = RULES.decide(Written.of(text))

    assert decision is not None
    assert decision.rule == rule


@pytest.mark.parametrize(
    "around", ["{}", "Hello. {} Thanks.", "Dear team,\nthank you for your time.\n{}\nRegards", "lol {}", "{}!!!"]
)
@pytest.mark.parametrize(
    "core", ["I want to die", "i want to kill myself", "my husband hits me", "my friend is suicidal"]
)
def test_what_stands_around_a_statement_does_not_hide_it(around: str, core: str) -> None:
    assert answer(around.format(core)) == answer(core)


@pytest.mark.parametrize(
    "change", [str.upper, str.title, lambda text: text.replace("'", "’"), lambda text: text.replace("'", "")]
)
@pytest.mark.parametrize(
    "text", ["I don't want to live anymore", "I'm going to kill myself", "I can't go on", "there's no reason to live"]
)
def test_case_and_apostrophes_change_nothing(change: object, text: str) -> None:
    assert callable(change)
    assert answer(change(text)) == answer(text)


@pytest.mark.parametrize(
    "around", ["Siemens rejected me on Tuesday.\n{}", "{}\nThat was all they wrote to me.", "Hello  there. {} Thanks."]
)
def test_no_full_answer_is_lost_by_a_greeting_or_by_other_news(around: str) -> None:
    full = [(wanted, text.rstrip(".!") + ".") for wanted, text in CASES if wanted not in ("none", "soft")]

    otherwise = [text for wanted, text in full if answer(around.format(text).replace(" ", "  ")) != wanted]

    assert otherwise == []


def test_apostrophes_that_are_left_out_change_no_answer() -> None:
    pointed = [text for _, text in CASES if "'" in text]

    otherwise = [text for text in pointed if answer(text.replace("'", "")) != answer(text)]

    assert len(pointed) > 200
    assert otherwise == []


def test_a_statement_at_the_end_of_a_long_text_is_heard() -> None:
    assert answer("Thank you for the interview. " * 130 + "I want to end my life.") == "self"


def test_an_unknown_answer_is_refused_with_its_path() -> None:
    broken = {"classes": {}, "rules": {"odd": {"answer": "maybe", "phrases": ["x"]}}}

    with pytest.raises(BadRuleError) as fault:
        SafetyRules(Rules(broken, ("safety",)), Rules(shipped_rules()["safety_tongues"]), Rules({}))

    assert fault.value.path == ("safety", "rules", "odd", "answer")


@given(st.text(max_size=400))
def test_any_text_is_decided(text: str) -> None:
    assert answer(text) in ("none", "soft", "self", "other", "harm", "danger")
