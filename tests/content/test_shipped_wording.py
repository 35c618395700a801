"""The shipped words against the house rules: short, plain, kind, British, and nothing from the never-list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import mean

import pytest

from bot.content.moments import TERMS as MOMENT_TERMS
from bot.content.wording import TERMS as LIST_TERMS
from tests.content.catalogs import shipped_terms
from tests.content.never import AMERICAN, PATTERNS, faults
from tests.content.readability import grade, sentences, words
from tests.content.shipped import Line, lines

MOST_WORDS = 60
MOST_WORDS_IN_CRISIS = 90
MOST_WORDS_IN_SENTENCE = 25
MOST_CHOICES = 3
MEAN_GRADE, WORST_GRADE, CRISIS_GRADE = 6, 8, 5


def messages() -> list[Line]:
    return [line for line in lines("message") if line.text]


def crisis() -> list[Line]:
    return [line for line in messages() if line.key.startswith("crisis.")]


def ordinary() -> list[Line]:
    """Those that are bound to be short and to ask one thing: not the crisis answers, not the list of what to type."""
    return [line for line in messages() if not line.key.startswith(("crisis.", "help.", "home.usage"))]


def told(found: Sequence[tuple[Line, object]]) -> str:
    """What a failing test shows: every fault with its key and its words."""
    return "\n".join(f"{line.key}: {fault} in {line.text!r}" for line, fault in found)


def test_there_is_something_to_check() -> None:
    assert len(messages()) > 100
    assert len(crisis()) > 10


@pytest.mark.parametrize("reason", PATTERNS)
def test_nothing_from_the_never_list_is_said(reason: str) -> None:
    bound = [line for line in lines("message", "label", "block") if reason != AMERICAN or line.language == "en"]

    found = [(line, words) for line in bound for _, words in faults(line.text, [reason])]

    assert not found, told(found)


def test_no_message_is_longer_than_sixty_words() -> None:
    found = [(line, len(words(line.text))) for line in ordinary() if len(words(line.text)) > MOST_WORDS]

    assert not found, told(found)


def test_no_crisis_answer_is_longer_than_ninety_words() -> None:
    found = [(line, len(words(line.text))) for line in crisis() if len(words(line.text)) > MOST_WORDS_IN_CRISIS]

    assert not found, told(found)


def test_no_sentence_is_longer_than_twenty_five_words() -> None:
    found = [
        (line, len(words(sentence)))
        for line in messages()
        for sentence in sentences(line.text)
        if len(words(sentence)) > MOST_WORDS_IN_SENTENCE
    ]

    assert not found, told(found)


def test_no_message_is_hard_to_read() -> None:
    found = [(line, round(grade(line.text), 1)) for line in messages() if grade(line.text) > WORST_GRADE]

    assert not found, told(found)


def test_the_messages_together_are_easy_to_read() -> None:
    assert mean(grade(line.text) for line in messages()) <= MEAN_GRADE


def test_the_crisis_answers_are_easier_still() -> None:
    assert mean(grade(line.text) for line in crisis()) <= CRISIS_GRADE


def test_no_message_asks_two_questions() -> None:
    """Questions to write down or to ask somebody else stand in a numbered list or in quotes."""
    asked = [(line, re.sub(r'(?m)^\d\..*$|"[^"\n]*"', "", line.text)) for line in ordinary()]

    found = [(line, "two questions") for line, text in asked if text.count("?") > 1]

    assert not found, told(found)


def test_no_question_has_more_than_three_choices() -> None:
    labels = [(line.language, line.key) for line in lines("label")]

    crowded = {key: labels.count(key) for key in labels if labels.count(key) > MOST_CHOICES}

    assert crowded == {}


def test_no_two_choices_of_a_question_have_the_same_label() -> None:
    labels = [(line.language, line.key, line.text.casefold()) for line in lines("label")]

    assert [pair for pair in labels if labels.count(pair) > 1] == []


def test_the_small_print_says_what_it_must_in_twenty_five_words() -> None:
    small = {line.text for line in messages() if line.key == "repairs.small_print"}

    assert [text for text in small if len(words(text)) > 25] == []
    assert all(said in text for text in small for said in ("I'm a program", "his chat", '"privacy"'))


def test_the_notification_of_a_nudge_says_nothing_about_a_job() -> None:
    preview = shipped_terms()["nudge.preview"]

    assert preview.names == ()
    assert not {"job", "employer", "company", "rejection", "role", "interview"} & set(preview.pieces[0].lower().split())


def test_every_small_word_that_code_asks_for_is_there() -> None:
    assert {*MOMENT_TERMS, *LIST_TERMS, "nudge.preview"} <= set(shipped_terms())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("They made a mistake.", "the employer was wrong, or the person was"),
        ("It's their loss.", "the employer was wrong, or the person was"),
        ("You'll get the next one.", "a promise, a prediction or a statistic"),
        ("You lack confidence.", "a label on the person"),
        ("At least you got an interview.", "false comfort"),
        ("You should send it now.", "pressure"),
        (
            "Could you tell me why I was turned down?",
            "why they said no, or what the person did wrong, asked of an employer",
        ),
        ("You sound depressed.", "diagnosis, therapy, legal or medical advice"),
        ("Try to hide your age.", "looks, accent, or what to hide"),
        ("This chat is private.", "privacy that nobody can promise"),
        ("You'll bounce back.", "an idiom"),
        ("What is your favorite answer?", "American spelling"),
        ("Let's organize it.", "American spelling"),
        ("I'm sorry!", "shouting, jokes or pictures"),
    ],
)
def test_the_never_list_catches_what_it_is_for(text: str, reason: str) -> None:
    assert reason in [found for found, _ in faults(text)]


@pytest.mark.parametrize(
    "text",
    [
        "You don't have to agree, and you don't need to send it.",
        "It's not too late to ask.",
        "I'm a program. What size is the team? It ended at ten.",
        "Thank you for telling me. I'm sorry it was a no.",
        "Would you mind telling me what I could improve?",
    ],
)
def test_the_never_list_leaves_plain_kind_words_alone(text: str) -> None:
    assert list(faults(text)) == []
