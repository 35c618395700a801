"""Forgetting a person, and tidying away what has had its time."""

from __future__ import annotations

from dataclasses import replace

from bot.runtime.ports import Storage
from tests.storage.people import DAY, HOUR, MINUTE, NOW, PLATFORMS, PRIYA, SAM, claim, claimed_bodies, row, said, turn


async def _live(storage: Storage) -> int:
    """Give Sam one of everything, and return the version."""
    full = turn(rows=[row("words"), row("nudge", nudge="send_by")], reply="reply", letter="Oops", next_due=NOW)
    await storage.commit(full)
    return (await storage.load(SAM)).version


async def test_a_turn_may_forget_the_person(storage: Storage) -> None:
    version = await _live(storage)

    outcome = await storage.commit(turn(version=version, inbound="e2", body=None))

    assert outcome == "committed"
    assert await storage.kept(SAM) is None
    assert (await storage.load(SAM, "e1")).reply is None
    assert await claim(storage) == []
    assert await storage.claim_due(PLATFORMS, NOW, 60, 10) == []
    assert [letter for letter in await storage.dead_letters(10) if letter.address == SAM] == []


async def test_the_last_word_of_a_turn_that_forgets_is_still_sent(storage: Storage) -> None:
    version = await _live(storage)

    await storage.commit(turn(version=version, inbound="e2", body=None, rows=[row("All is deleted.")]))

    assert await claimed_bodies(storage) == ["All is deleted."]


async def test_a_late_redelivery_does_not_bring_a_forgotten_person_back(storage: Storage) -> None:
    version = await _live(storage)
    await storage.commit(turn(version=version, inbound="e2", body=None))

    late = [await storage.commit(turn(inbound="e1")), await storage.commit(turn(inbound="e2"))]

    assert late == ["repeated", "repeated"]
    assert await storage.kept(SAM) is None


async def test_a_stale_turn_that_forgets_forgets_nothing(storage: Storage) -> None:
    version = await _live(storage)
    await storage.commit(turn(version=version, inbound="e2"))

    assert await storage.commit(turn(version=version, inbound="e3", body=None)) == "conflict"
    assert await storage.kept(SAM) is not None


async def test_a_repeated_turn_that_forgets_forgets_nothing(storage: Storage) -> None:
    version = await _live(storage)

    assert await storage.commit(turn(version=version, inbound="e1", body=None)) == "repeated"
    assert await storage.kept(SAM) is not None


async def test_a_stranger_can_be_forgotten_once(storage: Storage) -> None:
    outcomes = [await storage.commit(turn(body=None)) for _ in range(2)]

    assert outcomes == ["committed", "repeated"]


async def test_somebody_who_is_known_is_not_forgotten_as_a_stranger(storage: Storage) -> None:
    await _live(storage)

    assert await storage.commit(turn(inbound="e2", body=None, version=0)) == "conflict"


async def test_a_turn_begun_before_a_person_was_forgotten_does_not_fit_their_new_conversation(storage: Storage) -> None:
    before = await _live(storage)
    await storage.forget(SAM)
    await storage.commit(turn(inbound="e3", body="{}"))

    assert await storage.commit(turn(version=before, inbound="e2", body='{"old": 1}')) == "conflict"


async def test_an_operator_forgets_a_person(storage: Storage) -> None:
    await _live(storage)

    assert [await storage.forget(SAM), await storage.forget(SAM)] == [True, False]
    assert await storage.kept(SAM) is None
    assert await storage.commit(turn(inbound="e1")) == "repeated"


async def test_forgetting_one_person_leaves_the_rest_of_the_tenant(storage: Storage) -> None:
    await _live(storage)
    await storage.commit(turn(PRIYA, inbound="e2", rows=[row("to Priya")], reply="theirs"))
    before = await storage.kept(PRIYA)

    await storage.forget(SAM)

    assert await storage.kept(PRIYA) == before


async def test_a_reply_is_kept_for_fifteen_minutes(storage: Storage) -> None:
    await _live(storage)

    await storage.tidy(NOW + 14 * MINUTE)
    before = await storage.load(SAM, "e1")
    await storage.tidy(NOW + 15 * MINUTE)
    after = await storage.load(SAM, "e1")

    assert (before.known, before.reply) == (True, "reply")
    assert (after.known, after.reply) == (True, None)


async def test_an_inbound_id_is_known_for_seven_days(storage: Storage) -> None:
    await _live(storage)

    await storage.tidy(NOW + 7 * DAY - MINUTE)
    before = await storage.load(SAM, "e1")
    await storage.tidy(NOW + 7 * DAY)
    after = await storage.load(SAM, "e1")

    assert (before.known, after.known) == (True, False)


async def test_the_words_of_a_dead_letter_go_when_it_expires_and_the_rest_after_thirty_days(storage: Storage) -> None:
    await said(storage, "hello", expires_at=NOW + HOUR)
    (letter,) = await claim(storage)
    await storage.bury(letter, "channel_not_found", NOW)

    await storage.tidy(NOW + HOUR)
    (wordless,) = [letter for letter in await storage.dead_letters(10) if letter.address == SAM]
    await storage.tidy(NOW + 30 * DAY)
    rest = [letter for letter in await storage.dead_letters(10) if letter.address == SAM]

    assert wordless.resendable is False
    assert rest == []


async def test_tidying_counts_what_it_deleted(storage: Storage) -> None:
    for n in range(3):
        await storage.commit(turn(replace(SAM, user=f"U{n}"), inbound=f"e{n}", reply="reply"))

    assert [await storage.tidy(NOW + HOUR), await storage.tidy(NOW + HOUR)] == [3, 0]
