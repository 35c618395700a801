"""Many phrases walked together find what each of them would find alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.phrase_machine import Machine, Settles
from bot.coach.phrases import Phrases
from bot.coach.words import Words


def found(sources: list[str], text: str, settles: Settles = "itself") -> list[tuple[int, dict[int, int]]]:
    return list(machine(sources, settles).found(Words.of(text)))


def machine(sources: list[str], settles: Settles) -> Machine:
    return Machine(list(enumerate(Phrases(sources).nodes)), settles)


def test_each_phrase_is_found_where_it_stands() -> None:
    assert found(["a", "a b", "b c"], "a b c") == [(0, {0: 1, 1: 2}), (1, {2: 3})]


def test_a_gap_skips_as_few_words_as_will_do() -> None:
    assert found(["a ..5 b"], "a b x b") == [(0, {0: 2})]


def test_the_earlier_way_counts_even_when_it_ends_later() -> None:
    assert found(["a (b c|b)"], "a b c") == [(0, {0: 3})]
    assert found(["a (b c|b c d)"], "a b c d") == [(0, {0: 3})]


def test_when_a_phrase_settles_all_the_first_written_counts() -> None:
    assert found(["a b c", "a", "a b"], "a b c", "all") == [(0, {1: 1, 0: 3})]
    assert found(["a b c", "a", "a b"], "a b x", "all") == [(0, {1: 1})]


def test_no_phrase_reaches_over_the_end_of_a_sentence() -> None:
    assert found(["a b", "a .. b"], "a. b") == []


def test_whole_texts_are_told_by_whichever_way_covers_them() -> None:
    walker = machine(["a (b|b c)", "a"], "nothing")

    assert walker.whole(Words.of("a b c")) == (0,)
    assert walker.whole(Words.of("a")) == (1,)
    assert walker.whole(Words.of("a b c d")) == ()
    assert walker.whole(Words.of("a. b")) == ()


@pytest.mark.parametrize("word", ["improving", "reimprove", "7", "seven", "what?", "what"])
def test_a_word_that_no_phrase_names_is_told_by_its_stem_or_figure(word: str) -> None:
    sources = ["improv* it", "# it", "it what?"]
    text = f"{word} it {word}"

    alone = {number for number, source in enumerate(sources) if Phrases([source]).found_in(text)}

    assert {number for _, ends in found(sources, text) for number in ends} == alone


def test_words_that_no_phrase_names_leave_no_trace() -> None:
    walker = machine(["a ..3 b", "ab* c"], "itself")
    list(walker.found(Words.of("a first one a second")))
    kept = walker.kept

    list(walker.found(Words.of("a x y a z")))

    assert walker.kept == kept


@given(st.lists(st.sampled_from("abcd"), max_size=40))
def test_a_machine_that_forgets_finds_the_same(words: list[str]) -> None:
    text = Words.of(" ".join(words))
    nodes = list(enumerate(Phrases(["a ..3 b", "a [b] c", "c d", "(a|b) d"]).nodes))
    forgetful = Machine(nodes, "itself", most_steps=3)

    few = list(forgetful.found(text))

    assert few == list(Machine(nodes, "itself").found(text))
    assert forgetful.kept <= 3
