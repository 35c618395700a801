"""Rewritten drafts: courteous, and still the person's own."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.craft import Craft
from bot.coach.etiquette import check
from bot.coach.rewriting import rewrite
from tests.coach.shipped_rules import shipped_rules
from tests.coach.test_etiquette import PHRASINGS

CRAFT = Craft(shipped_rules())
TEXTS = [json.loads(line)["text"] for line in PHRASINGS.read_text("utf-8").splitlines()]


def rewritten(text: str, company: str = "Acme", first_name: str = "Sam") -> str:
    words = {"company": company, "first_name": first_name}
    return rewrite(text, CRAFT.etiquette, CRAFT.review.rewriting, words)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:40])
def test_the_rewritten_version_passes_the_check(text: str) -> None:
    assert check(rewritten(text), CRAFT.etiquette).broken == ()


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

    assert version.startswith("Dear Lauren,\n\nThank you for a lovely day at the school.")
    assert version.endswith("\n\nPriya")
    assert "appointed" not in version


def test_late_thanks_move_to_the_front() -> None:
    version = rewritten("What could I improve? I'd love to know. Thank you for showing me the workshop.")

    assert version.startswith("Hello,\n\nThank you for showing me the workshop.")


def test_the_persons_own_question_stays_when_it_is_a_good_one() -> None:
    version = rewritten("You made a mistake. What should I practise for the group exercise?")

    assert "What should I practise for the group exercise?" in version


def test_what_they_asked_about_is_asked_about_again() -> None:
    assert "improve in the lesson" in rewritten("Thank you for the day. What did I do wrong in the lesson?")


def test_a_good_clause_before_a_complaint_stays() -> None:
    version = rewritten("Thanks for the interview, even if ten minutes is hardly enough. How do I improve next time?")

    assert "Thanks for the interview." in version
    assert "ten minutes" not in version


def test_after_a_complaint_what_runs_on_from_it_goes_too() -> None:
    version = rewritten("Thank you for the day. Nobody read my CV. It lay on the table, face down. How can I improve?")

    assert "table" not in version


def test_nothing_is_invented_without_company_and_name() -> None:
    version = rewritten("why was i rejected", company="", first_name="")

    assert "Acme" not in version
    assert version.endswith("Thank you again.")


@given(st.text(max_size=1500))
def test_any_text_comes_out_courteous(text: str) -> None:
    assert check(rewritten(text), CRAFT.etiquette).clean
