"""Retention: what nobody came back to is deleted on the day that the operator wrote down, and not before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.engine.events import Arrived, Event, MessageReceived, ProfileChanged
from bot.runtime.clock import SimulatedClock
from bot.runtime.coach import Coach
from bot.runtime.ports import Incoming, Storage
from bot.runtime.turn import Bot
from tests.fakes import MORNING, SAM, FakePlatform
from tests.runtime.test_worker import worker


@pytest.mark.parametrize("event", [Arrived(), MessageReceived("no luck"), ProfileChanged(name="Sam")])
@pytest.mark.parametrize("days", [1, 90])
async def test_everything_of_a_person_goes_when_their_days_are_over(
    event: Event, days: int, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    coach = replace(coach, library=replace(coach.library, days_kept=days))
    bot = Bot(coach, storage, clock)
    working = worker(bot, coach, storage, FakePlatform(), clock)
    await bot.handle(Incoming("e1", SAM, event))

    clock.move_to(MORNING + timedelta(days=days, minutes=-1))
    await working.round()
    before = await storage.kept(SAM)
    clock.move_to(MORNING + timedelta(days=days))
    await working.round()

    assert before is not None
    assert await storage.kept(SAM) is None


async def test_whoever_writes_again_is_kept_as_long_again(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    working = worker(bot, coach, storage, FakePlatform(), clock)
    await bot.handle(Incoming("e1", SAM, Arrived()))
    clock.move_to(MORNING + timedelta(days=89))
    await bot.handle(Incoming("e2", SAM, MessageReceived("no luck")))

    clock.move_to(MORNING + timedelta(days=120))
    await working.round()

    assert await storage.kept(SAM) is not None
