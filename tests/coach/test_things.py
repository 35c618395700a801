"""What is kept, in soft words."""

from datetime import UTC, datetime

import pytest

from bot.coach.craft import Craft
from bot.engine.conversation import Application, Timer
from tests.coach.shipped_rules import shipped_rules

THINGS = Craft(shipped_rules()).things
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
ACME = Application(1, {"company": "Acme", "role": "analyst"})


def test_a_job_is_named_by_what_is_known_of_it() -> None:
    other = Application(2, {"role": "porter"})

    assert THINGS.listed((ACME, other, Application(3))) == "Acme: the analyst job\nThe porter job\nOne job"


def test_what_was_done_is_said_and_the_outcome_never() -> None:
    asked = Application(1, {**ACME.slots, "sent_at": NOON})

    assert THINGS.listed((asked,)) == "Acme: the analyst job (you asked for feedback)"


def test_a_plan_stands_under_its_job() -> None:
    planned = Application(1, ACME.slots, {"first_act": "Write one answer.", "worry": "I go blank"})

    assert THINGS.listed((planned,)).splitlines() == [
        "Acme: the analyst job (you have a plan)",
        "Plan: Write one answer.",
        "For the hard moment: I go blank",
    ]


@pytest.mark.parametrize(("count", "line"), [(1, "And one that is finished"), (3, "And 3 that are finished")])
def test_finished_jobs_are_folded_away(count: int, line: str) -> None:
    finished = [Application(number, {"company": "Hartwell"}, closed=True) for number in range(2, 2 + count)]

    assert THINGS.listed((ACME, *finished)) == f"Acme: the analyst job\n{line}"


def test_where_there_is_nothing_it_says_so() -> None:
    assert THINGS.listed(()) == THINGS.none


@pytest.mark.parametrize(
    ("nudge", "about"), [("sent.reply", "whether they answered"), ("own.one", THINGS.other_reminder)]
)
def test_a_reminder_is_called_by_what_it_is_about(nudge: str, about: str) -> None:
    assert THINGS.reminder(Timer(nudge, NOON.replace(tzinfo=None), NOON)) == about


@pytest.mark.parametrize(
    ("days", "start", "end", "said"),
    [
        (["mon", "tue", "wed", "thu", "fri"], "09:00", "18:00", "Monday to Friday, 09:00 to 18:00"),
        (["mon", "wed"], "09:00", "18:00", "Monday and Wednesday, 09:00 to 18:00"),
        (["mon", "tue", "thu"], "09:00", "18:00", "Monday, Tuesday and Thursday, 09:00 to 18:00"),
        (["sun"], "00:00", "00:00", "Sunday, at any hour"),
        (["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "08:00", "21:00", "every day, 08:00 to 21:00"),
    ],
)
def test_hours_and_days_are_said_as_one_would(days: list[str], start: str, end: str, said: str) -> None:
    assert THINGS.hours(start, end, days) == said
