"""Paused: nothing is said in any process, except what cannot wait; afterwards it goes on."""

from __future__ import annotations

from datetime import timedelta

from bot.engine.events import Arrived, MessageReceived
from bot.runtime.clock import SimulatedClock
from bot.runtime.coach import Coach
from bot.runtime.outbox import Outbox
from bot.runtime.pausing import pause, paused_since, resume
from bot.runtime.ports import Change, Incoming, OutboxRow, Storage
from bot.runtime.turn import Bot
from tests.fakes import MORNING, SAM, FakePlatform
from tests.runtime.test_worker import arm, nudges, worker


async def test_a_pause_is_kept_for_every_process_with_its_moment(storage: Storage) -> None:
    assert await pause(storage, MORNING)
    assert not await pause(storage, MORNING + timedelta(hours=1))

    assert await paused_since(storage) == MORNING


async def test_resuming_ends_a_pause_once(storage: Storage) -> None:
    await pause(storage, MORNING)

    assert await resume(storage)
    assert not await resume(storage)
    assert await paused_since(storage) is None


async def test_people_are_heard_while_paused_and_answered_afterwards(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    platform = FakePlatform()
    working = worker(bot, coach, storage, platform, clock)
    await pause(storage, MORNING)

    handled = await bot.handle(Incoming("e1", SAM, Arrived()))
    await working.round()
    meanwhile = list(platform.keys)
    await resume(storage)
    await working.round()

    assert handled.outcome == "committed"
    assert meanwhile == []
    assert len(platform.keys) == 1


async def test_no_timer_speaks_while_paused(bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock) -> None:
    platform = FakePlatform()
    working = worker(bot, coach, storage, platform, clock)
    await arm(bot)
    await working.round()
    clock.move_to(MORNING + timedelta(hours=4))
    await pause(storage, clock.now())

    await working.round()
    meanwhile = nudges(platform)
    await resume(storage)
    await working.round()

    assert meanwhile == []
    assert nudges(platform) == [SAM.person]


async def test_whoever_says_stop_is_answered_even_while_paused(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    platform = FakePlatform()
    working = worker(bot, coach, storage, platform, clock)
    await arm(bot)
    await working.round()
    answered = len(platform.sent)
    await pause(storage, MORNING)

    await bot.handle(Incoming("stop", SAM, MessageReceived("stop")))
    await working.round()

    assert len(platform.sent) == answered + 1


async def test_a_crisis_answer_goes_out_even_while_paused(
    coach: Coach, storage: Storage, clock: SimulatedClock, bot: Bot
) -> None:
    platform = FakePlatform()
    await bot.handle(Incoming("e1", SAM, Arrived()))
    letters = await storage.claim_letters(("terminal",), MORNING, 0, 10)
    loaded = await storage.load(SAM)
    urgent = OutboxRow(letters[0].body, MORNING, MORNING + timedelta(days=1), lane="urgent")
    await storage.commit(Change(SAM, None, loaded.version, loaded.body, None, MORNING, rows=[urgent]))
    await pause(storage, MORNING)

    await Outbox(coach, storage, {"terminal": platform}, clock, jitter=lambda: 0.0).deliver()

    assert len(platform.sent) == 1
