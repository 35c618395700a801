"""News: how it came, when, at which stage, and the feeling that was shown."""

import pytest

from bot.coach.news import News
from bot.coach.words import Words
from tests.coach.shipped_knowledge import KNOWLEDGE


def news(text: str) -> News:
    return KNOWLEDGE.openings.news.read(Words.of(text))


@pytest.mark.parametrize(
    ("text", "channel", "detail"),
    [
        ("they emailed me", "email", None),
        ("got the email yesterday", "email", None),
        ("HR rang me", "phone", None),
        ("a phone call this afternoon", "phone", None),
        ("they left me a voicemail", "phone", "voicemail"),
        ("on a Zoom call on Monday", "phone", "video"),
        ("my consultant rang", "recruiter", "rang"),
        ("the agency emailed me", "recruiter", None),
        ("the recruiter messaged", "recruiter", None),
        ("a recruiter from Acme emailed me", "email", None),
        ("a letter arrived", "other", "letter"),
        ("they texted me to say no", "other", "sms"),
        ("a WhatsApp from the owner", "other", "chat_app"),
        ("they messaged me on LinkedIn", "other", "network"),
        ("a message on Indeed", "other", "job_board"),
        ("the portal says rejected", "other", "portal"),
        ("told me to my face", "other", "in_person"),
        ("they ghosted me", "other", "ghosted"),
        ("never heard back from them", "other", "ghosted"),
        ("I was turned down", None, None),
    ],
)
def test_the_way_it_came(text: str, channel: str | None, detail: str | None) -> None:
    found = news(text)

    assert (found.channel, found.detail) == (channel, detail)


@pytest.mark.parametrize(
    "text",
    [
        "no email, no call",
        "after the phone screen",
        "I work in a call centre",
        "my follow-up emails",
        "a video interview",
        "cover letter",
        "his email address",
    ],
)
def test_a_word_like_a_channel_is_none(text: str) -> None:
    assert news(text).channel in (None, "other")


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("on the phone w them now", "now"),
        ("they're calling me in ten minutes", "soon"),
        ("I just hung up", "over"),
        ("consultant just rang", "over"),
        ("they emailed", None),
    ],
)
def test_whether_a_call_is_on(text: str, call: str | None) -> None:
    assert news(text).call == call


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("after the final round", "final"),
        ("down to the last two", "final"),
        ("failed the coding test", "test"),
        ("after the phone screen", "screen"),
        ("not shortlisted", "application"),
        ("after the interview", "interview"),
        ("they withdrew the offer", "offer"),
        ("it's a no", None),
    ],
)
def test_the_stage(text: str, stage: str | None) -> None:
    assert news(text).stage == stage


@pytest.mark.parametrize(
    ("text", "feeling"),
    [
        ("I'm fuming", "angry"),
        ("so gutted", "low"),
        ("honestly relieved", "up"),
        ("acme said no", None),
        ("I got turned down by email", None),
    ],
)
def test_a_feeling_only_when_it_was_shown(text: str, feeling: str | None) -> None:
    assert news(text).feeling == feeling


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Interviewed last week and heard today that it's a no", "today"),
        ("my interview was on Monday and they rang this morning", "this morning"),
        ("rejected by email 20 minutes ago", "20 minutes ago"),
        ("third no this week", None),
        ("it's a no", None),
    ],
)
def test_when_the_news_came_not_when_the_interview_was(text: str, when: str | None) -> None:
    words = Words.of(text)
    place = news(text).when

    assert (text[slice(*words.span(place.first, place.end))] if place else None) == when
