from __future__ import annotations

from bot.content.catalog import Language
from bot.content.ear import TERMS, ear_of
from tests.content.catalogs import english, shipped_terms


def test_the_shipped_language_has_every_list() -> None:
    assert set(TERMS) <= set(shipped_terms())


def test_numbers_and_ordinals_go_together() -> None:
    ear = ear_of(english({}))

    assert len(ear.numbers) == len(ear.ordinals) == 9


def test_a_word_that_turns_an_answer_round_is_never_a_filler() -> None:
    ear = ear_of(english({}))

    assert not ear.fillers & (ear.negations | ear.refusing)
    assert ear.agreeing <= ear.fillers
    assert ear.refusing <= ear.negations


def test_a_language_without_the_lists_has_an_ear_all_the_same() -> None:
    ear = ear_of(Language("xx", {}))

    assert ear.core(("please", "draft")) == ("please", "draft")
    assert not ear.denies(("not",))
