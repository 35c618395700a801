"""Restraint: how often the coach may speak first on its own count, and when it falls silent.

A nudge counts when the coach chose its moment (``after``). One at a moment that the person picked (``at``) was promised
for exactly then: it neither counts nor is it held back.
"""

from __future__ import annotations

from datetime import timedelta

from bot.engine.model import Nudge
from bot.engine.run import Run

A_WEEK = timedelta(days=7)

MOST_UNANSWERED = 2
"""After so many in a row without a word, one last line; then nothing before the person writes."""

MOST_SPOKEN = 10
"""How many moments are kept; more than anybody may set for a week and than may stay unanswered."""


def counts(nudge: Nudge) -> bool:
    """Whether the nudge is one of those that are few."""
    return nudge.after is not None


def enough_this_week(run: Run) -> bool:
    """Whether one more would be more than the person wants in seven days."""
    lately = sum(run.now - at < A_WEEK for at in run.spoken)
    return lately >= run.manners.nudges_a_week


def unheard(run: Run) -> bool:
    """Whether the last ones stayed without a word, so that it is time to fall silent."""
    since = [at for at in run.spoken if run.last_message is None or at > run.last_message]
    return len(since) >= MOST_UNANSWERED


def spoke(run: Run) -> None:
    """Count the nudge that speaks now."""
    run.spoken = (*run.spoken, run.now)[-MOST_SPOKEN:]
