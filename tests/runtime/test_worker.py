"""The worker: what is due happens, at its moment, and nothing stops it for good."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.engine.events import Arrived, Event, MessageReceived
from bot.runtime.clock import SimulatedClock
from bot.runtime.coach import Coach
from bot.runtime.outbox import CLAIM, Outbox
from bot.runtime.ports import Address, DamagedDataError, Incoming, KeyMissingError, Storage, UnopenedError
from bot.runtime.turn import Bot
from bot.runtime.worker import Worker
from tests.fakes import MORNING, PRIYA, SAM, FakePlatform, FaultyStorage, UnopenedFor

TO_THE_NUDGE: Sequence[Event] = (Arrived(), MessageReceived("no luck"), MessageReceived("remind"))


def worker(bot: Bot, coach: Coach, storage: Storage, platform: FakePlatform, clock: SimulatedClock) -> Worker:
    outbox = Outbox(coach, storage, {platform.name: platform}, clock, jitter=lambda: 0.0)
    return Worker(bot, outbox, storage, clock, (platform.name,))


async def arm(bot: Bot, *people: Address) -> None:
    for person in people or (SAM,):
        for number, event in enumerate(TO_THE_NUDGE):
            await bot.handle(Incoming(f"{person.user}{number}", person, event))


def nudges(platform: FakePlatform) -> list[str]:
    return [person for person, message in platform.sent if message.nudge]


async def test_a_nudge_comes_when_it_is_due_and_only_once(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    platform = FakePlatform()
    working = worker(bot, coach, storage, platform, clock)
    await arm(bot)

    await working.round()
    early = nudges(platform)
    clock.move_to(MORNING + timedelta(hours=4))
    await working.round()
    await working.round()

    assert early == []
    assert nudges(platform) == [SAM.person]


async def test_everyone_who_is_due_gets_their_own_nudge(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    platform = FakePlatform()
    await arm(bot, SAM, PRIYA)
    clock.move_to(MORNING + timedelta(hours=4))

    await worker(bot, coach, storage, platform, clock).round()

    assert sorted(nudges(platform)) == [PRIYA.person, SAM.person]


async def test_a_nudge_that_is_far_too_late_after_an_outage_is_not_sent(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    platform = FakePlatform()
    await arm(bot)
    clock.move_to(MORNING + timedelta(days=3))

    await worker(bot, coach, storage, platform, clock).round()

    assert nudges(platform) == []


async def test_two_workers_send_one_nudge(bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock) -> None:
    platform = FakePlatform()
    await arm(bot)
    clock.move_to(MORNING + timedelta(hours=4))

    await asyncio.gather(*(worker(bot, coach, storage, platform, clock).round() for _ in range(2)))

    assert nudges(platform) == [SAM.person]


async def test_a_worker_leaves_alone_what_belongs_to_platforms_that_it_does_not_serve(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    platform = FakePlatform(name="slack")
    await arm(bot)
    clock.move_to(MORNING + timedelta(hours=4))

    assert await worker(bot, coach, storage, platform, clock).round() is False


async def test_a_database_that_is_away_for_a_moment_is_waited_for(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    platform = FakePlatform()
    working = worker(bot, coach, FaultyStorage(storage, fails_at=0), platform, clock)  # type: ignore[arg-type]
    await arm(bot)

    first = await working.careful_round()
    await working.careful_round()

    assert first is False
    assert len(platform.sent) == len(TO_THE_NUDGE)


@pytest.mark.parametrize("error", [DamagedDataError("damaged"), KeyMissingError("no such key")])
async def test_one_conversation_that_cannot_be_opened_does_not_keep_the_others_waiting(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock, error: UnopenedError
) -> None:
    platform = FakePlatform()
    await arm(bot, SAM, PRIYA)
    clock.move_to(MORNING + timedelta(hours=4))

    await unopened(storage, coach, platform, clock, error).round()

    assert nudges(platform) == [PRIYA.person]


async def test_a_damaged_conversation_that_is_due_is_told_of_once_a_day(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    platform = FakePlatform()
    await arm(bot)
    working = unopened(storage, coach, platform, clock, DamagedDataError("damaged"))
    told = []

    for hours in (4, 5, 27, 28, 29):
        clock.move_to(MORNING + timedelta(hours=hours))
        await working.round()
        told.append([(letter.address.person, letter.reason) for letter in await storage.dead_letters(10)])

    once = [(SAM.person, "damaged")]
    assert told == [once, once, once, once * 2, once * 2]


async def test_a_conversation_whose_key_is_missing_waits_for_it(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    platform = FakePlatform()
    await arm(bot)
    clock.move_to(MORNING + timedelta(hours=4))
    await unopened(storage, coach, platform, clock, KeyMissingError("no such key")).round()
    clock.move_to(clock.now() + timedelta(seconds=CLAIM))

    await worker(bot, coach, storage, platform, clock).round()

    assert nudges(platform) == [SAM.person]
    assert await storage.dead_letters(10) == []


def unopened(
    storage: Storage, coach: Coach, platform: FakePlatform, clock: SimulatedClock, error: UnopenedError
) -> Worker:
    """A worker to whom nothing opens that is kept of Sam."""
    closed = UnopenedFor(storage, SAM, error)
    return worker(Bot(coach, closed, clock), coach, closed, platform, clock)  # type: ignore[arg-type]


async def test_a_conversation_planned_with_an_older_library_is_planned_again(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    platform = FakePlatform()
    await arm(bot)
    newer = replace(coach, library=replace(coach.library, version="2"))

    await worker(Bot(newer, storage, clock), newer, storage, platform, clock).round()

    kept = await storage.kept(SAM)
    assert kept is not None
    assert kept.planned_with == "2"


async def test_what_a_stopped_worker_had_begun_is_finished_and_the_rest_is_left_to_the_next_one(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    platform = FakePlatform()
    await arm(bot)
    stop = asyncio.Event()
    running = asyncio.create_task(worker(bot, coach, storage, platform, clock).run(stop))
    while not platform.sent:
        await asyncio.sleep(0)

    stop.set()
    await running
    await worker(bot, coach, storage, platform, clock).round()

    assert len(platform.sent) == len(TO_THE_NUDGE)
