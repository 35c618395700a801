"""Load and commit: one conditional write."""

from __future__ import annotations

import asyncio

from bot.runtime.ports import Address, Storage
from tests.storage.people import HOUR, NOW, PRIYA, SAM, claimed_bodies, row, turn


async def test_a_new_person_loads_as_nothing_at_version_0(storage: Storage) -> None:
    loaded = await storage.load(SAM, "e1")

    assert (loaded.version, loaded.body, loaded.known, loaded.reply, loaded.address) == (0, None, False, None, None)


async def test_what_was_committed_is_loaded(storage: Storage) -> None:
    await storage.commit(turn(body='{"said": "naïve 🙂"}'))

    loaded = await storage.load(SAM)

    assert loaded.body == '{"said": "naïve 🙂"}'
    assert loaded.address == SAM
    assert loaded.version > 0


async def test_the_next_turn_replaces_the_conversation(storage: Storage) -> None:
    await storage.commit(turn())
    first = await storage.load(SAM)

    outcome = await storage.commit(turn(version=first.version, inbound="e2", body='{"turns": 2}'))

    second = await storage.load(SAM)
    assert outcome == "committed"
    assert second.body == '{"turns": 2}'
    assert second.version != first.version


async def test_the_newest_address_is_kept(storage: Storage) -> None:
    await storage.commit(turn())
    first = await storage.load(SAM)
    moved = Address(SAM.platform, SAM.tenant, SAM.user, "D9", {"service": "eu"})

    await storage.commit(turn(moved, first.version, "e2"))

    assert (await storage.load(SAM)).address == moved


async def test_a_stale_version_is_a_conflict_and_changes_nothing(storage: Storage) -> None:
    await storage.commit(turn())
    first = await storage.load(SAM)
    await storage.commit(turn(version=first.version, inbound="e2", body='{"turns": 2}'))

    outcome = await storage.commit(turn(version=first.version, inbound="e3", body='{"turns": 3}', rows=[row()]))

    assert outcome == "conflict"
    assert (await storage.load(SAM, "e3")).known is False
    assert (await storage.load(SAM)).body == '{"turns": 2}'
    assert await claimed_bodies(storage) == []


async def test_a_second_first_turn_is_a_conflict(storage: Storage) -> None:
    await storage.commit(turn())

    assert await storage.commit(turn(inbound="e2")) == "conflict"


async def test_a_repeated_inbound_id_changes_nothing(storage: Storage) -> None:
    await storage.commit(turn())
    first = await storage.load(SAM)

    outcome = await storage.commit(turn(version=first.version, body='{"turns": 2}', rows=[row()], reply="second"))

    assert outcome == "repeated"
    assert await storage.load(SAM) == first
    assert await claimed_bodies(storage) == []


async def test_a_repeated_inbound_id_with_a_stale_version_counts_as_repeated(storage: Storage) -> None:
    await storage.commit(turn())

    assert await storage.commit(turn(version=0)) == "repeated"


async def test_a_repeated_inbound_id_gets_the_reply_of_the_first_time(storage: Storage) -> None:
    await storage.commit(turn(reply='{"errors": {}}'))

    loaded = await storage.load(SAM, "e1")

    assert (loaded.known, loaded.reply) == (True, '{"errors": {}}')


async def test_the_same_inbound_id_from_somebody_else_in_the_tenant_never_shows_the_reply(storage: Storage) -> None:
    await storage.commit(turn(reply="for Sam"))

    loaded = await storage.load(PRIYA, "e1")

    assert (loaded.known, loaded.reply) == (True, None)


async def test_ticks_have_no_inbound_id_and_are_guarded_by_the_version(storage: Storage) -> None:
    await storage.commit(turn())
    version = (await storage.load(SAM)).version

    outcomes = [await storage.commit(turn(version=version, inbound=None)) for _ in range(2)]

    assert outcomes == ["committed", "conflict"]


async def test_of_many_turns_on_one_version_exactly_one_is_committed(storage: Storage) -> None:
    await storage.commit(turn())
    version = (await storage.load(SAM)).version

    outcomes = await asyncio.gather(
        *(storage.commit(turn(version=version, inbound=f"e{n}", rows=[row(f"{n}")])) for n in range(2, 22))
    )

    assert sorted(outcomes) == ["committed"] + ["conflict"] * 19
    assert await claimed_bodies(storage) == [str(outcomes.index("committed") + 2)]


async def test_a_redelivery_that_overlaps_is_one_turn(storage: Storage) -> None:
    outcomes = await asyncio.gather(*(storage.commit(turn(rows=[row()])) for _ in range(8)))

    assert sorted(outcomes) == ["committed"] + ["repeated"] * 7
    assert await claimed_bodies(storage) == ["hello"]


async def test_a_failed_turn_leaves_a_wordless_dead_letter(storage: Storage) -> None:
    await storage.commit(turn(letter="ValueError", now=NOW + HOUR))

    (letter,) = [letter for letter in await storage.dead_letters(10) if letter.address == SAM]

    assert (letter.at, letter.reason, letter.resendable) == (NOW + HOUR, "ValueError", False)


async def test_everything_kept_about_a_person_can_be_seen(storage: Storage) -> None:
    change = turn(rows=[row("one"), row("two", nudge="send_by")], reply="reply", next_due=NOW + HOUR, letter="Oops")
    await storage.commit(change)

    kept = await storage.kept(SAM)

    assert kept is not None
    assert (kept.address, kept.body, kept.next_due, kept.updated_at) == (SAM, change.body, NOW + HOUR, NOW)
    assert [(letter.body, letter.nudge) for letter in kept.letters] == [("one", None), ("two", "send_by")]
    assert kept.replies == ("reply",)
    assert [letter.reason for letter in kept.dead_letters] == ["Oops"]


async def test_nothing_is_kept_about_a_stranger(storage: Storage) -> None:
    assert await storage.kept(SAM) is None
