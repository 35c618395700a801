"""Every statement of every change fails once: before and after, conversation, inbox and outbox agree."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from bot.runtime.ports import Kept, Loaded, Storage, StorageUnavailableError
from bot.storage.crypto import Key, KeyRing
from bot.storage.sealed import SealedStorage
from bot.storage.sqlite.database import open_database
from bot.storage.sqlite.tables import SqliteTables
from tests.storage.people import NOW, PLATFORMS, PRIYA, SAM, claim, row, turn
from tests.storage.sqlite.fuses import Fuse, fail

MOST_STATEMENTS = 100


async def _nothing(storage: Storage) -> None:
    """Begin with an empty database."""


async def _first_turn(storage: Storage) -> None:
    first = turn(rows=[row("words"), row("nudge", nudge="send_by")], reply="reply", letter="Oops", next_due=NOW)
    await storage.commit(first)


async def _later_turn(storage: Storage) -> None:
    loaded = await storage.load(SAM, "e2")
    change = turn(version=loaded.version, inbound="e2", body='{"turns": 2}', rows=[row("stopped")], reply="reply 2")
    if not loaded.known:
        await storage.commit(replace(change, drop_nudges=True, letter="Oops"))


async def _forgetting_turn(storage: Storage) -> None:
    loaded = await storage.load(SAM, "e2")
    if not loaded.known:
        await storage.commit(turn(version=loaded.version, inbound="e2", body=None, rows=[row("All is deleted.")]))


async def _tick(storage: Storage) -> None:
    for due in await storage.claim_due(PLATFORMS, NOW, 0, 10):
        version = (await storage.load(due.address)).version
        await storage.commit(turn(due.address, version, None, rows=[row("nudge", nudge="send_by")]))


async def _deliver(storage: Storage) -> None:
    for letter in await claim(storage, seconds=0):
        await storage.delivered(letter, NOW)


async def _bury(storage: Storage) -> None:
    for letter in await claim(storage, seconds=0, most=1):
        await storage.bury(letter, "gone", NOW)


Step = Callable[[Storage], Awaitable[None]]


@dataclass
class Seen:
    """What is kept, without what differs from one run to the next."""

    body: str | None
    known: tuple[bool, bool]
    letters: list[str] = field(default_factory=list)
    replies: tuple[str, ...] = ()
    dead: list[str] = field(default_factory=list)
    next_due: object = None


async def _look(storage: Storage) -> Seen:
    first, second = await storage.load(SAM, "e1"), await storage.load(SAM, "e2")
    kept = await storage.kept(SAM)
    return _seen(first, second, kept)


def _seen(first: Loaded, second: Loaded, kept: Kept | None) -> Seen:
    if kept is None:
        return Seen(None, (first.known, second.known))
    return Seen(
        kept.body,
        (first.known, second.known),
        [letter.body for letter in kept.letters],
        kept.replies,
        [letter.reason for letter in kept.dead_letters],
        kept.next_due,
    )


@pytest.mark.parametrize(
    ("before", "step"),
    [
        (_nothing, _first_turn),
        (_first_turn, _later_turn),
        (_first_turn, _forgetting_turn),
        (_first_turn, _tick),
        (_first_turn, _deliver),
        (_first_turn, _bury),
    ],
    ids=["first turn", "later turn", "forgetting", "tick", "delivery", "burial"],
)
async def test_a_step_that_fails_at_any_statement_has_not_happened_and_happens_once_when_repeated(
    tmp_path: Path, before: Step, step: Step
) -> None:
    expected = await _uninterrupted(tmp_path / "expected.db", before, step)

    for at in range(1, MOST_STATEMENTS):
        fuse, storage = _open(tmp_path / f"{at}.db")
        await before(storage)
        fuse.arm(at)
        failed = await _fails(step, storage)
        blown = fuse.disarm()
        if failed:
            await step(storage)
        assert await _look(storage) == expected, f"after a failure at statement {at}"
        await storage.close()
        if not blown:
            break

    assert at > 6


async def _uninterrupted(path: Path, before: Step, step: Step) -> Seen:
    _, storage = _open(path)
    await before(storage)
    await step(storage)
    seen = await _look(storage)
    await storage.close()
    return seen


def _open(path: Path) -> tuple[Fuse, SealedStorage]:
    fuse, keys = Fuse(fail), KeyRing([Key.fresh()])
    return fuse, SealedStorage(SqliteTables(open_database(path, keys, fuse.connect)), keys)


async def _fails(step: Step, storage: Storage) -> bool:
    try:
        await step(storage)
    except StorageUnavailableError:
        return True
    return False


async def test_a_failure_in_one_persons_turn_leaves_the_others_alone(tmp_path: Path) -> None:
    fuse, storage = _open(tmp_path / "x.db")
    await storage.commit(turn(PRIYA, inbound="p1"))
    before = await storage.kept(PRIYA)
    fuse.arm(4)

    assert await _fails(_first_turn, storage)

    assert await storage.kept(PRIYA) == before
    await storage.close()
