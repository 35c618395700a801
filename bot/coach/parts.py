"""Parts that are made when they are first asked for, or all at once to see that each can be made."""

from __future__ import annotations

from functools import cached_property

from bot.coach.rules import Rules


class Parts:
    """What has its parts as cached properties, each read from ``rules``."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules

    def make_ready(self) -> None:
        """Make every part now, so that whoever needs it first finds nothing left to do.

        Raises:
            BadRuleError: a file or a part of one is missing or has the wrong shape, or a phrase cannot be read.
        """
        for name, part in vars(type(self)).items():
            if isinstance(part, cached_property):
                getattr(self, name)
        self.rules.make_ready()
