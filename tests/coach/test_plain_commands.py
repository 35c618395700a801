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
