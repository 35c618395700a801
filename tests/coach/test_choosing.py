"""What to work on first depends on what they named, what came back, and the time before the next interview."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.coach.skills import skills_for
from bot.engine.conversation import Application
from bot.engine.model import Facts
from bot.engine.values import Values
from tests.coach.shipped_rules import shipped_rules

NAMED = ("experience_gap", "company_research")
"""As the employer named them; the second is the easier one."""

FACTS = Facts(now=datetime(2026, 3, 2, 10, 10, tzinfo=UTC))
SKILLS = skills_for({"en": shipped_rules()})


def applications(*areas: str) -> Facts:
    """What is kept of jobs for which one area each was named."""
    return replace(FACTS, applications=tuple(Application(n, {"areas": (area,)}) for n, area in enumerate(areas)))


@pytest.mark.parametrize(
    ("known", "area"),
    [
        ({}, "company_research"),
        ({"next_interview": "soon"}, "company_research"),
        ({"next_interview": "later"}, "experience_gap"),
        ({"next_interview": "none"}, "experience_gap"),
    ],
)
def test_little_time_asks_for_what_is_easy(known: Values, area: str) -> None:
    assert SKILLS["suggest_area"].run({"areas": NAMED, **known}, FACTS)["area"] == area


def test_the_time_matters_only_where_it_would_change_what_is_suggested() -> None:
    assert SKILLS["suggest_area"].run({"areas": NAMED}, FACTS)["matters"] is True
    assert SKILLS["suggest_area"].run({"areas": NAMED[:1]}, FACTS)["matters"] is False
    assert SKILLS["suggest_area"].run({"areas": NAMED, "next_interview": "soon"}, FACTS)["matters"] is False


def test_with_time_comes_first_what_was_named_for_two_jobs() -> None:
    kept = applications("motivation", "motivation", "experience_gap")

    suggested = SKILLS["suggest_area"].run({"areas": ("experience_gap", "motivation"), "next_interview": "later"}, kept)

    assert suggested["area"] == "motivation"


@pytest.mark.parametrize(
    ("areas", "slots"),
    [
        (["answer_detail"], set()),
        (["answer_detail", "motivation"], set()),
        (["answer_detail"] * 2, {"second_time"}),
        (["answer_detail"] * 3, {"came_up_often"}),
    ],
)
def test_what_comes_up_for_another_job_is_noticed(areas: list[str], slots: set[str]) -> None:
    assert SKILLS["find_recurring"].run({"areas": ("answer_detail",)}, applications(*areas)).keys() == slots


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("my next interview is on Thursday", "soon"),
        ("I have an interview in three weeks", "later"),
        ("I have another interview", None),
    ],
)
def test_the_day_of_the_next_interview_is_known_if_it_was_said(said: str, when: str | None) -> None:
    assert SKILLS["note_interview"].run({"message_text": said}, FACTS).get("next_interview") == when


def test_a_day_that_was_said_before_stays_known() -> None:
    assert SKILLS["note_interview"].run({"message_text": "hm", "next_interview": "soon"}, FACTS) == {
        "next_interview": "soon"
    }
