"""A phrasebook finds what each of its groups would find alone."""

from hypothesis import given
from hypothesis import strategies as st

from bot.coach.phrasebook import Phrasebook, Place
from bot.coach.phrases import Phrases
from bot.coach.words import Words


def test_the_longest_phrase_of_a_group_counts() -> None:
    book = Phrasebook({"no": Phrases(["no", "no thanks"]), "thanks": Phrases(["thanks"])})

    assert book.find(Words.of("no thanks")) == {"no": [Place(0, 2)], "thanks": [Place(1, 2)]}


def test_a_group_that_is_not_found_is_missing() -> None:
    assert Phrasebook({"a": Phrases(["a"])}).find(Words.of("b")) == {}


def test_places_meet_when_they_share_a_word() -> None:
    assert Place(0, 2).meets(Place(1, 3))
    assert not Place(0, 2).meets(Place(2, 3))


@given(st.lists(st.sampled_from(["a", "b", "c", "d."]), max_size=12))
def test_what_may_follow_a_word_never_hides_a_phrase(parts: list[str]) -> None:
    text = " ".join(parts)
    sources = ["a b", "a [b] c", "(a|b c) d", "b ..2 d", "c (a|b)"]
    groups = {source: Phrases([source]) for source in sources}

    found = Phrasebook(groups).find(Words.of(text))

    assert set(found) == {source for source, phrases in groups.items() if phrases.found_in(text)}
