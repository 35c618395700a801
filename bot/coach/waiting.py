"""Waiting: how long before the coach asks about something, as an operator may set it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.coach.rules import Rules
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
    days = rules.part("working_days").whole(1, MOST_WORKING_DAYS)
    return Delay(working_days=days, at=rules.part("at").clock_time())
