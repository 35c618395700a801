"""People: the consultant's first name and the person's own."""

import pytest

from tests.coach.shipped_knowledge import read


@pytest.mark.parametrize(
    "text",
    [
        "her name's priya",
        "fine. her name is Priya",
        "my consultant's name is Priya",
        "she's called Priya",
        "my consultant Priya rang",
    ],
)
def test_the_consultants_name_is_read(text: str) -> None:
    assert read(text).slots["consultant"] == "Priya"


def test_a_bare_name_counts_when_it_was_asked_for() -> None:
    assert read("it's Priya", asking="consultant").slots["consultant"] == "Priya"
    assert "consultant" not in read("it's Priya").slots


@pytest.mark.parametrize("text", ["My name is sam", "Hi, I'm Sam.", "call me Sam", "hello, this is Sam"])
def test_the_persons_own_name_is_read(text: str) -> None:
    assert read(text).slots["first_name"] == "Sam"


@pytest.mark.parametrize("text", ["I'm gutted", "hi I'm Sorry about that", "I'm at Tesco", "hi, I'm looking for help"])
def test_a_state_is_no_name(text: str) -> None:
    assert "first_name" not in read(text).slots
