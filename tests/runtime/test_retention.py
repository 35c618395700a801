"""Retention: what nobody came back to is deleted on the day that the operator wrote down, and not before."""

from __future__ import annotations

import json
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
from tests.shipped import coach as shipped


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


TALK = (
    "acme said no, email this morning. analyst job. I feel zanzibar about it",
    "draft it",
    "Dear Jo, zanzibar, thank you for your time. I would be glad of any feedback on my interview. Kind regards, Sam",
    "I sent it",
    "got feedback: they said my zanzibar presentation lacked structure and the project example needed more detail",
    "yes",
    "keep them",
)


@pytest.mark.parametrize("end", [("bye",), (), ("check my draft", "Dear Jo, zanzibar! Why did you do this to me?")])
async def test_seven_idle_days_later_names_and_choices_are_left_and_what_somebody_asked_to_keep(
    end: tuple[str, ...], storage: Storage, clock: SimulatedClock
) -> None:
    coach = shipped()
    bot = Bot(coach, storage, clock)
    working = worker(bot, coach, storage, FakePlatform(), clock)
    for number, text in enumerate((*TALK, *end)):
        await bot.handle(Incoming(f"e{number}", SAM, MessageReceived(text)))
    await working.round()

    clock.move_to(MORNING + timedelta(days=8))
    for _ in range(5):
        await working.round()
    await storage.tidy(clock.now())

    kept = await storage.kept(SAM)
    assert kept is not None
    (application,) = json.loads(kept.body)["applications"]
    assert (application["slots"]["company"], application["slots"]["role"]) == ("Acme", "analyst")
    assert list(application["saved"]) == ["to_prepare"]
    assert "zanzibar" not in repr(kept)


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
