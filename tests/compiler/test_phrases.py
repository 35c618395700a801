"""Conditions, lengths of time and times of day, as they are written inside values."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from bot.compiler.nodes import File, Scalar
from bot.compiler.phrases import read_clock, read_condition, read_delay, read_length
from bot.compiler.problems import Notes
from bot.engine.conditions import Clause
from bot.engine.model import Delay


def scalar(text: str) -> Scalar:
    return Scalar(File("a.yaml", text), 1, 1, text)


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("tone is warm", [Clause("tone", "is", "warm")]),
        ("tone is not warm", [Clause("tone", "is not", "warm")]),
        ("company is known", [Clause("company", "is known")]),
        ("company is unknown", [Clause("company", "is unknown")]),
        ("areas has motivation", [Clause("areas", "has", "motivation")]),
        ("clean is no", [Clause("clean", "is", "no")]),
        ("count is 3", [Clause("count", "is", "3")]),
        ("and_so is on and sand is known", [Clause("and_so", "is", "on"), Clause("sand", "is known")]),
        ("a  is  known   and  b is c", [Clause("a", "is known"), Clause("b", "is", "c")]),
    ],
)
def test_a_condition_is_read_clause_by_clause(text: str, clauses: list[Clause]) -> None:
    read = read_condition(scalar(text), Notes())

    assert read is not None
    assert read.condition.clauses == tuple(clauses)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tone",
        "tone is",
        "is warm",
        "tone = warm",
        "tone is warm or cold",
        "tone is warm and",
        "a is known b is known",
        "not tone is warm",
        "tone is 'warm'",
        "Tone is warm",
        "tone is {warm}",
        "a is known, b is known",
    ],
)
def test_what_is_no_condition_is_refused(text: str) -> None:
    notes = Notes()

    assert read_condition(scalar(text), notes) is None
    assert len(notes.all) == 1


def test_a_clause_knows_where_it_begins() -> None:
    read = read_condition(scalar("tone is warm and  company is known"), Notes())

    assert read is not None
    assert read.offsets == (0, 18)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("30 minutes", timedelta(minutes=30)),
        ("1 hour", timedelta(hours=1)),
        ("2 days", timedelta(days=2)),
        ("1 week", timedelta(weeks=1)),
        ("366 days", timedelta(days=366)),
    ],
)
def test_a_length_of_time(text: str, length: timedelta) -> None:
    assert read_length(scalar(text), Notes()) == length


@pytest.mark.parametrize(
    "text", ["0 days", "-1 days", "one day", "2days", "2", "days", ".inf", "true", "1.5 days", "٢ days", "99999 weeks"]
)
def test_what_is_no_length_of_time_is_refused(text: str) -> None:
    notes = Notes()

    read_length(scalar(text), notes)

    assert len(notes.all) == 1


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("4 hours", Delay(plain=timedelta(hours=4))),
        ("2 days at 9:30", Delay(plain=timedelta(days=2), at=time(9, 30))),
        ("5 working days", Delay(working_days=5)),
        ("1 working day at 10:00", Delay(working_days=1, at=time(10))),
    ],
)
def test_a_delay_may_count_working_days_and_name_a_time_of_day(text: str, delay: Delay) -> None:
    assert read_delay(scalar(text), Notes()) == delay


@pytest.mark.parametrize(
    "text", ["0 working days", "5 workdays", "5 working days at noon", "at 10:00", "999 working days"]
)
def test_what_is_no_delay_is_refused(text: str) -> None:
    notes = Notes()

    read_delay(scalar(text), notes)

    assert len(notes.all) == 1


@pytest.mark.parametrize("text", ["24:00", "25:61", "10", "10:0", "10:60", "1O:00", "10:00 am", "١٠:٠٠"])
def test_what_is_no_time_of_day(text: str) -> None:
    assert read_clock(text) is None
