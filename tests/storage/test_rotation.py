"""Rotation: everything is sealed again with the newest key, and turns go on meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import pytest
import pytest_asyncio

from bot.runtime.ports import Address, DamagedDataError, Kept, KeyMissingError, Storage
from bot.storage.crypto import Key, KeyRing
from bot.storage.opening import open_storage
from tests.storage.databases import execute
from tests.storage.people import NOW, PRIYA, SAM, claim, row, said, turn

OLDEST, OLDER, OLD, NEW, NEWEST = (Key.fresh() for _ in range(5))

Reopen = Callable[..., Awaitable[Storage]]


@pytest_asyncio.fixture
async def reopen(lasting_url: str) -> AsyncIterator[Reopen]:
    """Open one database again and again, each time with other keys."""
    opened: list[Storage] = []

    async def reopen(*keys: Key) -> Storage:
        await close()
        opened.append(await open_storage(lasting_url, KeyRing(keys)))
        return opened[-1]

    async def close() -> None:
        if opened:
            await opened[-1].close()

    yield reopen
    await close()


def _person(number: int) -> Address:
    return replace(SAM, user=f"U{number}")


async def _live(storage: Storage, number: int) -> Kept | None:
    """Let a person have one of everything that is sealed."""
    full = turn(_person(number), inbound=f"e{number}", rows=[row("dead"), row("waiting")], reply="reply", letter="Oops")
    await storage.commit(full)
    for letter in await claim(storage):
        if letter.body == "dead":
            await storage.bury(letter, "gone", NOW)
    return await storage.kept(_person(number))


async def test_data_under_three_old_keys_is_sealed_with_the_newest(reopen: Reopen) -> None:
    before = [
        await _live(await reopen(OLDEST), 1),
        await _live(await reopen(OLDER, OLDEST), 2),
        await _live(await reopen(OLD, OLDER, OLDEST), 3),
    ]

    resealed = await (await reopen(NEW, OLD, OLDER, OLDEST)).rotate()

    newest = await reopen(NEW)
    kept = [await newest.kept(_person(number)) for number in (1, 2, 3)]
    assert [replace(one, letters=()) for one in kept if one] == [replace(one, letters=()) for one in before if one]
    assert [[letter.body for letter in one.letters] for one in kept if one] == [["waiting"]] * 3
    assert resealed == 1 + 3 * (2 + 1 + 2 + 2 * 1 + 1)


async def test_a_second_rotation_has_nothing_left_to_do(reopen: Reopen) -> None:
    await _live(await reopen(OLD), 1)
    storage = await reopen(NEW, OLD)
    await storage.rotate()

    assert await storage.rotate() == 0


async def test_what_was_buried_can_still_be_sent_after_a_rotation(reopen: Reopen) -> None:
    await _live(await reopen(OLD), 1)
    await (await reopen(NEW, OLD)).rotate()
    newest = await reopen(NEW)
    (dead,) = [letter for letter in await newest.dead_letters(10) if letter.resendable]

    assert await newest.resend(dead, NOW)

    kept = await newest.kept(_person(1))
    assert kept is not None
    assert [letter.body for letter in kept.letters] == ["waiting", "dead"]


async def test_a_rotation_takes_as_many_pages_as_there_are(reopen: Reopen) -> None:
    storage = await reopen(OLD)
    for number in range(250):
        await storage.commit(turn(_person(number), inbound=f"e{number}"))

    await (await reopen(NEW, OLD)).rotate()

    newest = await reopen(NEW)
    assert [(await newest.load(_person(number))).body for number in (0, 120, 249)] == [turn().body] * 3


async def test_turns_go_on_while_keys_rotate(reopen: Reopen) -> None:
    storage = await reopen(OLD)
    for number in range(150):
        await storage.commit(turn(_person(number), inbound=f"e{number}"))
    storage = await reopen(NEW, OLD)

    await asyncio.gather(storage.rotate(), said(storage, *(f"{n}" for n in range(60)), to=_person(149)))

    kept = await (await reopen(NEW)).kept(_person(149))
    assert kept is not None
    assert [letter.body for letter in kept.letters] == [f"{n}" for n in range(60)]


async def test_a_key_that_comes_in_behind_and_goes_in_front_afterwards_opens_in_every_process_at_every_step(
    lasting_url: str,
) -> None:
    """One process after the other is restarted with the next ring; whatever one has sealed opens in the other."""
    steps = [(OLD,), (OLD, NEW), (NEW, OLD)]
    here, there = [await open_storage(lasting_url, KeyRing(steps[0])) for _ in range(2)]
    bodies = []

    for ring in steps[1:]:
        await here.close()
        here = await open_storage(lasting_url, KeyRing(ring))
        bodies += [await _told(here, there), await _told(there, here)]
        await there.close()
        there = await open_storage(lasting_url, KeyRing(ring))
    await here.rotate()
    bodies.append(await _told(there, here))

    assert bodies == ["{}"] * 5
    assert await here.rotate() == 0
    for storage in (here, there):
        await storage.close()
    newest = await open_storage(lasting_url, KeyRing([NEW]))
    assert (await newest.load(SAM)).body == "{}"
    await newest.close()


async def _told(writer: Storage, reader: Storage) -> str | None:
    """What one process reads of what the other wrote."""
    version = (await writer.load(SAM)).version
    assert await writer.commit(turn(version=version, inbound=None, body="{}")) == "committed"
    return (await reader.load(SAM)).body


async def test_a_damaged_value_is_named_with_whose_it_is_and_everything_else_is_sealed(
    reopen: Reopen, lasting_url: str
) -> None:
    storage = await reopen(OLD)
    for number in (1, 2):
        await _live(storage, number)
    await execute(lasting_url, "UPDATE conversations SET body = address WHERE person = 'U1'")

    with pytest.raises(DamagedDataError, match=r"conversations\.body of slack:T1:U1\n"):
        await (await reopen(NEW, OLD)).rotate()

    newest = await reopen(NEW)
    assert await newest.kept(_person(2)) is not None
    await newest.forget(_person(1))
    assert await newest.rotate() == 0


async def test_a_value_whose_key_is_missing_is_named_and_everything_else_is_sealed(reopen: Reopen) -> None:
    await (await reopen(OLD)).commit(turn(_person(1)))
    await (await reopen(NEW, OLD)).rotate()
    await (await reopen(OLDER, NEW)).commit(turn(_person(2), inbound="e2"))

    with pytest.raises(KeyMissingError, match=r"conversations\.body of slack:T1:U2\n"):
        await (await reopen(NEWEST, NEW)).rotate()

    assert (await (await reopen(NEWEST)).load(_person(1))).body == turn().body


async def test_inbound_ids_are_recognised_across_rotations(reopen: Reopen) -> None:
    await (await reopen(OLD)).commit(turn())
    await (await reopen(NEW, OLD)).rotate()

    assert await (await reopen(NEW)).commit(turn()) == "repeated"


async def test_a_lost_key_is_an_error_and_never_an_empty_conversation(reopen: Reopen) -> None:
    storage = await reopen(OLD)
    await storage.commit(turn())
    storage = await reopen(NEW, OLD)
    await storage.commit(turn(PRIYA, inbound="e2"))

    with pytest.raises(KeyMissingError, match=OLD.id.hex()):
        await reopen(NEW)
