"""Phrases: what their few signs mean, and that no text makes them slow."""

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.phrases import BadPhraseError, Classes, Phrases

JOBS = Classes({"job": ["job", "role", "open position"], "news": ["<job> offer"]})


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("get the job", "I did not GET the  job."),
        ("(job|role) offer", "a role offer"),
        ("get [the|that] job", "get job"),
        ("get [the|that] job", "get that job"),
        ("improv* my", "improving my answers"),
        ("# minutes ago", "20 minutes ago"),
        ("said .. no", "said it was a no"),
        ("what now?", "what now?"),
        ("don't know", "I dont know"),
        ("don't know", "I don’t know"),
        ("i'm done", "im done"),
        ("self harm", "self-harm"),
        ("no from", "no, from"),
        ("<job> gone", "open position gone"),
        ("<news>", "role offer"),
    ],
)
def test_a_phrase_is_found(phrase: str, text: str) -> None:
    assert Phrases([phrase], JOBS).found_in(text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("job", "jobs"),
        ("improv*", "approve"),
        ("said .. no", "said a b c d no"),
        ("said no", "said. No"),
        ("said .. no", "said it. No"),
        ("what now?", "what now"),
        ("# minutes", "few minutes"),
        ("dont", "don't"),
    ],
)
def test_a_phrase_is_not_found(phrase: str, text: str) -> None:
    assert not Phrases([phrase], JOBS).found_in(text)


def test_spans_are_positions_in_the_text_and_never_overlap() -> None:
    text = "no no NO"

    assert list(Phrases(["no no", "no"]).all(text)) == [(0, 5), (6, 8)]


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("(a|b", "has no closing ')'"),
        ("a) b", "has a ')' too many"),
        ("..2 a", "has a gap at its beginning or end"),
        ("a ..9 b", "skips 9 words; a gap skips 1 to 8"),
        ("a .. b .. c .. d .. e", "has more than 3 gaps"),
        ("[a]", "has no word that must be there"),
        ("<nothing>", "names a class <nothing> that does not exist"),
        ("<loop>", "names the class <loop> inside itself"),
        ("a*b", "has 'a*b'; a word has letters, and a star only at its end"),
    ],
)
def test_a_phrase_that_cannot_be_read_says_why(phrase: str, message: str) -> None:
    with pytest.raises(BadPhraseError) as fault:
        Phrases([phrase], Classes({"loop": ["a <loop>"]}))

    assert str(fault.value) == message


@pytest.mark.parametrize("unit", ["a ", "a a b ", "a" * 50, "a b ", "(((", "é̂"])
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    phrases = Phrases(["a ..8 a ..8 a ..8 z", "[a] [a] [a] b ..8 b ..8 z"])
    text = unit * (4_000 // len(unit))
    phrases.found_in(text)

    before = time.process_time()
    phrases.found_in(text)
    whole = time.process_time() - before

    assert whole < 2


@given(st.text(alphabet="ab()[]|.<>*? #", max_size=30))
def test_any_source_is_read_or_refused(source: str) -> None:
    with contextlib.suppress(BadPhraseError):
        span = Phrases([source]).first("a b")

        assert span is None or 0 <= span[0] < span[1] <= len("a b")


def test_no_phrases_find_nothing() -> None:
    assert Phrases([]).first("anything") is None
