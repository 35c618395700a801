from __future__ import annotations

from datetime import timedelta

from bot.engine.events import MessageReceived, ProfileChanged
from bot.engine.record import load
from bot.runtime.clock import SimulatedClock
from bot.runtime.ports import DamagedDataError, Incoming, Storage
from bot.runtime.turn import Bot
from bot.runtime.unreachable import drop_reminders
from tests.fakes import SAM, UnopenedFor
from tests.runtime.test_notice import finish_on_an_older_version


async def test_reminders_of_somebody_out_of_reach_go_and_the_rest_stays(
    bot: Bot, storage: Storage, clock: SimulatedClock
) -> None:
    for number, text in enumerate(("hello", "some news", "remind")):
        await bot.handle(Incoming(str(number), SAM, MessageReceived(text)))
    before = await bot.recall(SAM)

    await drop_reminders(storage, clock, SAM)
    after = await bot.recall(SAM)

    assert before is not None
    assert after == before._replace(timers=())
    assert before.timers != ()


async def test_the_older_version_that_somebody_out_of_reach_finishes_on_is_kept(
    storage: Storage, clock: SimulatedClock
) -> None:
    await finish_on_an_older_version(storage, clock)

    await drop_reminders(storage, clock, SAM)

    assert await storage.versions_in_use() == {"older", "today"}


async def test_of_somebody_unknown_there_is_nothing_to_take_away(storage: Storage, clock: SimulatedClock) -> None:
    await drop_reminders(storage, clock, SAM)

    assert await storage.kept(SAM) is None


async def test_what_does_not_open_is_forgotten_all_the_same(bot: Bot, storage: Storage, clock: SimulatedClock) -> None:
    incoming = Incoming("1", SAM, MessageReceived("hello"))
    await bot.handle(incoming)
    closed = Bot(bot.coach, UnopenedFor(storage, SAM, DamagedDataError("damaged")), clock)  # type: ignore[arg-type]

    await closed.forget(Incoming("2", SAM, MessageReceived("")))

    assert await storage.kept(SAM) is None
    assert (await bot.handle(incoming)).outcome == "repeated"


async def test_news_of_a_profile_are_taken_in_before_the_event_that_brings_them(bot: Bot, storage: Storage) -> None:
    told = ProfileChanged("Sam", "Asia/Kolkata")

    await bot.handle(Incoming("1", SAM, MessageReceived("hello"), told))
    kept = await storage.load(SAM)

    assert kept.body is not None
    assert (load(kept.body).profile.name, load(kept.body).profile.timezone) == ("Sam", "Asia/Kolkata")


async def test_whoever_is_forgotten_is_not_brought_back_by_a_late_delivery(
    bot: Bot, storage: Storage, clock: SimulatedClock
) -> None:
    incoming = Incoming("1", SAM, MessageReceived("hello"))
    await bot.handle(incoming)

    await bot.forget(Incoming("2", SAM, MessageReceived("")))
    clock.move_to(clock.now() + timedelta(minutes=1))
    repeated = await bot.handle(incoming)

    assert repeated.outcome == "repeated"
    assert await storage.kept(SAM) is None
