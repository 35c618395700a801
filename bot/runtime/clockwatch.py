"""Clock watch: notices when the wall clock leaps, against the monotonic one, which does not."""

from __future__ import annotations

import logging
from datetime import datetime

log = logging.getLogger(__name__)

NOTEWORTHY = 30.0
"""Seconds; what a clock is slewed by, or a machine sleeps, in one look is less."""


class ClockWatch:
    """Looked at now and then; each look compares with the one before."""

    def __init__(self) -> None:
        self._gap: float | None = None

    def look(self, now: datetime, monotonic: float) -> float:
        """Return by how many seconds the wall clock leapt since the last look, 0 when it did not, and say so aloud.

        Reminders come by the wall clock, and Slack and Teams refuse whoever is minutes off.
        """
        gap = now.timestamp() - monotonic
        leapt = 0.0 if self._gap is None else gap - self._gap
        self._gap = gap
        if abs(leapt) < NOTEWORTHY:
            return 0.0
        log.error(
            "This computer's clock leapt. If that was not its time service, look at it.",
            extra={"action": "clock", "seconds": round(leapt)},
        )
        return leapt
