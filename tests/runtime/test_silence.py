"""Silence: whoever cannot be reached is left alone, and keeps what is theirs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.engine.events import Arrived, MessageReceived
from bot.runtime.clock import SimulatedClock
from bot.runtime.coach import Coach
from bot.runtime.outbox import Outbox
from bot.runtime.ports import Incoming, Refused, Storage
from bot.runtime.turn import Bot
from bot.runtime.worker import Worker
from tests.fakes import SAM, FakePlatform


async def _armed(bot: Bot) -> None:
    for number, event in enumerate((Arrived(), MessageReceived("no luck"), MessageReceived("remind"))):
        await bot.handle(Incoming(f"e{number}", SAM, event))


@pytest.mark.parametrize(("gone", "planned"), [(True, False), (False, True)])
async def test_reminders_of_somebody_who_is_gone_are_taken_away_and_a_single_refusal_takes_none(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock, gone: bool, planned: bool
) -> None:
    await _armed(bot)

    await Outbox(coach, storage, {"terminal": FakePlatform(Refused("x", gone))}, clock, lambda: 0.0).deliver()

    conversation = await bot.recall(SAM)
    assert conversation is not None
    assert bool(conversation.timers) is planned


async def test_no_further_call_is_made_for_somebody_who_is_gone(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    platform = FakePlatform(*[Refused("account_inactive", gone=True)] * 3)
    worker = Worker(
        bot, Outbox(coach, storage, {"terminal": platform}, clock, lambda: 0.0), storage, clock, ["terminal"]
    )
    await _armed(bot)

    await worker.round()
    clock.move_to(clock.now() + timedelta(days=2))
    await worker.round()

    assert len(platform.attempts) == 3


async def test_somebody_who_writes_again_may_be_reminded_again(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    platform = FakePlatform(*[Refused("user_disabled", gone=True)] * 3)
    await _armed(bot)
    await Outbox(coach, storage, {"terminal": platform}, clock, lambda: 0.0).deliver()

    await bot.handle(Incoming("again", SAM, MessageReceived("start over")))

    assert not (await bot.recall(SAM) or pytest.fail("nothing is kept")).nudges_paused
