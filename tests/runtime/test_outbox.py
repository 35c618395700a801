"""The outbox: each message once where that can be known, in order, and no nudge that is no longer wanted."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.engine.events import Arrived, Event, MessageReceived, Tick
from bot.runtime.clock import SimulatedClock
from bot.runtime.coach import Coach
from bot.runtime.delivery import Ambiguous, Delivery, NotNow, Refused, Sent
from bot.runtime.outbox import BATCH, CLAIM, LONGEST_PAUSE, UNOPENED, Outbox
from bot.runtime.ports import (
    Change,
    DamagedDataError,
    Incoming,
    KeyMissingError,
    Loaded,
    OutboxRow,
    Storage,
    StorageUnavailableError,
    UnopenedError,
)
from bot.runtime.turn import REPLY_LIVES, Bot
from tests.fakes import MORNING, PRIYA, SAM, FakePlatform, UnopenedFor

TO_THE_NUDGE: Sequence[Event] = (Arrived(), MessageReceived("no luck"), MessageReceived("remind"))


def outbox(coach: Coach, storage: Storage, platform: FakePlatform, clock: SimulatedClock) -> Outbox:
    return Outbox(coach, storage, {platform.name: platform}, clock, jitter=lambda: 0.0)


async def talk(bot: Bot, *events: Event) -> None:
    for number, event in enumerate(events):
        await bot.handle(Incoming(f"e{number}", SAM, event))


async def nudge(bot: Bot, clock: SimulatedClock) -> None:
    """Bring the conversation to a nudge that waits in the outbox."""
    await talk(bot, *TO_THE_NUDGE)
    clock.move_to(MORNING + timedelta(hours=4))
    await bot.handle(Incoming("", SAM, Tick(clock.now())))


async def reasons(storage: Storage) -> list[str]:
    return [letter.reason for letter in await storage.dead_letters(10)]


async def test_messages_of_one_person_are_sent_in_the_order_they_were_said(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    platform = FakePlatform()
    await talk(bot, *TO_THE_NUDGE)

    await outbox(coach, storage, platform, clock).deliver()

    assert [keys[0] for keys in platform.keys] == ["welcome.news", "welcome.next_step", "welcome.so_far"]


async def test_what_was_sent_is_not_sent_again(bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock) -> None:
    platform = FakePlatform()
    sending = outbox(coach, storage, platform, clock)
    await talk(bot, Arrived())

    await sending.deliver()
    await sending.deliver()

    assert len(platform.sent) == 1


async def test_a_message_waits_as_long_as_the_platform_asks_and_holds_back_only_its_own_lane(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    platform = FakePlatform(NotNow(30))
    sending = outbox(coach, storage, platform, clock)
    await talk(bot, Arrived(), MessageReceived("no luck"))
    await sending.deliver()
    await bot.handle(Incoming("p1", PRIYA, Arrived()))

    await sending.deliver()
    others = [person for person, _ in platform.sent]
    clock.move_to(MORNING + timedelta(seconds=30))
    await sending.deliver()

    assert others == [PRIYA.person]
    assert [keys[0] for keys in platform.keys[1:]] == ["welcome.news", "welcome.next_step"]


async def test_a_message_that_had_to_wait_its_turn_fares_like_one_that_had_not(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    turns = 20
    platform = FakePlatform(*[NotNow(1, tried=False)] * turns, Ambiguous("timeout"))
    sending = outbox(coach, storage, platform, clock)
    await talk(bot, Arrived())
    for _ in range(turns):
        await sending.deliver()
        clock.move_to(clock.now() + timedelta(seconds=1))
    await sending.deliver()
    clock.move_to(clock.now() + timedelta(seconds=2))

    await sending.deliver()

    assert len(platform.attempts) == turns + 2
    assert len(platform.sent) == 1


async def test_no_platform_can_ask_for_a_pause_without_end(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    platform = FakePlatform(NotNow(1e9))
    sending = outbox(coach, storage, platform, clock)
    await talk(bot, Arrived())
    await sending.deliver()

    clock.move_to(MORNING + timedelta(seconds=LONGEST_PAUSE))
    await sending.deliver()

    assert len(platform.sent) == 1


@pytest.mark.parametrize(
    "unclear", [Ambiguous("timeout"), RuntimeError("a bug at the edge")], ids=["unclear", "raised"]
)
async def test_a_reply_is_sent_again_when_nobody_knows_whether_it_arrived(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock, unclear: Delivery | Exception
) -> None:
    platform = FakePlatform(unclear)
    sending = outbox(coach, storage, platform, clock)
    await talk(bot, Arrived())
    await sending.deliver()

    clock.move_to(MORNING + timedelta(minutes=1))
    await sending.deliver()

    assert len(platform.attempts) == 2
    assert len(platform.sent) == 1


async def test_a_nudge_is_never_sent_again_when_nobody_knows_whether_it_arrived(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    platform = FakePlatform(Sent(), Sent(), Sent(), Ambiguous("timeout"))
    sending = outbox(coach, storage, platform, clock)
    await nudge(bot, clock)
    await sending.deliver()

    clock.move_to(clock.now() + timedelta(hours=1))
    await sending.deliver()

    assert len(platform.attempts) == 4
    assert await reasons(storage) == ["timeout"]


async def test_what_a_platform_refuses_becomes_a_dead_letter_and_the_next_one_is_sent(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    platform = FakePlatform(Refused("channel_not_found"))
    await talk(bot, Arrived(), MessageReceived("no luck"))

    await outbox(coach, storage, platform, clock).deliver()

    assert await reasons(storage) == ["channel_not_found"]
    assert [keys[0] for keys in platform.keys] == ["welcome.next_step"]


async def test_a_reply_that_is_too_old_is_not_sent(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    platform = FakePlatform()
    await talk(bot, Arrived())
    clock.move_to(MORNING + REPLY_LIVES)

    await outbox(coach, storage, platform, clock).deliver()

    assert platform.sent == []


async def test_a_nudge_is_sent_when_its_moment_has_come(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    platform = FakePlatform()
    await nudge(bot, clock)

    await outbox(coach, storage, platform, clock).deliver()

    assert "welcome.tea" in platform.keys[-1]


async def test_a_nudge_is_not_sent_into_a_talk_that_has_gone_on(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    platform = FakePlatform()
    await nudge(bot, clock)
    await bot.handle(Incoming("e9", SAM, MessageReceived("I did it")))

    await outbox(coach, storage, platform, clock).deliver()

    assert not any("welcome.tea" in keys for keys in platform.keys)


async def test_a_stop_between_the_claim_of_a_nudge_and_its_sending_is_obeyed(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    platform = FakePlatform()
    sending = outbox(coach, _StoppedAfterClaim(storage, bot), platform, clock)  # type: ignore[arg-type]
    await nudge(bot, clock)

    await sending.deliver()

    assert not any("welcome.tea" in keys for keys in platform.keys)
    assert "stop.done" in platform.keys[-1]


class _StoppedAfterClaim:
    """A storage in which the person says stop right after the nudge was claimed."""

    def __init__(self, inner: Storage, bot: Bot) -> None:
        self._inner = inner
        self._bot = bot

    async def claim_letters(self, *arguments: object) -> list[object]:
        letters = await self._inner.claim_letters(*arguments)  # type: ignore[arg-type]
        if any(letter.nudge for letter in letters):
            await self._bot.handle(Incoming("stop", SAM, MessageReceived("stop")))
        return list(letters)

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)


async def test_a_claim_that_has_lapsed_is_left_to_whoever_has_it_now(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    platform = FakePlatform()
    await talk(bot, Arrived())
    letters = await storage.claim_letters(("terminal",), clock.now(), CLAIM, 10)
    sending = outbox(coach, _Claimed(storage, letters), platform, clock)  # type: ignore[arg-type]
    clock.move_to(MORNING + timedelta(seconds=CLAIM))

    await sending.deliver()

    assert platform.sent == []


class _Claimed:
    """A storage whose claim was made a while ago: the process was paused since."""

    def __init__(self, inner: Storage, letters: list[object]) -> None:  # type: ignore[type-arg]
        self._inner = inner
        self._letters = [letters, []]

    async def claim_letters(self, *arguments: object) -> list[object]:
        return self._letters.pop(0)

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)


async def test_an_urgent_message_passes_a_lane_that_is_held_back(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    platform = FakePlatform(NotNow(300))
    sending = outbox(coach, storage, platform, clock)
    await talk(bot, Arrived())
    await sending.deliver()
    loaded = await storage.load(SAM)
    row = OutboxRow(
        '{"parts":[],"buttons":[],"keys":["crisis.first"]}', clock.now(), clock.now() + REPLY_LIVES, "urgent"
    )
    await storage.commit(Change(SAM, None, loaded.version, loaded.body, None, clock.now(), (row,)))

    await sending.deliver()

    assert platform.keys == [("crisis.first",)]


async def test_while_the_database_is_away_no_failure_is_left_unheard(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    unheard: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: unheard.append(context))
    await bot.handle(Incoming("s1", SAM, Arrived()))
    await bot.handle(Incoming("p1", PRIYA, Arrived()))

    with pytest.raises(StorageUnavailableError):
        await outbox(coach, _Forgetful(storage), FakePlatform(), clock).deliver()  # type: ignore[arg-type]

    gc.collect()
    assert unheard == []


class _Forgetful:
    """A storage that goes away while messages are being sent."""

    def __init__(self, inner: Storage) -> None:
        self._inner = inner

    async def delivered(self, *arguments: object) -> bool:
        raise StorageUnavailableError

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)


async def test_a_message_that_cannot_be_read_becomes_a_dead_letter(
    coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    row = OutboxRow("[]", clock.now(), clock.now() + REPLY_LIVES)
    await storage.commit(Change(SAM, None, 0, "{}", None, clock.now(), (row,)))

    await outbox(coach, storage, FakePlatform(), clock).deliver()

    assert await reasons(storage) == ["unreadable"]


async def test_pauses_double_while_nobody_knows_whether_a_reply_arrived(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    platform = FakePlatform(*[Ambiguous("timeout")] * 8)
    sending = outbox(coach, storage, platform, clock)
    await talk(bot, Arrived())
    pauses = []

    for _ in range(8):
        await sending.deliver()
        pauses.append(await _until_due(storage, clock))
        clock.move_to(clock.now() + pauses[-1])

    assert [pause.total_seconds() for pause in pauses] == [2, 4, 8, 16, 32, 32, 32, 32]


async def test_what_failed_together_does_not_come_back_together(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    numbers = iter((0.0, 1.0))
    sending = Outbox(coach, storage, {"terminal": FakePlatform(NotNow(10), NotNow(10))}, clock, lambda: next(numbers))
    await talk(bot, Arrived())

    await sending.deliver()
    first = await _until_due(storage, clock)
    clock.move_to(clock.now() + first)
    await sending.deliver()

    assert [pause.total_seconds() for pause in (first, await _until_due(storage, clock))] == [10, 15]


async def _until_due(storage: Storage, clock: SimulatedClock) -> timedelta:
    kept = await storage.kept(SAM)
    assert kept is not None
    return kept.letters[0].due_at - clock.now()


async def test_a_reply_that_expires_while_it_is_claimed_is_buried_at_that_very_moment(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    platform = FakePlatform()
    await talk(bot, Arrived())
    clock.move_to(MORNING + REPLY_LIVES - timedelta(seconds=1))
    letters = await storage.claim_letters(("terminal",), clock.now(), CLAIM, 10)
    clock.move_to(MORNING + REPLY_LIVES)

    await outbox(coach, _Claimed(storage, letters), platform, clock).deliver()  # type: ignore[arg-type]

    assert platform.sent == []
    assert await reasons(storage) == ["expired"]


@pytest.mark.parametrize("body", [None, "{"], ids=["forgotten", "unreadable"])
async def test_a_nudge_of_which_nobody_knows_whether_it_is_wanted_is_not_sent(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock, body: str | None
) -> None:
    platform = FakePlatform()
    await nudge(bot, clock)
    await outbox(coach, storage, FakePlatform(*[Sent()] * 3, NotNow(1)), clock).deliver()
    clock.move_to(clock.now() + timedelta(seconds=2))

    await outbox(coach, _Known(storage, body), platform, clock).deliver()  # type: ignore[arg-type]

    assert platform.sent == []
    assert await reasons(storage) == ["no longer wanted"]


class _Known:
    """A storage that knows only this of anybody."""

    def __init__(self, inner: Storage, body: str | None) -> None:
        self._inner = inner
        self._body = body

    async def load(self, *arguments: object) -> Loaded:
        return Loaded(1, self._body)

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)


async def test_a_nudge_for_a_damaged_conversation_is_buried_and_stops_nobody_else(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    platform = FakePlatform()
    await nudge(bot, clock)
    await bot.handle(Incoming("p1", PRIYA, Arrived()))
    damaged = UnopenedFor(storage, SAM, DamagedDataError("damaged"))

    await outbox(coach, damaged, platform, clock).deliver()  # type: ignore[arg-type]

    assert not any("welcome.tea" in keys for keys in platform.keys)
    assert PRIYA.person in [person for person, _ in platform.sent]
    assert await reasons(storage) == ["damaged"]


async def test_a_nudge_for_a_conversation_whose_key_is_missing_waits_for_the_key_and_stops_nobody_else(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    platform = FakePlatform()
    await nudge(bot, clock)
    await bot.handle(Incoming("p1", PRIYA, Arrived()))
    closed = UnopenedFor(storage, SAM, KeyMissingError("no such key"))

    await outbox(coach, closed, platform, clock).deliver()  # type: ignore[arg-type]
    before = list(platform.keys)
    clock.move_to(clock.now() + timedelta(seconds=UNOPENED))
    await outbox(coach, storage, platform, clock).deliver()

    assert not any("welcome.tea" in keys for keys in before)
    assert len(before) == len(TO_THE_NUDGE) + 1
    assert "welcome.tea" in platform.keys[-1]
    assert await reasons(storage) == []


async def test_a_nudge_waits_when_what_the_platform_needs_does_not_open(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock
) -> None:
    platform = FakePlatform(Sent(), Sent(), Sent(), KeyMissingError("no such key"))
    sending = outbox(coach, storage, platform, clock)
    await nudge(bot, clock)
    await sending.deliver()

    clock.move_to(clock.now() + timedelta(minutes=1))
    await sending.deliver()

    assert "welcome.tea" in platform.keys[-1]


@pytest.mark.parametrize("error", [DamagedDataError("damaged"), KeyMissingError("no such key")])
async def test_who_is_gone_and_does_not_open_stops_nobody_else(
    bot: Bot, coach: Coach, storage: Storage, clock: SimulatedClock, error: UnopenedError
) -> None:
    platform = FakePlatform(Refused("user_not_found", gone=True))
    await talk(bot, Arrived())
    await bot.handle(Incoming("p1", PRIYA, Arrived()))

    await outbox(coach, UnopenedFor(storage, SAM, error), platform, clock).deliver()  # type: ignore[arg-type]

    assert [person for person, _ in platform.sent] == [PRIYA.person]
    assert await reasons(storage) == ["user_not_found"]


@pytest.mark.parametrize("waiting", [False, True])
async def test_reminders_are_told_whether_something_waits_for_a_free_hand(
    coach: Coach, storage: Storage, clock: SimulatedClock, waiting: bool
) -> None:
    row = OutboxRow('{"parts":[],"buttons":[],"keys":["k"]}', clock.now(), clock.now() + REPLY_LIVES)
    for number in range(BATCH if waiting else BATCH - 1):
        await storage.commit(Change(replace(SAM, user=f"U{number}"), None, 0, "{}", None, clock.now(), (row,)))
    platform, seen = FakePlatform(), list[bool]()
    sending = outbox(coach, storage, platform, clock)

    async def look() -> None:
        seen.append(sending.caught_up.is_set())

    platform.before_sending = look
    await sending.deliver()

    assert seen[0] is not waiting
    assert sending.caught_up.is_set()
