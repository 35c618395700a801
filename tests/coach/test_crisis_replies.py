"""What somebody answers in words who was asked about danger."""

import pytest

from tests.coach.shipped_knowledge import read


def replies(text: str, asking: str = "near") -> set[str]:
    said = read(text, asking=asking, long_text=True).slots.get("crisis_reply", ())
    assert isinstance(said, tuple)
    return {str(one) for one in said}


@pytest.mark.parametrize(
    "text",
    [
        "my mate dave is here with me now, hes staying over",
        "my friend is with me",
        "my mums here",
        "my flatmate came over",
        "dave is here with me",
        "i'm not alone, my sister is upstairs",
        "yes my brother",
        "i'm at my mum's",
        "my partner's on the way",
    ],
)
def test_somebody_is_there(text: str) -> None:
    assert "someone_here" in replies(text)


@pytest.mark.parametrize(
    "text", ["nobody is here with me", "my mum isn't here", "im on my own", "no my flatmate is away", "i live alone"]
)
def test_nobody_is_there(text: str) -> None:
    assert "alone" in replies(text)
    assert "someone_here" not in replies(text)


@pytest.mark.parametrize(
    "text", ["hes put the kettle on. i rang samaritans", "i rang them", "i called 988 and talked to somebody"]
)
def test_a_line_was_called(text: str) -> None:
    assert "called" in replies(text)


@pytest.mark.parametrize("text", ["i cant call samaritans", "i rang samaritans but nobody answered", "should i ring"])
def test_a_line_was_not_reached(text: str) -> None:
    assert "called" not in replies(text)


@pytest.mark.parametrize(
    "text",
    ["bit better today, sorry about last night", "i feel a bit better", "i'm fine now", "i got through the night"],
)
def test_it_is_better(text: str) -> None:
    assert "better" in replies(text)


@pytest.mark.parametrize(
    "text", ["it wont get better", "better off without me", "a bit better but i still want to die", "not better today"]
)
def test_it_is_not_better(text: str) -> None:
    assert "better" not in replies(text)


@pytest.mark.parametrize(
    "text",
    [
        "what?? nobody said anything about that. im his mum",
        "no!! its an interview answer",
        "no no. i meant thats probably the reason. my age",
        "why are you asking me that",
        "you got me wrong",
        "i was talking about the job",
    ],
)
def test_a_misreading_is_explained(text: str) -> None:
    assert "explains" in replies(text)


@pytest.mark.parametrize("text", ["no i just want a job", "haha no", "nope, all good", "what?", "god no, never"])
def test_danger_is_denied(text: str) -> None:
    assert "denies" in replies(text)


@pytest.mark.parametrize(
    "text",
    [
        "i meant it",
        "no one cares",
        "no idea",
        "no but i think of it sometimes",
        "no, i don't want to talk about it",
        "no, i feel worthless",
        "no i want to die",
        "what does it matter",
    ],
)
def test_what_is_no_denial_is_not_taken_for_one(text: str) -> None:
    assert replies(text).isdisjoint({"denies", "explains"})


@pytest.mark.parametrize("text", ["thanks", "thank you so much", "thanks for being here, it helps"])
def test_thanks_are_heard_in_a_few_words(text: str) -> None:
    assert replies(text) == {"thanks"}


@pytest.mark.parametrize(
    "text", ["thanks for nothing", "thanks, goodbye", "i want to thank you all for everything that you did for me"]
)
def test_a_farewell_is_no_thanks(text: str) -> None:
    assert "thanks" not in replies(text)


def test_only_a_question_about_danger_is_answered() -> None:
    assert replies("my friend is here", asking="draft") == set()
