"""The outbox: order within a lane, claims and their fencing, what a stop takes back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.runtime.ports import Address, Letter, Storage
from tests.storage.people import (
    DAY,
    HOUR,
    MINUTE,
    NEIGHBOURS,
    NOW,
    PLATFORMS,
    PRIYA,
    SAM,
    claim,
    claimed_bodies,
    row,
    said,
    turn,
)


async def _claimed(storage: Storage) -> Letter:
    (letter,) = await claim(storage)
    return letter


async def test_a_letter_brings_all_that_sending_needs(storage: Storage) -> None:
    await storage.commit(turn(rows=[row("hello", nudge="send_by", lane="urgent")]))

    (letter,) = await claim(storage, seconds=30)

    assert (letter.address, letter.body, letter.nudge, letter.urgent) == (SAM, "hello", "send_by", True)
    assert (letter.tries, letter.due_at, letter.expires_at) == (1, NOW + MINUTE / 2, NOW + DAY)


async def test_only_the_head_of_a_lane_is_claimed(storage: Storage) -> None:
    await said(storage, "first", "second")

    claimed = await claimed_bodies(storage)

    assert claimed == ["first"]
    assert await claimed_bodies(storage) == []


async def test_rows_of_one_turn_keep_their_order(storage: Storage) -> None:
    await storage.commit(turn(rows=[row("first", NOW), row("second", NOW - HOUR)]))

    assert await claimed_bodies(storage) == ["first"]


async def test_what_comes_next_becomes_the_head_when_the_first_is_delivered(storage: Storage) -> None:
    await said(storage, "first", "second")

    assert await storage.delivered(await _claimed(storage), NOW)

    assert await claimed_bodies(storage) == ["second"]


async def test_a_head_that_waits_keeps_the_lane_waiting(storage: Storage) -> None:
    await said(storage, "first", "second")

    assert await storage.retry(await _claimed(storage), NOW + HOUR)

    assert await claimed_bodies(storage, NOW + HOUR - MINUTE) == []
    assert await claimed_bodies(storage, NOW + HOUR) == ["first"]


async def test_an_urgent_message_passes_a_lane_that_waits(storage: Storage) -> None:
    await said(storage, "first", "second")
    await storage.retry(await _claimed(storage), NOW + HOUR)

    await said(storage, "urgent", lane="urgent")

    assert await claimed_bodies(storage) == ["urgent"]


async def test_lanes_of_other_people_go_on(storage: Storage) -> None:
    await said(storage, "to Sam", "also to Sam")
    await said(storage, "to Priya", to=PRIYA)

    assert sorted(await claimed_bodies(storage)) == ["to Priya", "to Sam"]


async def test_the_earliest_due_are_claimed_first(storage: Storage) -> None:
    await said(storage, "later", due_at=NOW - MINUTE)
    await said(storage, "earlier", to=PRIYA, due_at=NOW - HOUR)

    assert await claimed_bodies(storage, most=1) == ["earlier"]
    assert await claimed_bodies(storage, most=1) == ["later"]


async def test_letters_are_claimed_only_for_the_platforms_asked_for(storage: Storage) -> None:
    await said(storage, "hello")

    assert await storage.claim_letters(["teams"], NOW, 30, 10) == []
    assert len(await storage.claim_letters(["slack"], NOW, 30, 10)) == 1


async def test_a_claim_that_lapses_is_claimed_again_with_a_new_token(storage: Storage) -> None:
    await said(storage, "hello")
    first = await _claimed(storage)

    (second,) = await claim(storage, first.due_at)

    assert second.id == first.id
    assert second.attempts > first.attempts
    assert second.tries == 2


async def test_who_only_had_to_wait_has_not_been_tried(storage: Storage) -> None:
    await said(storage, "hello")
    for _ in range(3):
        assert await storage.retry(await _claimed(storage), NOW, tried=False)

    letter = await _claimed(storage)

    assert letter.tries == 1
    assert await storage.still_claimed(letter, NOW)


async def test_a_wait_takes_no_earlier_try_back(storage: Storage) -> None:
    await said(storage, "hello")
    await storage.retry(await _claimed(storage), NOW)
    await storage.retry(await _claimed(storage), NOW, tried=False)

    assert (await _claimed(storage)).tries == 2


async def test_a_claim_that_was_given_back_for_a_wait_stays_lost(storage: Storage) -> None:
    await said(storage, "hello")
    lost = await _claimed(storage)
    (held,) = await claim(storage, lost.due_at)
    await storage.retry(held, lost.due_at + HOUR, tried=False)

    assert await storage.still_claimed(lost, NOW) is False
    assert await storage.delivered(lost, NOW) is False


@pytest.mark.parametrize(("tried", "tries"), [(True, 2), (False, 1)])
async def test_a_nudge_that_was_begun_and_given_back_counts_once_or_not_at_all(
    storage: Storage, tried: bool, tries: int
) -> None:
    await said(storage, "wake up", nudge="send_by")
    begun = await storage.begin(await _claimed(storage), NOW)
    assert begun is not None

    await storage.retry(begun, NOW, tried=tried)

    letter = await _claimed(storage)
    assert (letter.tries, letter.begun) == (tries, False)


async def test_whoever_lost_the_claim_changes_nothing(storage: Storage) -> None:
    await said(storage, "hello")
    lost = await _claimed(storage)
    (held,) = await claim(storage, lost.due_at)

    results = [
        await storage.still_claimed(lost, NOW),
        await storage.delivered(lost, NOW),
        await storage.retry(lost, NOW),
        await storage.bury(lost, "late", NOW),
    ]

    assert results == [False] * 4
    assert await storage.still_claimed(held, held.due_at - MINUTE / 60)
    assert await storage.delivered(held, NOW)


@pytest.mark.parametrize("neighbour", NEIGHBOURS)
async def test_a_claim_counts_for_its_own_person_only(storage: Storage, neighbour: Address) -> None:
    await said(storage, "hello")
    letter = await _claimed(storage)
    other = replace(letter, address=neighbour)

    results = [
        await storage.still_claimed(other, NOW),
        await storage.delivered(other, NOW),
        await storage.retry(other, NOW),
        await storage.bury(other, "wrong", NOW),
    ]

    assert results == [False] * 4
    assert await storage.still_claimed(letter, NOW)


async def test_a_claim_that_lapsed_is_no_claim(storage: Storage) -> None:
    await said(storage, "hello")
    letter = await _claimed(storage)

    assert await storage.still_claimed(letter, letter.due_at) is False


async def test_ids_of_letters_never_come_again(storage: Storage) -> None:
    await said(storage, "first")
    first = await _claimed(storage)
    await storage.delivered(first, NOW)

    await said(storage, "second")

    assert (await _claimed(storage)).id > first.id


async def test_a_stop_deletes_waiting_nudges_in_its_own_turn(storage: Storage) -> None:
    await storage.commit(turn(rows=[row("nudge", nudge="send_by"), row("words")]))
    version = (await storage.load(SAM)).version

    await storage.commit(turn(version=version, inbound="e2", drop_nudges=True, rows=[row("stopped")]))

    kept = await storage.kept(SAM)
    assert kept is not None
    assert [letter.body for letter in kept.letters] == ["words", "stopped"]


async def test_a_stop_takes_the_claim_of_a_nudge_that_is_about_to_be_sent(storage: Storage) -> None:
    await said(storage, "nudge", nudge="send_by")
    nudge = await _claimed(storage)
    version = (await storage.load(SAM)).version

    await storage.commit(turn(version=version, inbound="e2", drop_nudges=True))

    assert await storage.still_claimed(nudge, NOW) is False
    assert await storage.retry(nudge, NOW) is False


async def test_a_stop_that_is_not_committed_deletes_no_nudge(storage: Storage) -> None:
    await said(storage, "nudge", nudge="send_by")

    assert await storage.commit(turn(version=1, inbound="e2", drop_nudges=True)) == "conflict"

    assert await claimed_bodies(storage) == ["nudge"]


async def test_a_retry_beyond_its_expiry_does_not_block_the_lane(storage: Storage) -> None:
    await said(storage, "stale", expires_at=NOW + HOUR)
    await said(storage, "fresh")

    await storage.retry(await _claimed(storage), NOW + 5 * HOUR)

    assert await claimed_bodies(storage, NOW + HOUR) == ["fresh"]


async def test_a_claim_takes_no_more_than_asked_for(storage: Storage) -> None:
    for n, platform in enumerate(PLATFORMS * 2):
        await said(storage, "hello", to=replace(SAM, platform=platform, user=f"U{n}", tenant="T9"))

    assert [len(await claim(storage, most=4)) for _ in range(3)] == [4, 2, 0]


async def test_a_letter_that_was_being_sent_when_its_holder_died_says_so_to_the_next(storage: Storage) -> None:
    await said(storage, "hello")
    held = await _claimed(storage)
    await storage.begin(held, NOW)

    (second,) = await claim(storage, held.due_at)

    assert second.begun


async def test_a_letter_whose_holder_died_before_sending_began_is_as_good_as_new(storage: Storage) -> None:
    await said(storage, "hello")
    held = await _claimed(storage)

    (second,) = await claim(storage, held.due_at)

    assert not second.begun


async def test_a_letter_that_was_begun_and_given_back_is_as_good_as_new(storage: Storage) -> None:
    await said(storage, "hello")
    begun = await storage.begin(await _claimed(storage), NOW)
    assert begun is not None

    await storage.retry(begun, NOW + MINUTE)
    (second,) = await claim(storage, NOW + MINUTE)

    assert not second.begun


async def test_sending_cannot_begin_once_the_claim_is_lost(storage: Storage) -> None:
    await said(storage, "hello")
    held = await _claimed(storage)
    await claim(storage, held.due_at)

    assert await storage.begin(held, NOW) is None


async def test_a_letter_that_is_begun_again_is_still_begun(storage: Storage) -> None:
    await said(storage, "hello")
    begun = await storage.begin(await _claimed(storage), NOW)
    assert begun is not None

    again = await storage.begin(begun, NOW)

    assert again == begun
    assert again.begun
    assert await storage.still_claimed(again, NOW)
