"""Intents: the product's finer ones, and whether they are clear enough to leave a question for."""

import pytest

from tests.coach.shipped_knowledge import read


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("on the phone w them now its a no", "on_call"),
        ("they're calling me in ten minutes to tell me", "on_call"),
        ("can you check my email before I send it?", "check_draft"),
        ("can we plan a talk with my consultant", "talk_consultant"),
        ("i want to tell that manager what i think of his process", "want_to_tell_them"),
        ("I sent it", "sent"),
        ("they replied", "got_reply"),
        ("still no reply to my feedback request", "no_reply"),
        ("what will you do with my data?", "privacy"),
        ("can my boss read this?", "privacy"),
        ("can I talk to a human?", "human"),
        ("what's the point of asking them?", "why_ask"),
        ("I keep going over the interview in my head", "replaying"),
        ("I think they turned me down because I'm pregnant", "unfair"),
        ("I got the job!", "good_news"),
        ("they changed their mind and offered me the role", "good_news"),
        ("help me make a plan", "plan"),
        ("I want to practise for the next interview", "practise"),
        ("I have an interview on Friday", "next_interview"),
        ("get ready for my interview", "next_interview"),
        ("show my reminders", "my_things"),
        ("when will you remind me?", "my_things"),
        ("show my data", "show_data"),
        ("change my quiet hours", "settings"),
        ("fewer reminders please", "settings"),
        ("never at weekends", "settings"),
        ("nickname", "nickname"),
        ("call the company something else", "nickname"),
        ("delete my data", "delete_data"),
        ("bad_news_word", "ambiguous"),
    ],
)
def test_a_finer_intent_is_read(text: str, intent: str) -> None:
    assert read(text).intent == intent


@pytest.mark.parametrize(
    "text", ["Acme rejected me by email", "how do I ask them for feedback?", "what will you do with my data?"]
)
def test_a_clear_text_is_sure(text: str) -> None:
    assert read(text).sure


@pytest.mark.parametrize(
    "text", ["yes", "an email, I think", "the second one", "a bit nervous", "Tuesday", "bit stiff"]
)
def test_a_short_answer_is_not_sure(text: str) -> None:
    assert not read(text).sure


def test_the_same_text_is_read_the_same_way_every_time() -> None:
    text = "They said my answers lacked detail but I gave three examples. So unfair!"

    assert len({read(text).intent for _ in range(5)}) == 1
