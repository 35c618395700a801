"""What was not delivered: buried without blocking its lane, listed, and sent again when it is still worth it."""

from __future__ import annotations

from dataclasses import replace

from bot.runtime.ports import Address, DeadLetter, Letter, Storage
from tests.storage.people import (
    DAY,
    HOUR,
    MINUTE,
    NEIGHBOURS,
    NOW,
    SAM,
    claim,
    claimed_bodies,
    said,
    turn,
)


async def _sams_dead_letters(storage: Storage) -> list[DeadLetter]:
    return [letter for letter in await storage.dead_letters(100) if letter.address == SAM]


async def _claimed(storage: Storage) -> Letter:
    (letter,) = await claim(storage)
    return letter


async def test_an_expired_message_is_buried_and_the_next_one_sent(storage: Storage) -> None:
    await said(storage, "stale", expires_at=NOW + HOUR)
    await said(storage, "fresh", expires_at=NOW + DAY)

    claimed = await claimed_bodies(storage, NOW + HOUR)

    assert claimed == ["fresh"]
    (dead,) = await _sams_dead_letters(storage)
    assert (dead.reason, dead.at, dead.resendable) == ("expired", NOW + HOUR, False)


async def test_after_a_long_outage_what_is_alive_is_still_claimed(storage: Storage) -> None:
    await said(storage, *(f"stale {n}" for n in range(5)), expires_at=NOW + HOUR)
    await said(storage, "fresh")

    assert await claimed_bodies(storage, NOW + HOUR) == ["fresh"]
    assert len(await _sams_dead_letters(storage)) == 5


async def test_a_buried_message_lets_the_lane_go_on(storage: Storage) -> None:
    await said(storage, "first", "second")

    assert await storage.bury(await _claimed(storage), "channel_not_found", NOW)

    assert await claimed_bodies(storage) == ["second"]
    (dead,) = await _sams_dead_letters(storage)
    assert (dead.reason, dead.resendable) == ("channel_not_found", True)


async def test_a_buried_message_is_sent_again_behind_what_waits(storage: Storage) -> None:
    await said(storage, "first", "second")
    await storage.bury(await _claimed(storage), "channel_not_found", NOW)
    (dead,) = await _sams_dead_letters(storage)

    assert await storage.resend(dead, NOW + MINUTE)

    second = await _claimed(storage)
    await storage.delivered(second, NOW)
    assert second.body == "second"
    assert await claimed_bodies(storage, NOW + MINUTE) == ["first"]
    assert await _sams_dead_letters(storage) == []


async def test_a_buried_message_is_sent_again_once(storage: Storage) -> None:
    await said(storage, "hello")
    await storage.bury(await _claimed(storage), "channel_not_found", NOW)
    (dead,) = await _sams_dead_letters(storage)

    assert [await storage.resend(dead, NOW), await storage.resend(dead, NOW)] == [True, False]


async def test_a_buried_message_of_somebody_else_is_not_sent_again(storage: Storage) -> None:
    await said(storage, "hello")
    await storage.bury(await _claimed(storage), "channel_not_found", NOW)
    (dead,) = await _sams_dead_letters(storage)

    assert await storage.resend(replace(dead, address=NEIGHBOURS[0]), NOW) is False
    assert await _sams_dead_letters(storage) == [dead]


async def test_a_buried_message_is_not_sent_after_it_has_expired(storage: Storage) -> None:
    await said(storage, "hello", expires_at=NOW + HOUR)
    await storage.bury(await _claimed(storage), "channel_not_found", NOW)
    (dead,) = await _sams_dead_letters(storage)

    assert await storage.resend(dead, NOW + HOUR) is False


async def test_a_buried_nudge_is_never_sent_again(storage: Storage) -> None:
    await said(storage, "nudge", nudge="send_by")
    await storage.bury(await _claimed(storage), "ambiguous", NOW)
    (dead,) = await _sams_dead_letters(storage)

    assert dead.resendable is False
    assert await storage.resend(dead, NOW) is False


async def test_a_request_that_could_not_be_used_is_kept_under_whom_it_was_from(storage: Storage) -> None:
    nobody = Address("slack", "", "")

    await storage.keep_dead(SAM, "unusable_message", NOW)
    await storage.keep_dead(nobody, "unusable_json", NOW + MINUTE)

    unknown, known = await storage.dead_letters(2)
    assert (unknown.address, unknown.reason, unknown.at) == (nobody, "unusable_json", NOW + MINUTE)
    assert (known.address, known.reason, known.resendable) == (SAM, "unusable_message", False)


async def test_the_newest_dead_letters_come_first(storage: Storage) -> None:
    for n in range(3):
        await storage.commit(turn(replace(SAM, user=f"U{n}"), inbound=f"e{n}", letter=f"Error{n}"))

    assert [letter.reason for letter in await storage.dead_letters(2)] == ["Error2", "Error1"]
