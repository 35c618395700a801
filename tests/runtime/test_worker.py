"""The worker: what is due happens, at its moment, and nothing stops it for good."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.engine.events import Arrived, Event, MessageReceived
from bot.runtime.clock import SimulatedClock
from bot.runtime.coach import Coach
from bot.runtime.outbox import Outbox
from bot.runtime.ports import Address, Incoming, Loaded, Storage
from bot.runtime.turn import Bot
from bot.runtime.worker import Worker
from bot.storage.errors import DamagedDataError
from tests.fakes import MORNING, PRIYA, SAM, FakePlatform, FaultyStorage

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


async def test_one_conversation_that_cannot_be_opened_does_not_keep_the_others_waiting(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    platform = FakePlatform()
    await arm(bot, SAM, PRIYA)
    clock.move_to(MORNING + timedelta(hours=4))
    damaged = _DamagedFor(storage, SAM)

    await worker(Bot(coach, damaged, clock), coach, storage, platform, clock).round()  # type: ignore[arg-type]

    assert nudges(platform) == [PRIYA.person]


class _DamagedFor:
    """A storage in which what is kept of one person is damaged."""

    def __init__(self, inner: Storage, person: Address) -> None:
        self._inner = inner
        self._person = person
        self.commit = inner.commit

    async def load(self, address: Address, inbound: str | None = None) -> Loaded:
        if address.user == self._person.user:
            raise DamagedDataError("a sealed value is damaged")
        return await self._inner.load(address, inbound)


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
