"""Waiting: how long before the coach asks about something, as an operator may set it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from bot.coach.rules import BadRuleError, Rules
from bot.engine.model import Delay

MOST_WORKING_DAYS = 60


@dataclass(frozen=True, slots=True)
class Waiting:
    """The file ``waiting``; ``reply_check`` is the time from a sent request to the question whether they answered."""

    reply_check: Delay

    @classmethod
    def from_rules(cls, rules: Rules) -> Waiting:
        """Read the file.

        Raises:
            BadRuleError: something is missing, is no clock time, or is not 1 to 60 working days.
        """
        return cls(_delay(rules.part("reply_check")))


def _delay(rules: Rules) -> Delay:
    days = rules.part("working_days").number()
    if not 1 <= days <= MOST_WORKING_DAYS or days != int(days):
        raise BadRuleError((*rules.path, "working_days"), f"should be a whole number from 1 to {MOST_WORKING_DAYS}")
    return Delay(working_days=int(days), at=_clock(rules.part("at")))


def _clock(rules: Rules) -> time:
    try:
        return time.fromisoformat(rules.text())
    except ValueError:
        raise BadRuleError(rules.path, "should be a clock time like 10:00") from None
