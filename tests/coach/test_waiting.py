"""How long the coach waits is the operator's to say."""

from datetime import time

import pytest

from bot.coach.rules import BadRuleError, Rules
from bot.coach.waiting import MOST_WORKING_DAYS, Waiting
from bot.engine.model import Delay


def read(**changes: str) -> Waiting:
    return Waiting.from_rules(Rules({"reply_check": {"working_days": "5", "at": "10:00", **changes}}))


def test_working_days_and_a_clock_time_are_read() -> None:
    assert read(working_days="7", at="09:30").reply_check == Delay(working_days=7, at=time(9, 30))


@pytest.mark.parametrize("days", ["0", str(MOST_WORKING_DAYS + 1), "2.5", "-1", "soon"])
def test_days_that_nobody_can_wait_are_refused(days: str) -> None:
    with pytest.raises(BadRuleError):
        read(working_days=days)


def test_a_time_that_is_none_is_refused() -> None:
    with pytest.raises(BadRuleError, match="clock time"):
        read(at="noon")
