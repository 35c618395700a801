"""Every shipped choice is heard by its label, its number and its other words, and by no longer sentence."""

from __future__ import annotations

from pathlib import Path

import yaml

from bot.content.hearing import hear
from bot.content.template import fill
from bot.content.tokens import words_of
from bot.engine.model import Question
from tests.content.shipped import questions, sample, shipped

NATURAL = Path(__file__).with_name("natural_answers.yaml")


def heard(text: str, question: Question) -> str | None:
    visible = tuple(choice.code for choice in question.choices)
    return dict(hear(text, [question], visible, shipped().catalog, "en")).get(question.message.key)


def told(found: list[tuple[str, str, str | None]]) -> str:
    return "\n".join(f"{key}: {text!r} is heard as {code}" for key, text, code in found)


def test_every_label_is_heard_as_its_choice() -> None:
    found = []
    for question in questions():
        words = shipped().catalog.wording(question.message.key, "en").choices
        for choice in question.choices:
            label = words[choice.code].label
            assert label is not None
            text = fill(label, {name: sample(name) for name in label.names})
            if heard(text, question) != choice.code:
                found.append((question.message.key, text, heard(text, question)))

    assert not found, told(found)


def test_every_number_is_heard_as_the_choice_at_its_place() -> None:
    for question in questions():
        for number, choice in enumerate(question.choices, 1):
            assert heard(str(number), question) == choice.code


def test_every_other_word_is_heard_as_its_choice() -> None:
    found = [
        (question.message.key, phrase, heard(phrase, question))
        for question in questions()
        for code, words in shipped().catalog.wording(question.message.key, "en").choices.items()
        for phrase in words.heard_as
        if heard(phrase, question) != code
    ]

    assert not found, told(found)


def test_no_phrase_is_longer_than_an_answer() -> None:
    catalog = shipped().catalog
    phrases = [
        (question.message.key, phrase)
        for question in questions()
        for words in catalog.wording(question.message.key, "en").choices.values()
        for phrase in words.heard_as
    ]

    assert [(key, phrase) for key, phrase in phrases if not 1 <= len(words_of(phrase)) <= 8] == []


def test_what_somebody_tells_is_no_choice() -> None:
    told_things = (
        "they said that my examples were too short and that somebody else had done the very same job before",
        "I interviewed on Tuesday with two managers and it went on for more than an hour I think",
        "she told me that nothing was wrong but that they had to choose one of us in the end",
    )

    for question in questions():
        assert [heard(text, question) for text in told_things] == [None] * len(told_things)


def test_people_answer_in_their_own_words() -> None:
    answers: dict[str, dict[str, list[str]]] = yaml.load(NATURAL.read_text(encoding="utf-8"), yaml.BaseLoader)
    asked = {question.message.key: question for question in questions()}

    found = [
        (key, text, heard(text, asked[key]))
        for key, meant in answers.items()
        for code, texts in meant.items()
        for text in texts
        if heard(text, asked[key]) != (None if code == "nothing" else code)
    ]

    assert not found, told(found)
