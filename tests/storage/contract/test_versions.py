"""Library versions are kept while a conversation needs them, and every process can ask which one to run."""

from __future__ import annotations

from dataclasses import replace

from bot.runtime.ports import Storage
from bot.runtime.versions import Published, Refusal
from tests.storage.people import DAY, NOW, PRIYA, SAM, turn

NEW = Published("new", "digest of new", NOW)
REFUSED = Refusal(NOW, ("dialogs/draft.yaml:3:1: there is no state `offer`.", "content/en/draft.yaml: a fault."))


async def test_a_version_comes_back_as_it_was_kept(storage: Storage) -> None:
    await storage.keep_version("v1", b"\x00one", NOW)

    assert await storage.version("v1") == b"\x00one"
    assert await storage.version("v2") is None


async def test_keeping_a_version_again_changes_nothing_of_it(storage: Storage) -> None:
    await storage.keep_version("v1", b"one", NOW)

    await storage.keep_version("v1", b"other", NOW)

    assert await storage.version("v1") == b"one"


async def test_publishing_brings_newer_words_into_a_version_that_is_kept(storage: Storage) -> None:
    await storage.keep_version("new", b"older words", NOW)

    await storage.publish(NEW, b"newer words")

    assert await storage.version("new") == b"newer words"
    assert await storage.published() == NEW


async def test_nothing_is_published_at_first(storage: Storage) -> None:
    assert await storage.published() is None


async def test_what_is_published_last_counts(storage: Storage) -> None:
    await storage.publish(NEW, b"new")
    later = Published("newer", "digest of newer", NOW + DAY)

    await storage.publish(later, b"newer")

    assert await storage.published() == later


async def test_conversations_use_what_they_were_planned_with_and_what_they_finish_on(storage: Storage) -> None:
    await storage.commit(turn(planned_with="v2", finishes_on="v1"))
    await storage.commit(turn(PRIYA, inbound="e2", planned_with="v3"))
    await storage.commit(turn(replace(PRIYA, user="U3"), inbound="e3", planned_with="v3", finishes_on="v0"))

    used = await storage.versions_in_use()

    assert used == {"v0", "v1", "v2", "v3", "new"}, "`new` is the neighbours'"


async def test_a_conversation_that_was_finished_uses_its_old_version_no_longer(storage: Storage) -> None:
    await storage.commit(turn(planned_with="new", finishes_on="v1"))
    version = (await storage.load(SAM)).version

    await storage.commit(turn(version=version, inbound="e2", planned_with="new"))

    assert await storage.versions_in_use() == {"new"}


async def test_unused_versions_are_dropped_and_all_others_stay(storage: Storage) -> None:
    names = ("unused", "finishing", "planned", "published", "running")
    for version in names:
        await storage.keep_version(version, b"", NOW)
    await storage.commit(turn(planned_with="planned", finishes_on="finishing"))
    await storage.publish(Published("published", "digest", NOW), b"")
    await storage.keep_version("running", b"", NOW + DAY)

    dropped = await storage.drop_unused(NOW)

    assert dropped == 1
    kept = [
        name for name in ("unused", "finishing", "planned", "published", "running") if await _is_kept(storage, name)
    ]
    assert kept == ["finishing", "planned", "published", "running"]


async def test_a_refused_reload_says_why_until_one_succeeds(storage: Storage) -> None:
    assert await storage.refusal() is None

    await storage.refuse(REFUSED)
    assert await storage.refusal() == REFUSED

    await storage.publish(NEW, b"new")
    assert await storage.refusal() is None


async def test_all_conversations_are_read_page_by_page(storage: Storage) -> None:
    await storage.commit(turn(SAM, body='{"sam": 1}'))
    await storage.commit(turn(PRIYA, body='{"priya": 1}', inbound="e2"))

    found, after = [], 0
    while page := await storage.conversations(after, 2):
        found += [body for _, body in page]
        after = page[-1][0]

    assert len(found) == 4, "two neighbours beside them"
    assert found[2:] == ['{"sam": 1}', '{"priya": 1}']


async def _is_kept(storage: Storage, version: str) -> bool:
    return await storage.version(version) is not None
