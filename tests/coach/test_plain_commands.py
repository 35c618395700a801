"""Plain commands: what a sentence asks of the coach, and look-alikes left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.written import Written
from tests.coach.phrasings_read import phrasings
from tests.coach.shipped_knowledge import KNOWLEDGE, NOW

CASES = list(phrasings("commands", 5))


@pytest.mark.parametrize(("action", "day", "clock", "part", "rhythm", "text"), CASES)
def test_a_sentence_asks_for_this(action: str, day: str, clock: str, part: str, rhythm: str, text: str) -> None:
    command = KNOWLEDGE.plain_commands.read(Written.of(text), NOW)

    assert command.action == action
    if day:
        first, last = day.split("..")[0], day.split("..")[-1]
        assert first <= str(command.when.day) <= last
    assert not clock or f"{command.when.at:%H:%M}" == clock
    assert not part or command.when.part == part
    assert not rhythm or command.when.recurrence == rhythm


def test_a_stop_word_in_a_long_text_is_no_command() -> None:
    letter = "Thank you for meeting me. Please stop sending messages. " + "I enjoyed it a lot. " * 8

    assert KNOWLEDGE.plain_commands.read(Written.of(letter), NOW).action == "none"


@given(st.text(max_size=120))
def test_any_text_is_read(text: str) -> None:
    assert KNOWLEDGE.plain_commands.read(Written.of(text), NOW).action


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("i have an interview on the 20th at 3, remind me tomorrow", "2026-03-05 09:00"),
        ("interview friday at 3, remind me at 2", "2026-03-06 14:00"),
        ("remind me tomorrow, 3pm", "2026-03-05 15:00"),
        ("interview on 24 march at 2pm, remind me the day before at 9", "2026-03-23 09:00"),
        ("remind me at 8 the night before, its on friday at 10", "2026-03-05 20:00"),
        ("its on friday at 10, remind me half an hour before", "2026-03-06 09:30"),
        ("remind me in 8 days, but not on a weekend", "2026-03-12 09:00"),
    ],
)
def test_the_clause_that_asks_for_a_reminder_says_when(text: str, moment: str) -> None:
    when = KNOWLEDGE.plain_commands.read(Written.of(text), NOW).when
    found = KNOWLEDGE.moments.moment(when, NOW)

    assert found is not None
    assert f"{found:%Y-%m-%d %H:%M}" == moment
