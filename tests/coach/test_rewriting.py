"""Rewritten drafts: courteous, and still the person's own."""

import json
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.craft import Craft
from bot.coach.etiquette import asks_for_something, check
from bot.coach.rewriting import rewrite
from tests.coach.shipped_rules import shipped_rules
from tests.coach.test_etiquette import PHRASINGS

CRAFT = Craft(shipped_rules())
LABELLED = (PHRASINGS, Path(__file__).parent / "sets" / "drafts.jsonl")
TEXTS = [json.loads(line)["text"] for file in LABELLED for line in file.read_text("utf-8").splitlines()]
ASKS = re.compile(
    r"\?|\b(please|(could|would|can|may) you|would (you )?mind|let me know|tell me|grateful for|would welcome|any tips"
    r"|(like|love|keen|interested) to (know|hear|have|meet)|would appreciate)\b",
    re.IGNORECASE,
)
SALUTATION = re.compile(r"^(dear|hi|hello|hey|good (morning|afternoon|evening))\b", re.IGNORECASE | re.MULTILINE)


READY = [line.say for line in CRAFT.review.rewriting.lines.values()]


@cache
def rewritten(text: str, company: str = "Acme", first_name: str = "Sam") -> str:
    words = {"company": company, "first_name": first_name}
    return rewrite(text, CRAFT.etiquette, CRAFT.review.rewriting, words)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:40])
def test_the_rewritten_version_passes_the_check(text: str) -> None:
    assert check(rewritten(text), CRAFT.etiquette).broken == ()


def sentences(text: str) -> list[str]:
    return [one.text for one in CRAFT.review.rewriting.letter(text).sentences]


def bare(text: str) -> str:
    return " ".join(text.split()).strip(" .").lower()


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:40])
def test_no_sentence_that_asks_for_something_is_lost(text: str) -> None:
    found = [finding.start for finding in check(text, CRAFT.etiquette).findings if finding.end]
    letter = CRAFT.review.rewriting.letter(text)
    asked = [
        one.text
        for one in letter.sentences
        if ASKS.search(one.text) and not any(one.start <= start < one.end for start in found)
    ]

    version = bare(rewritten(text))

    assert [one for one in asked if bare(one) not in version] == []


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:40])
def test_a_wish_that_was_found_too_blunt_is_still_a_wish(text: str) -> None:
    codes = set(check(text, CRAFT.etiquette).broken)

    if codes & {"why_question", "what_wrong"} and ASKS.search(text):
        assert ASKS.search(rewritten(text))


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:40])
def test_no_second_salutation_is_added(text: str) -> None:
    assert len(SALUTATION.findall(rewritten(text))) <= len(SALUTATION.findall(text))


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:40])
def test_nothing_is_said_that_the_person_did_not_say(text: str) -> None:
    ready = [*CRAFT.review.rewriting.mending.instead.values(), *(say({"company": "Acme"}) for say in READY)]
    ready += [word for one in CRAFT.review.rewriting.mending.replacements for word in (one.asked, one.told)]
    own = set(re.findall(r"\w+", f"{text} {' '.join(ready)}".lower()))

    assert set(re.findall(r"\w+", rewritten(text).lower())) <= own


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:40])
def test_a_sentence_in_which_nothing_was_found_stays_word_for_word(text: str) -> None:
    assessment = check(text, CRAFT.etiquette)
    if {"too_long", "defensive", "wrong_decision", "demanding"} & set(assessment.broken):
        return
    found = [finding.start for finding in assessment.findings if finding.end]
    letter = CRAFT.review.rewriting.letter(text)
    whole = [one.text for one in letter.sentences if not any(one.start <= start < one.end for start in found)]

    version = bare(rewritten(text))

    assert [one for one in whole if bare(one) not in version] == []


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:40])
def test_an_ask_is_praised_only_where_there_is_one(text: str) -> None:
    if {"asks", "asks_view"} & set(check(text, CRAFT.etiquette).praise):
        assert any(asks_for_something(one, CRAFT.etiquette) for one in sentences(text))


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:40])
def test_rewriting_twice_changes_nothing_more(text: str) -> None:
    once = rewritten(text)

    assert rewritten(once) == once


def test_a_clean_draft_stays_as_it_is() -> None:
    text = "Thank you for the interview. What could I improve for next time?"

    assert rewritten(f"  {text}\n") == text


def test_greeting_thanks_and_name_stay_the_persons_own() -> None:
    text = "Dear Lauren, thank you for a lovely day at the school. Why wasn't I appointed? Priya"

    version = rewritten(text)

    assert version.startswith("Dear Lauren, thank you for a lovely day at the school.")
    assert version.endswith(" Priya")
    assert "appointed" not in version


def test_late_thanks_move_to_the_front() -> None:
    version = rewritten("What could I improve? I'd love to know. Thank you for showing me the workshop.")

    assert version.startswith("Thank you for showing me the workshop. What could I improve?")


def test_the_persons_own_question_stays_when_it_is_a_good_one() -> None:
    version = rewritten("You made a mistake. What should I practise for the group exercise?")

    assert "What should I practise for the group exercise?" in version


def test_what_they_asked_about_is_asked_about_again() -> None:
    assert "done better in the lesson" in rewritten("Thank you for the day. What did I do wrong in the lesson?")


def test_a_good_clause_before_a_complaint_stays() -> None:
    version = rewritten("Thanks for the interview, even if ten minutes is hardly enough. How do I improve next time?")

    assert "Thanks for the interview." in version
    assert "ten minutes" not in version


def test_after_a_complaint_what_runs_on_from_it_goes_too() -> None:
    version = rewritten("Thank you for the day. Nobody read my CV. It lay on the table, face down. How can I improve?")

    assert "table" not in version


def test_nothing_is_invented_without_company_and_name() -> None:
    version = rewritten("why was i rejected", company="", first_name="")

    assert version == ("Thank you for letting me know, and for considering me. What could I have done better?")


@given(st.text(max_size=1500))
def test_any_text_comes_out_courteous(text: str) -> None:
    assert set(check(rewritten(text), CRAFT.etiquette).broken) <= {"too_long"}


def test_a_wish_for_a_meeting_stays_and_a_name_is_a_salutation() -> None:
    version = rewritten(
        "Declan, thank you for telling me yourself on Monday. I was disappointed, as you will have seen. Could we sit "
        "down for 20 minutes so you can tell me what was missing in my interview for the ward manager post? Maureen"
    )

    assert version == (
        "Declan, thank you for telling me yourself on Monday. I was disappointed, as you will have seen. Could we sit "
        "down for 20 minutes so you can tell me what I could have done better in my interview for the ward manager "
        "post? Maureen"
    )


def test_a_fact_stays_where_the_dispute_around_it_goes() -> None:
    version = rewritten(
        "thanks petra, i see one thing differently: i led a team of four for two years. kind regards tom"
    )

    assert version.startswith("thanks petra. I led a team of four for two years.")
    assert version.endswith("kind regards tom")


@pytest.mark.parametrize(
    ("sentence", "gentler"),
    [
        ("Could we meet and can you explain why you chose her?", "Could we meet and can you tell me what I could"),
        ("I think it was unfair, but could you tell me what to improve?", "Could you tell me what to improve?"),
        ("Please send me your notes by Friday.", "Please send me your notes."),
        ("Was I bad? What did I do wrong?", "What could I have done better?"),
        ("If you have time, tell me the reason I was not chosen.", "If you have time, tell me what I could have done"),
    ],
)
def test_only_what_was_found_is_changed(sentence: str, gentler: str) -> None:
    assert gentler in rewritten(f"Thank you for the day. {sentence}")
