"""A notice: what an operator did is said in the person's chat, and changes nothing else."""

from __future__ import annotations

import pytest

from bot.engine.conversation import Conversation
from bot.engine.events import Arrived
from bot.engine.record import dump
from bot.runtime.clock import SimulatedClock
from bot.runtime.coach import Coach
from bot.runtime.notice import give_notice
from bot.runtime.ports import Change, Incoming, Storage, StorageUnavailableError
from bot.runtime.turn import Bot
from tests.fakes import SAM, FaultyStorage


async def test_the_person_is_told_and_the_conversation_stays_as_it_is(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    await bot.handle(Incoming("e1", SAM, Arrived()))
    before = await storage.load(SAM)

    await give_notice(storage, coach, clock, SAM, "exported")

    kept = await storage.kept(SAM)
    assert kept is not None
    assert "repairs.exported" in kept.letters[-1].body
    assert kept.body == before.body


async def test_the_older_version_that_a_conversation_finishes_on_is_kept(
    coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    await finish_on_an_older_version(storage, clock)

    await give_notice(storage, coach, clock, SAM, "exported")

    assert await storage.versions_in_use() == {"older", "today"}


async def finish_on_an_older_version(storage: Storage, clock: SimulatedClock) -> None:
    conversation = Conversation(planned_with="today", finishes_on="older")
    change = Change(SAM, "e1", 0, dump(conversation), None, clock.now(), planned_with="today", finishes_on="older")
    await storage.commit(change)


async def test_nobody_is_told_when_nothing_is_kept(coach: Coach, storage: Storage, clock: SimulatedClock) -> None:
    await give_notice(storage, coach, clock, SAM, "exported")

    assert await storage.kept(SAM) is None


async def test_a_notice_that_cannot_be_saved_is_not_passed_over(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    await bot.handle(Incoming("e1", SAM, Arrived()))

    with pytest.raises(StorageUnavailableError):
        await give_notice(FaultyStorage(storage, fails_at=1), coach, clock, SAM, "exported")  # type: ignore[arg-type]
