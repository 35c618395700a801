"""Claims of conversations that are due, or were planned with something old."""

from __future__ import annotations

from bot.runtime.ports import Address, Due, Storage
from tests.storage.people import HOUR, MINUTE, NOW, PLATFORMS, PRIYA, SAM, turn


async def test_a_conversation_is_claimed_when_its_timer_is_due_and_not_before(storage: Storage) -> None:
    await storage.commit(turn(next_due=NOW + HOUR))

    early = await storage.claim_due(PLATFORMS, NOW + HOUR - MINUTE, 30, 10)
    due = await storage.claim_due(PLATFORMS, NOW + HOUR, 30, 10)

    assert early == []
    assert due == [Due(SAM, NOW + HOUR)]


async def test_a_conversation_without_timers_is_never_due(storage: Storage) -> None:
    await storage.commit(turn(next_due=None))

    assert await storage.claim_due(PLATFORMS, NOW + 100 * HOUR, 30, 10) == []


async def test_a_claimed_conversation_is_claimed_again_only_when_the_claim_has_lapsed(storage: Storage) -> None:
    await storage.commit(turn(next_due=NOW))
    await storage.claim_due(PLATFORMS, NOW, 60, 10)

    meanwhile = await storage.claim_due(PLATFORMS, NOW + MINUTE / 2, 60, 10)
    afterwards = await storage.claim_due(PLATFORMS, NOW + MINUTE, 60, 10)

    assert meanwhile == []
    assert afterwards == [Due(SAM, NOW)]


async def test_a_claim_leaves_the_version_alone(storage: Storage) -> None:
    await storage.commit(turn(next_due=NOW))
    before = await storage.load(SAM)

    await storage.claim_due(PLATFORMS, NOW, 60, 10)

    assert await storage.load(SAM) == before


async def test_a_commit_ends_the_claim(storage: Storage) -> None:
    await storage.commit(turn(next_due=NOW))
    await storage.claim_due(PLATFORMS, NOW, 600, 10)
    version = (await storage.load(SAM)).version

    await storage.commit(turn(version=version, inbound=None, next_due=NOW + MINUTE))

    assert await storage.claim_due(PLATFORMS, NOW + MINUTE, 60, 10) == [Due(SAM, NOW + MINUTE)]


async def test_a_conversation_that_is_put_off_is_left_alone_until_then_and_nobody_else_is(storage: Storage) -> None:
    await storage.commit(turn(next_due=NOW))
    await storage.commit(turn(PRIYA, inbound="e2", next_due=NOW))

    await storage.put_off(SAM, NOW + HOUR)

    assert await storage.claim_due(PLATFORMS, NOW + MINUTE, 60, 10) == [Due(PRIYA, NOW)]
    assert Due(SAM, NOW) in await storage.claim_due(PLATFORMS, NOW + HOUR, 60, 10)


async def test_only_the_platforms_asked_for_are_claimed(storage: Storage) -> None:
    await storage.commit(turn(next_due=NOW))

    others = await storage.claim_due(["teams", "terminal"], NOW, 60, 10)
    none = await storage.claim_due([], NOW, 60, 10)
    ours = await storage.claim_due(["slack"], NOW, 60, 10)

    assert (others, none) == ([], [])
    assert ours == [Due(SAM, NOW)]


async def test_the_earliest_are_claimed_first_across_platforms(storage: Storage) -> None:
    people = [Address(platform, "T1", f"U{n}") for n, platform in enumerate(["teams", "slack", "terminal", "slack"])]
    for late, person in enumerate(people):
        await storage.commit(turn(person, inbound=f"e{late}", next_due=NOW - late * MINUTE))

    first = await storage.claim_due(PLATFORMS, NOW, 60, 2)
    rest = await storage.claim_due(PLATFORMS, NOW, 60, 10)

    assert [due.address for due in first] == [people[3], people[2]]
    assert [due.address for due in rest] == [people[1], people[0]]


async def test_conversations_planned_with_something_old_are_claimed_for_planning(storage: Storage) -> None:
    await storage.commit(turn(planned_with="old"))
    await storage.commit(turn(PRIYA, inbound="e2", planned_with="new"))

    claimed = await storage.claim_unplanned(PLATFORMS, "new", NOW, 60, 10)
    again = await storage.claim_unplanned(PLATFORMS, "new", NOW, 60, 10)

    assert claimed == [Due(SAM, NOW)]
    assert again == []


async def test_no_more_are_claimed_for_planning_than_asked_for(storage: Storage) -> None:
    for n in range(5):
        await storage.commit(turn(Address("slack", "T1", f"U{n}"), inbound=f"e{n}", planned_with="old"))

    claimed = [len(await storage.claim_unplanned(PLATFORMS, "new", NOW, 60, 3)) for _ in range(3)]

    assert claimed == [3, 2, 0]
