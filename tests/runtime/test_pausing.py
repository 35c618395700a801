"""Paused: nothing is said in any process, except what cannot wait; afterwards it goes on."""

from __future__ import annotations

from datetime import timedelta

from bot.engine.events import Arrived, MessageReceived
from bot.runtime.clock import SimulatedClock
from bot.runtime.coach import Coach
from bot.runtime.outbox import Outbox
from bot.runtime.pausing import is_paused, pause, paused_since, resume
from bot.runtime.ports import Change, Incoming, KeyMissingError, OutboxRow, Storage
from bot.runtime.turn import Bot
from tests.fakes import MORNING, SAM, FakePlatform
from tests.runtime.test_worker import arm, nudges, worker


async def test_a_pause_is_kept_for_every_process_with_its_moment(storage: Storage) -> None:
    assert await pause(storage, MORNING)
    assert not await pause(storage, MORNING + timedelta(hours=1))

    assert await paused_since(storage) == MORNING


async def test_a_pause_that_does_not_open_holds_back_all_the_same_and_can_be_ended(storage: Storage) -> None:
    await pause(storage, MORNING)
    closed = _UnopenedNotes(storage)

    assert await is_paused(closed)  # type: ignore[arg-type]
    assert not await pause(closed, MORNING)  # type: ignore[arg-type]
    assert await resume(closed)  # type: ignore[arg-type]
    assert not await is_paused(storage)


class _UnopenedNotes:
    """A storage whose notes were sealed with a key that is not here."""

    def __init__(self, inner: Storage) -> None:
        self._inner = inner

    async def note(self, name: str) -> str | None:
        if await self._inner.note(name) is None:
            return None
        raise KeyMissingError("no such key")

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)


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
