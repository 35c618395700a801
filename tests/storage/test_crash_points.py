"""Every statement of every change fails once, in every database: before and after, all that is kept agrees."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest

from bot.runtime.installations import Installation
from bot.runtime.ports import Storage, StorageUnavailableError
from bot.runtime.versions import Published
from bot.storage.crypto import Key, KeyRing
from bot.storage.postgres.database import open_database as open_on_server
from bot.storage.postgres.tables import PostgresTables
from bot.storage.rotation import SEALED_COLUMNS
from bot.storage.sealed import SealedStorage
from bot.storage.sqlite.database import open_database as open_file
from bot.storage.sqlite.tables import SqliteTables
from tests.storage.people import MINUTE, NOW, PLATFORMS, PRIYA, SAM, claim, row, turn
from tests.storage.postgres.fuses import Wire, lose
from tests.storage.postgres.server import new_database
from tests.storage.sqlite.fuses import Fuse, fail

MOST_STATEMENTS = 100
OLD, NEW = Key.fresh(), Key.fresh()
INSTALLED = Installation("slack", SAM.tenant, NOW, "xoxb-secret")


class Place(Protocol):
    """Where a fresh database can be opened again and again, on one fuse."""

    fuse: Fuse

    async def open(self, *keys: Key) -> Storage: ...


class SqlitePlace:
    """A file whose disk fails at one statement."""

    def __init__(self, path: Path) -> None:
        self.fuse = Fuse(fail)
        self._path = path

    async def open(self, *keys: Key) -> Storage:
        ring = KeyRing(keys)
        return SealedStorage(SqliteTables(open_file(self._path, ring, self.fuse.connect)), ring)


class PostgresPlace:
    """A database that is away from one statement on: it was not done, or nobody heard that it was."""

    def __init__(self, url: str, answers: bool) -> None:
        self.fuse = Fuse(lose, for_good=True)
        self._url = url
        self._wire = Wire(self.fuse, answers)

    async def open(self, *keys: Key) -> Storage:
        ring = KeyRing(keys)
        return SealedStorage(PostgresTables(await open_on_server(self._url, ring, self._wire.connect)), ring)


Places = Callable[[], Place]


@pytest.fixture(params=["sqlite", "postgres", "postgres, answers lost"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Places:
    """One fresh place for each call."""
    numbers = count()
    if request.param == "sqlite":
        return lambda: SqlitePlace(tmp_path / f"{next(numbers)}.db")
    url = request.getfixturevalue("empty_tables")
    return lambda: PostgresPlace(new_database(url, like=url), answers="lost" in request.param)


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
        if letter.body == "words":
            await storage.delivered(letter, NOW)


async def _forget(storage: Storage) -> None:
    await storage.forget(SAM)


async def _install(storage: Storage) -> None:
    await storage.install(INSTALLED)
    await _first_turn(storage)


async def _install_anew(storage: Storage) -> None:
    await storage.install(replace(INSTALLED, secret="xoxb-newer"))


async def _uninstall(storage: Storage) -> None:
    await storage.uninstall("slack", SAM.tenant, NOW)


async def _nudge_waits(storage: Storage) -> None:
    await storage.commit(turn(rows=[row("nudge", nudge="send_by")]))


async def _nudge(storage: Storage) -> None:
    """Sending may have begun before a failure; then it is not sent again."""
    for letter in await claim(storage, seconds=0):
        if letter.begun:
            await storage.bury(letter, "unsure", NOW)
        elif (begun := await storage.begin(letter, NOW - MINUTE)) is not None:
            await storage.delivered(begun, NOW)


async def _publish(storage: Storage) -> None:
    await storage.publish(Published("v2", "digest", NOW), b"bundle")


async def _bury(storage: Storage) -> None:
    for letter in await claim(storage, seconds=0):
        if letter.body == "words":
            await storage.bury(letter, "gone", NOW)


Step = Callable[[Storage], Awaitable[None]]


@dataclass
class Seen:
    """What is kept, without what differs from one run to the next."""

    known: tuple[bool, bool]
    installed: str | None = None
    published: str | None = None
    body: str | None = None
    letters: list[str] = field(default_factory=list)
    replies: tuple[str, ...] = ()
    dead: list[str] = field(default_factory=list)
    next_due: object = None


async def _look(storage: Storage) -> Seen:
    first, second = await storage.load(SAM, "e1"), await storage.load(SAM, "e2")
    installed, published = await storage.installation("slack", SAM.tenant), await storage.published()
    seen = Seen(
        known=(first.known, second.known),
        installed=installed.secret if installed else None,
        published=published.version if published else None,
    )
    kept = await storage.kept(SAM)
    if kept is not None:
        seen.body, seen.replies, seen.next_due = kept.body, kept.replies, kept.next_due
        seen.letters = [letter.body for letter in kept.letters]
        seen.dead = [letter.reason for letter in kept.dead_letters if letter.reason != "unsure"]
    return seen


STEPS = {
    "first turn": (_nothing, _first_turn),
    "later turn": (_first_turn, _later_turn),
    "forgetting turn": (_first_turn, _forgetting_turn),
    "tick": (_first_turn, _tick),
    "delivery": (_first_turn, _deliver),
    "nudge": (_nudge_waits, _nudge),
    "burial": (_first_turn, _bury),
    "deletion": (_first_turn, _forget),
    "install": (_nothing, _install),
    "install anew": (_install, _install_anew),
    "uninstall": (_install, _uninstall),
    "publication": (_nothing, _publish),
}


@pytest.mark.parametrize("name", STEPS)
async def test_a_step_that_fails_at_any_statement_has_not_happened_and_happens_once_when_repeated(
    places: Places, name: str
) -> None:
    before, step = STEPS[name]
    expected = await _uninterrupted(places(), before, step)

    for at in range(1, MOST_STATEMENTS):
        place = places()
        storage = await place.open(OLD)
        await before(storage)
        place.fuse.arm(at)
        failed = await _fails(step, storage)
        blown = place.fuse.disarm()
        if failed:
            await step(storage)
        assert await _look(storage) == expected, f"after a failure at statement {at}"
        await storage.close()
        if not blown:
            break

    assert at > 1


async def test_a_rotation_that_fails_at_any_statement_loses_nothing_and_ends_when_repeated(places: Places) -> None:
    expected = await _uninterrupted(places(), _nothing, _install)

    for at in range(1, MOST_STATEMENTS):
        place = places()
        storage = await place.open(OLD)
        await _install(storage)
        await storage.close()
        storage = await place.open(NEW, OLD)
        place.fuse.arm(at)
        failed = await _fails(_rotate, storage)
        blown = place.fuse.disarm()
        assert await _look(storage) == expected, f"after a failure at statement {at}"
        if failed:
            await storage.rotate()
        await storage.close()
        storage = await place.open(NEW)
        assert await _look(storage) == expected, f"with the new key alone, after a failure at statement {at}"
        await storage.close()
        if not blown:
            break

    assert at > len(SEALED_COLUMNS)


async def _rotate(storage: Storage) -> None:
    await storage.rotate()


async def _uninterrupted(place: Place, before: Step, step: Step) -> Seen:
    storage = await place.open(OLD)
    await before(storage)
    await step(storage)
    seen = await _look(storage)
    await storage.close()
    return seen


async def _fails(step: Step, storage: Storage) -> bool:
    try:
        await step(storage)
    except StorageUnavailableError:
        return True
    return False


async def test_a_failure_in_one_persons_turn_leaves_the_others_alone(places: Places) -> None:
    place = places()
    storage = await place.open(OLD)
    await storage.commit(turn(PRIYA, inbound="p1"))
    before = await storage.kept(PRIYA)
    place.fuse.arm(1)

    assert await _fails(_first_turn, storage)

    place.fuse.disarm()
    assert await storage.kept(PRIYA) == before
    await storage.close()
