from __future__ import annotations

import pytest

from tests.content.readability import grade, sentences, syllables, words


@pytest.mark.parametrize(
    ("word", "heard"),
    [
        ("no", 1), ("the", 1), ("sent", 1), ("change", 1), ("changed", 1), ("asked", 1), ("lines", 1), ("reached", 1),
        ("don't", 1), ("you're", 1), ("I'll", 1), ("voice", 1), ("choose", 1), ("write", 1), ("times", 1), ("phone", 1),
        ("didn't", 2), ("isn't", 2), ("reply", 2), ("ended", 2), ("little", 2), ("going", 2), ("safety", 2),
        ("message", 2), ("someone", 2), ("handles", 2), ("quiet", 2), ("statement", 2), ("reaches", 2), ("lately", 2),
        ("e-mail", 2), ("company", 3), ("employer", 3), ("interview", 3), ("together", 3), ("idea", 3), ("area", 3),
        ("situation", 4), ("conversation", 4), ("immediately", 5), ("17:00", 2),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_they_are_heard(word: str, heard: int) -> None:
    assert syllables(word) == heard


def test_sentences_end_at_marks_and_at_line_ends() -> None:
    text = 'You can type:\n"draft": a short note\nIt stays here. Really? Yes… "Stop." Now.'

    assert len(sentences(text)) == 8


def test_words_are_counted_as_they_are_read() -> None:
    assert words("It's at 17:00, e-mail (or not).") == ["It's", "at", "17:00", "e-mail", "or", "not"]


def test_the_grade_follows_the_formula() -> None:
    assert grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59)


def test_a_hard_text_has_a_higher_grade_than_a_plain_one() -> None:
    hard = "Notwithstanding considerable organisational deliberation, your application was unsuccessful."
    plain = "They thought about it for a long time. In the end they said no."

    assert grade(plain) < 4 < 12 < grade(hard)
