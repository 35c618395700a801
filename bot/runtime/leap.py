"""Leaps of a simulated clock: whatever falls due on the way happens at its own moment, in order."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.runtime.clock import SimulatedClock

MOST_AT_ONCE = 20
"""Rounds of work for one moment; a timer that stays due after that is left to the next look."""

NextDue = Callable[[], Awaitable[datetime | None]]


async def leap(
    clock: SimulatedClock, until: datetime, next_due: NextDue, work: Callable[[], Awaitable[object]]
) -> None:
    """Move ``clock`` to ``until``, stopping to ``work`` whenever something is due."""
    before, rounds = None, 0
    while (due := await next_due()) is not None and due <= until:
        before, rounds = due, rounds + 1 if due == before else 1
        if rounds > MOST_AT_ONCE:
            break
        clock.move_to(due)
        await work()
    clock.move_to(until)
    await work()
