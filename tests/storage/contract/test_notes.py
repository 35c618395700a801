"""What is left for every process, and what is counted for the operator."""

from __future__ import annotations

from bot.runtime.ports import Storage
from tests.storage.people import HOUR, MINUTE, NOW, PLATFORMS, PRIYA, SAM, claim, claimed_bodies, row, said, turn


async def test_a_note_is_read_as_it_was_left(storage: Storage) -> None:
    await storage.keep_note("paused", "since noon — über")

    assert await storage.note("paused") == "since noon — über"
    assert await storage.note("another") is None


async def test_a_note_takes_the_place_of_an_earlier_one_and_can_be_taken_away(storage: Storage) -> None:
    await storage.keep_note("paused", "first")
    await storage.keep_note("paused", "second")

    again = await storage.note("paused")
    await storage.keep_note("paused", None)
    await storage.keep_note("paused", None)

    assert again == "second"
    assert await storage.note("paused") is None


async def test_only_urgent_lanes_are_claimed_where_that_is_asked_for(storage: Storage) -> None:
    await storage.commit(turn(rows=[row("plain"), row("now", lane="urgent")]))

    urgent = await storage.claim_letters(PLATFORMS, NOW, 30, 10, urgent_only=True)

    assert [letter.body for letter in urgent] == ["now"]
    assert await claimed_bodies(storage) == ["plain"]


async def test_the_backlog_counts_what_waits_and_tells_since_when_the_oldest_is_due(storage: Storage) -> None:
    empty = await storage.backlog(NOW)
    await said(storage, "later", due_at=NOW + HOUR)
    await said(storage, "first", due_at=NOW)
    await said(storage, "second", due_at=NOW + MINUTE, to=PRIYA)

    backlog = await storage.backlog(NOW + MINUTE)

    assert empty.due_since is None
    assert backlog.waiting - empty.waiting == 3
    assert backlog.due_since == NOW


async def test_the_backlog_counts_dead_letters(storage: Storage) -> None:
    before = (await storage.backlog(NOW)).dead
    await said(storage, "lost", to=SAM)
    (letter,) = await claim(storage)

    await storage.bury(letter, "gone", NOW)

    assert (await storage.backlog(NOW)).dead - before == 1
