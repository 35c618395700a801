"""Parts that are made when they are first asked for, or all at once to see that each can be made."""

from __future__ import annotations

from functools import cached_property


class Parts:
    """What has its parts as cached properties."""

    def make_ready(self) -> None:
        """Make every part now.

        Raises:
            BadRuleError: a file or a part of one is missing or has the wrong shape, or a phrase cannot be read.
        """
        for name, part in vars(type(self)).items():
            if isinstance(part, cached_property):
                getattr(self, name)
