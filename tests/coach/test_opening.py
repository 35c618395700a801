"""Openings in other people's words: what they are about and what they name."""

from typing import Any

import pytest

from bot.coach.reading_lines import opening_fields
from bot.coach.setting import Setting
from tests.coach.phrasings_read import phrasings
from tests.coach.shipped_knowledge import KNOWLEDGE, NOW

CASES = list(phrasings("openings", 5))
MISREAD = {
    'Opened my inbox Monday night and there it was: "after careful consideration". Same old story.': "channel",
    "so... yeah": "intent",
    "I have an interview tomorrow, any tips?": "intent",  # by the sets' codes; the coach itself rehearses for it
}
"""Known misreadings, kept so that a change that mends one is noticed."""


def fields(text: str) -> dict[str, Any]:
    return opening_fields(text, Setting(now=NOW), KNOWLEDGE)


def misread(code: str, channel: str, company: str, role: str, when: str, text: str) -> set[str]:
    found = fields(text)
    wrong = set() if found["intent"] in code.split("/") else {"intent"}
    if code.startswith("bad_news"):
        wanted = {"channel": channel, "company": company, "role": role, "when_phrase": when}
        wrong |= {name for name, value in wanted.items() if (found[name] or "") != value}
    return wrong


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[-1][:40])
def test_an_opening_is_read(case: tuple[str, ...]) -> None:
    known = MISREAD.get(case[-1])

    assert misread(*case) == ({known} if known else set())


OPENINGS = [
    "Acme rejected me by email this morning",
    "they phoned yesterday to say I was unsuccessful",
    "how do I ask them for feedback?",
    "they said my answers lacked detail",
    "the feedback is nonsense",
    "not today please",
    "what can you do",
    "can we start over",
    "thank you, that helped",
    "are you a bot?",
    "write my cover letter",
]


@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.upper(), id="capitals"),
        pytest.param(lambda text: text.lower(), id="small letters"),
        pytest.param(lambda text: text.rstrip("?."), id="no stop"),
        pytest.param(lambda text: text + "!", id="exclamation"),
        pytest.param(lambda text: text.replace("'", ""), id="no apostrophes"),
        pytest.param(lambda text: text.replace(" ", "  "), id="double blanks"),
        pytest.param(lambda text: text + " 😞", id="emoji"),
    ],
)
def test_how_it_is_typed_does_not_change_what_it_is_about(opening: str, change: Any) -> None:
    assert fields(change(opening))["intent"] == fields(opening)["intent"]


@pytest.mark.parametrize("opening", OPENINGS[:5])
def test_a_greeting_before_it_changes_nothing(opening: str) -> None:
    assert fields("Hi there. " + opening)["intent"] == fields(opening)["intent"]


@pytest.mark.parametrize(
    "company", ["Acme", "Fjordline", "Brook & Sons", "Tesco", "Zyx Systems", "St Anne's Hospital", "IBM"]
)
@pytest.mark.parametrize(
    "opening",
    [
        "{} rejected me by email this morning",
        "I got turned down by {} for the analyst job",
        "Didn't get the nurse role at {}. They phoned today.",
        "no from {}",
    ],
)
def test_the_company_is_read_whatever_its_name(company: str, opening: str) -> None:
    assert fields(opening.format(company))["company"] == company


@pytest.mark.parametrize("company", ["acme", "tesco", "fjordline"])
@pytest.mark.parametrize(
    "opening", ["{} said no", "got turned down by {}", "no from {}, email today", "interview at {} yesterday, its a no"]
)
def test_the_company_is_read_without_capitals(company: str, opening: str) -> None:
    assert fields(opening.format(company))["company"] == company


@pytest.mark.parametrize(
    "role",
    [
        "data analyst",
        "care assistant",
        "forklift driver",
        "Year 4 teacher",
        "head of marketing",
        "barista",
        "podiatrist",
    ],
)
@pytest.mark.parametrize(
    "opening", ["I didn't get the {} job", "rejected for the {} role at Acme", "I applied as a {} and they said no"]
)
def test_the_role_is_read_whatever_it_is(role: str, opening: str) -> None:
    assert fields(opening.format(role))["role"] == role


@pytest.mark.parametrize(
    "text",
    [
        "I think you made the wrong decision. I expect an answer by Friday.",
        "the hiring manager rang to say no",
        "my manager told me I didn't get it",
        "I didn't get my dream job",
        "the recruiter emailed me, it's a no",
        "I was rejected by a bank in Leeds",
    ],
)
def test_nobody_is_taken_for_the_company_or_the_role(text: str) -> None:
    found = fields(text)

    assert (found["company"], found["role"]) == (None, None)


@pytest.mark.parametrize(
    ("british", "american"),
    [
        (
            "they cancelled the programme and I didn't get the post",
            "they canceled the program and I didn't get the position",
        ),
        ("rejected after the assessment centre", "rejected after the assessment center"),
        ("I want to practise an answer", "I want to practice an answer"),
    ],
)
def test_british_and_american_spelling_mean_the_same(british: str, american: str) -> None:
    assert fields(british)["intent"] == fields(american)["intent"]
