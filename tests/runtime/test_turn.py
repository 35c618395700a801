"""Turns: one path, one commit, whatever happens on the way."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.engine.events import Arrived, ChoicePicked, Event, MessageReceived, Tick
from bot.engine.record import dump, load
from bot.runtime.clock import SimulatedClock
from bot.runtime.ports import Change, Incoming, Outcome, Storage
from bot.runtime.turn import Bot, NotSavedError
from bot.storage.crypto import Key, KeyRing
from bot.storage.opening import open_storage
from tests.fakes import MORNING, SAM, FaultyStorage
from tests.shipped import coach


def incoming(event: Event, number: int = 1) -> Incoming:
    return Incoming(f"e{number}", SAM, event)


async def letters(storage: Storage) -> list[str]:
    kept = await storage.kept(SAM)
    return [] if kept is None else [letter.body for letter in kept.letters]


class Met:
    """A storage whose commits wait for each other."""

    def __init__(self, inner: Storage, meeting: asyncio.Barrier) -> None:
        self._inner = inner
        self._meeting = meeting

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    async def commit(self, change: Change) -> Outcome:
        await self._meeting.wait()
        return await self._inner.commit(change)


async def test_a_message_is_answered_and_remembered(bot: Bot, storage: Storage) -> None:
    await bot.handle(incoming(Arrived()))

    handled = await bot.handle(incoming(MessageReceived("no luck"), 2))

    assert handled.message is not None
    assert "welcome.next_step" in handled.message.keys
    assert load((await storage.load(SAM)).body or "").stack[-1].slots["news"] == "no luck"


async def test_where_somebody_is_met_is_known_from_the_first_message_on(bot: Bot, storage: Storage) -> None:
    await bot.handle(incoming(Arrived()))

    assert load((await storage.load(SAM)).body or "").slots["platform"] == SAM.platform


async def test_a_tick_of_somebody_who_was_deleted_since_brings_nobody_back(
    bot: Bot, storage: Storage, clock: SimulatedClock
) -> None:
    await bot.handle(incoming(Arrived()))
    await storage.forget(SAM)

    await bot.handle(Incoming("", SAM, Tick(clock.now())))

    assert await storage.kept(SAM) is None


async def test_what_is_only_for_somebody_new_is_so_at_every_try(storage: Storage, clock: SimulatedClock) -> None:
    """Both have loaded before either commits; for the one that is later nobody is new any more."""
    met = Met(storage, asyncio.Barrier(2))
    bots = [Bot(coach(), met, clock) for _ in range(2)]  # type: ignore[arg-type]
    greetings = [Incoming(f"e{number}", SAM, Arrived(), only_new=True) for number in range(2)]

    both = await asyncio.gather(*(bot.handle(one) for bot, one in zip(bots, greetings, strict=True)))

    assert sorted(handled.outcome for handled in both) == ["committed", "repeated"]
    assert len(await letters(storage)) == 1


async def test_whoever_was_forgotten_is_new_again(bot: Bot, storage: Storage) -> None:
    await bot.handle(Incoming("e1", SAM, Arrived(), only_new=True))
    await bot.forget(Incoming("e2", SAM, Arrived()))

    handled = await bot.handle(Incoming("e3", SAM, Arrived(), only_new=True))

    assert handled.outcome == "committed"
    assert len(await letters(storage)) == 1


async def test_a_long_export_waits_in_the_outbox_in_parts(storage: Storage, clock: SimulatedClock) -> None:
    bot = Bot(coach(), storage, clock)
    await bot.handle(incoming(MessageReceived("acme said no, email this morning")))
    loaded = await storage.load(SAM)
    kept = load(loaded.body or "")
    (application,) = kept.applications
    long = kept._replace(applications=(application._replace(saved={"plan_card": "word " * 2_000}),))
    assert await storage.commit(Change(SAM, "long", loaded.version, dump(long), None, clock.now())) == "committed"

    before = len(await letters(storage))
    await bot.handle(incoming(MessageReceived("show my data"), 2))
    await bot.handle(incoming(MessageReceived("show it all"), 3))

    assert len(await letters(storage)) - before > 3


async def test_the_answer_waits_in_the_outbox_until_it_is_sent(bot: Bot, storage: Storage) -> None:
    await bot.handle(incoming(Arrived()))

    assert len(await letters(storage)) == 1


async def test_a_redelivered_event_is_answered_once(bot: Bot, storage: Storage) -> None:
    await bot.handle(incoming(Arrived()))

    again = await bot.handle(incoming(Arrived()))

    assert again.outcome == "repeated"
    assert len(await letters(storage)) == 1


async def test_the_same_event_delivered_twice_at_once_is_one_turn(bot: Bot, storage: Storage) -> None:
    twice = await asyncio.gather(bot.handle(incoming(Arrived())), bot.handle(incoming(Arrived())))

    assert sorted(handled.outcome for handled in twice) == ["committed", "repeated"]
    assert len(await letters(storage)) == 1


async def test_two_messages_at_the_same_moment_are_two_turns_one_after_the_other(bot: Bot, storage: Storage) -> None:
    await bot.handle(incoming(Arrived()))

    await asyncio.gather(*(bot.handle(incoming(MessageReceived(f"news {n}"), n)) for n in (2, 3)))

    assert len(await letters(storage)) == 3


async def test_what_cannot_be_seen_is_gone_before_it_is_kept(bot: Bot, storage: Storage) -> None:
    await bot.handle(incoming(Arrived()))

    await bot.handle(incoming(MessageReceived("no\x00 lu\u202eck\udcff"), 2))

    assert load((await storage.load(SAM)).body or "").stack[-1].slots["news"] == "no luck"


async def test_a_turn_that_fails_is_answered_kindly_and_the_next_one_works(bot: Bot, storage: Storage) -> None:
    await bot.handle(incoming(Arrived()))

    failed = await bot.handle(incoming(MessageReceived("boom"), 2))
    next_one = await bot.handle(incoming(MessageReceived("no luck"), 3))

    assert failed.message is not None
    assert failed.message.keys == ("repairs.failed",)
    assert next_one.message is not None
    assert "welcome.next_step" in next_one.message.keys


async def test_a_turn_that_fails_leaves_a_dead_letter_and_no_word_in_it_or_in_the_log(
    bot: Bot, storage: Storage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    await bot.handle(incoming(MessageReceived("boom")))

    assert [letter.reason for letter in await storage.dead_letters(10)] == ["RuntimeError"]
    assert "boom" not in str([vars(record) for record in caplog.records])


async def test_a_failed_turn_comes_back_as_repeated_when_the_event_is_delivered_again(bot: Bot) -> None:
    await bot.handle(incoming(MessageReceived("boom")))

    again = await bot.handle(incoming(MessageReceived("boom")))

    assert again.outcome == "repeated"


async def test_a_conversation_that_cannot_be_read_is_answered_and_left_as_it_is(
    bot: Bot, storage: Storage, clock: SimulatedClock
) -> None:
    await bot.handle(incoming(Arrived()))
    other = Bot(replace(bot.coach, read=bot.coach.read), _Rewriting(storage, '{"schema": 99}'), clock)  # type: ignore[arg-type]

    failed = await other.handle(incoming(MessageReceived("no luck"), 2))

    assert failed.message is not None
    assert failed.message.keys == ("repairs.failed",)
    assert (await storage.load(SAM)).body == '{"schema": 99}'


class _Rewriting:
    """A storage in which a newer version has written a conversation."""

    def __init__(self, inner: Storage, body: str) -> None:
        self._inner = inner
        self._body = body
        self.commit = inner.commit

    async def load(self, *arguments: object) -> object:
        return replace(await self._inner.load(*arguments), body=self._body)  # type: ignore[arg-type]


async def test_a_tick_that_fails_says_nothing_and_does_not_come_back_at_once(
    bot: Bot, storage: Storage, clock: SimulatedClock
) -> None:
    broken = Bot(replace(bot.coach, library=replace(bot.coach.library, dialogs={})), storage, clock)
    for number, event in enumerate((Arrived(), MessageReceived("no luck"), MessageReceived("remind"))):
        await bot.handle(incoming(event, number))
    clock.move_to(MORNING + timedelta(hours=4))

    handled = await broken.handle(Incoming("", SAM, Tick(clock.now())))

    assert handled.message is None
    assert await storage.claim_due(("terminal",), clock.now() + timedelta(hours=1), 5, 10) == []


async def test_a_database_that_is_away_refuses_the_event_and_keeps_nothing_of_it(
    bot: Bot, storage: Storage, clock: SimulatedClock
) -> None:
    away = Bot(bot.coach, FaultyStorage(storage, fails_at=1), clock)  # type: ignore[arg-type]

    with pytest.raises(NotSavedError):
        await away.handle(incoming(Arrived()))

    assert (await storage.load(SAM, "e1")).known is False


async def test_a_database_that_hangs_refuses_the_event_in_time(bot: Bot, clock: SimulatedClock) -> None:
    hanging = Bot(bot.coach, _Hanging(), clock, longest_wait=0.01)  # type: ignore[arg-type]

    with pytest.raises(NotSavedError):
        await hanging.handle(incoming(Arrived()))


class _Hanging:
    async def load(self, *arguments: object) -> object:
        return await asyncio.Event().wait()


@pytest.mark.parametrize("after", [False, True], ids=["before it is done", "after it is done"])
async def test_a_turn_lost_at_any_call_counts_once_when_it_is_delivered_again(
    bot: Bot, clock: SimulatedClock, after: bool
) -> None:
    healthy = FaultyStorage(await open_storage("sqlite://", KeyRing([Key.fresh()])))
    await Bot(bot.coach, healthy, clock).handle(incoming(Arrived()))  # type: ignore[arg-type]
    calls = len(healthy.calls)
    await healthy.close()

    for nth in range(calls):
        inner = await open_storage("sqlite://", KeyRing([Key.fresh()]))
        with pytest.raises(NotSavedError):
            await Bot(bot.coach, FaultyStorage(inner, nth, after), clock).handle(incoming(Arrived()))  # type: ignore[arg-type]
        await Bot(bot.coach, inner, clock).handle(incoming(Arrived()))

        kept = await inner.kept(SAM)
        assert kept is not None
        assert len(kept.letters) == 1
        await inner.close()


async def test_stop_takes_a_waiting_nudge_out_of_the_outbox(bot: Bot, storage: Storage, clock: SimulatedClock) -> None:
    for number, event in enumerate((Arrived(), MessageReceived("no luck"), MessageReceived("remind"))):
        await bot.handle(incoming(event, number))
    clock.move_to(MORNING + timedelta(hours=4))
    await bot.handle(Incoming("", SAM, Tick(clock.now())))

    await bot.handle(incoming(MessageReceived("stop"), 9))

    kept = await storage.kept(SAM)
    assert kept is not None
    assert [letter.nudge for letter in kept.letters if letter.nudge] == []


async def test_an_old_button_is_a_friendly_answer_and_no_turn_of_the_dialog(bot: Bot, storage: Storage) -> None:
    await bot.handle(incoming(Arrived()))
    await bot.handle(incoming(MessageReceived("no luck"), 2))
    await bot.handle(incoming(MessageReceived("remind"), 3))

    handled = await bot.handle(incoming(ChoicePicked(2, "sent"), 4))

    assert handled.message is not None
    assert "repairs.old_choice" in handled.message.keys
