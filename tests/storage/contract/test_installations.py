"""Where the coach is installed, and the end of all that is kept of a tenant."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.runtime.installations import Installation
from bot.runtime.ports import Storage
from tests.storage.people import DAY, HOUR, NOW, PLATFORMS, SAM, claim, row, said, turn

HERE = Installation("slack", "T1", NOW, '{"token": "xoxb-secret"}')


async def test_an_installation_is_found_by_its_platform_and_tenant_alone(storage: Storage) -> None:
    await storage.install(HERE)

    assert await storage.installation("slack", "T1") == HERE
    assert await storage.installation("slack", "T2") is None
    assert await storage.installation("teams", "T1") is None


async def test_installing_again_replaces_what_was_kept(storage: Storage) -> None:
    await storage.install(HERE)

    await storage.install(replace(HERE, at=NOW + DAY, secret="new"))

    assert await storage.installation("slack", "T1") == replace(HERE, at=NOW + DAY, secret="new")


async def test_what_an_installation_keeps_secret_is_not_shown_by_accident(storage: Storage) -> None:
    await storage.install(HERE)

    assert "xoxb" not in repr(await storage.installation("slack", "T1"))


async def test_installations_open_after_the_keys_were_rotated(storage: Storage) -> None:
    await storage.install(HERE)

    await storage.rotate()

    assert await storage.installation("slack", "T1") == HERE


async def test_uninstalling_deletes_all_that_is_kept_of_the_tenant(storage: Storage) -> None:
    await storage.install(HERE)
    full = turn(rows=[row("words"), row("nudge", nudge="send_by")], reply="reply", letter="Oops", next_due=NOW)
    await storage.commit(full)

    assert await storage.uninstall("slack", "T1", NOW + HOUR) is True

    assert await storage.installation("slack", "T1") is None
    assert await storage.kept(SAM) is None
    assert await claim(storage) == []
    assert await storage.claim_due(PLATFORMS, NOW, 60, 10) == []
    assert (await storage.load(SAM, "e1")).reply is None


async def test_uninstalling_twice_is_harmless(storage: Storage) -> None:
    await storage.install(HERE)

    outcomes = [await storage.uninstall("slack", "T1", NOW + HOUR) for _ in range(2)]

    assert outcomes == [True, True]


async def test_a_tenant_without_an_installation_of_its_own_is_emptied_too(storage: Storage) -> None:
    await said(storage, "hello")

    assert await storage.uninstall("slack", "T1", NOW) is True

    assert await storage.kept(SAM) is None


async def test_old_news_of_an_uninstallation_does_not_undo_a_newer_installation(storage: Storage) -> None:
    await storage.install(replace(HERE, at=NOW + HOUR))
    await said(storage, "hello")

    assert await storage.uninstall("slack", "T1", NOW) is False

    assert await storage.installation("slack", "T1") is not None
    assert await storage.kept(SAM) is not None


async def test_a_late_redelivery_does_not_bring_a_person_of_a_tenant_that_left_back(storage: Storage) -> None:
    await storage.commit(turn())
    await storage.uninstall("slack", "T1", NOW)

    assert await storage.commit(turn()) == "repeated"


async def test_what_may_be_used_once_is_used_once_however_many_try(storage: Storage) -> None:
    uses = await asyncio.gather(*(storage.first_use("slack", "state", NOW) for _ in range(20)))

    assert sorted(uses) == [False] * 19 + [True]
    assert await storage.first_use("slack", "another", NOW) is True
    assert await storage.first_use("teams", "state", NOW) is True
