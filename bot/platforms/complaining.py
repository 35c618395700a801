"""Complaining: what whoever runs the coach has to mend, said once a minute at most, however many messages wait."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from bot.runtime.clock import Clock

log = logging.getLogger(__name__)

EVERY = timedelta(minutes=1)


class Complaints:
    """Says in the log what is wrong and what to do about it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._silent_until: datetime | None = None

    def say(self, sentence: str, reason: str, workspace: str) -> None:
        """Say it, unless something was said within the last minute."""
        now = self._clock.now()
        if self._silent_until is not None and now < self._silent_until:
            return
        self._silent_until = now + EVERY
        log.error(sentence, extra={"action": "send", "reason": reason, "workspace": workspace})
