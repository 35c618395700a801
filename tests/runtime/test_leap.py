"""Leaps: a simulated clock stops at everything that falls due on its way."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.runtime.clock import SimulatedClock
from bot.runtime.leap import MOST_AT_ONCE, leap
from tests.fakes import MORNING

HOUR = timedelta(hours=1)


class Diary:
    """Due moments that are crossed off at the first work after them, and when that was."""

    def __init__(self, clock: SimulatedClock, *due: datetime) -> None:
        self.clock = clock
        self.due = list(due)
        self.worked: list[datetime] = []

    async def next_due(self) -> datetime | None:
        return min(self.due, default=None)

    async def work(self) -> None:
        self.worked.append(self.clock.now())
        if self.due and min(self.due) <= self.clock.now():
            self.due.remove(min(self.due))


async def test_what_is_due_on_the_way_happens_at_its_own_moment_in_order() -> None:
    clock = SimulatedClock(MORNING)
    diary = Diary(clock, MORNING + 3 * HOUR, MORNING + HOUR, MORNING + 30 * HOUR)

    await leap(clock, MORNING + 20 * HOUR, diary.next_due, diary.work)

    assert diary.worked == [MORNING + HOUR, MORNING + 3 * HOUR, MORNING + 20 * HOUR]


async def test_two_things_due_at_one_moment_both_happen_then() -> None:
    clock = SimulatedClock(MORNING)
    diary = Diary(clock, MORNING + HOUR, MORNING + HOUR)

    await leap(clock, MORNING + 2 * HOUR, diary.next_due, diary.work)

    assert diary.worked == [MORNING + HOUR, MORNING + HOUR, MORNING + 2 * HOUR]


async def test_a_timer_that_stays_due_does_not_hold_the_clock_for_ever() -> None:
    clock = SimulatedClock(MORNING)
    diary = Diary(clock, *[MORNING] * (MOST_AT_ONCE * 2))

    await leap(clock, MORNING + HOUR, diary.next_due, diary.work)

    assert clock.now() == MORNING + HOUR
