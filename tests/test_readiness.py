"""Readiness: the first to write causes no work that later ones do not, in whichever way the coach came to run."""

from __future__ import annotations

import gc
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from bot.bootstrap import Service, build_reloading, build_service, check_all, find_folders, load, ready_coach
from bot.coach.phrase_machine import Machine
from bot.coach.setting import Setting
from bot.compiler.library import Compiled
from bot.rehearsal.play import play
from bot.runtime.clock import RealClock
from bot.runtime.coach import Coach
from bot.runtime.ports import Storage
from bot.storage.crypto import Key, KeyRing
from bot.storage.opening import open_storage
from tests import shipped
from tests.platforms.stage import scripts

SOME = 8
"""Of so many conversation tests one is played; between them they come by every part of the coach."""

_heard: list[list[str]] = []


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    for heard in _heard:
        if event in ("open", "import"):
            heard.append(f"{event} {arguments[0]}")


sys.addaudithook(_hear)  # there is no way to take one back


@contextmanager
def opened() -> Iterator[list[str]]:
    """The files that are opened and the modules that are imported within the block."""
    heard: list[str] = []
    _heard.append(heard)
    try:
        yield heard
    finally:
        _heard.remove(heard)


@pytest_asyncio.fixture
async def storage() -> AsyncIterator[Storage]:
    made = await open_storage("sqlite://", KeyRing([Key.fresh()]))
    yield made
    await made.close()


def machines() -> int:
    """How many machines there are that look for phrases: what the reader makes of its rules before it can read."""
    gc.collect()
    return sum(isinstance(one, Machine) for one in gc.get_objects())


def reworded(folder: Path) -> Compiled:
    """The shipped coach for another contact, which is another edition."""
    (folder / "operator.yaml").write_text("human_contact: the careers desk, room 5\n", encoding="utf-8")
    return load(find_folders(content=[str(folder)]), check_all)


async def started(compiled: Compiled, storage: Storage) -> Coach:
    return ready_coach(compiled)


async def loaded_again(compiled: Compiled, storage: Storage) -> Coach:
    service = service_on(storage)
    assert await build_reloading(service, shipped.compiled(), lambda: compiled).reload()
    return service.bot.shelf.coach


async def taken_over(compiled: Compiled, storage: Storage) -> Coach:
    """From another process, which has published it."""
    here, there = service_on(storage), service_on(storage)
    following = build_reloading(here, shipped.compiled(), shipped.compiled)
    await following.begin()
    await build_reloading(there, shipped.compiled(), lambda: compiled).reload()
    assert await following.follow()
    return here.bot.shelf.coach


def service_on(storage: Storage) -> Service:
    return build_service(shipped.coach(), storage, {}, RealClock())


def test_what_was_made_to_check_it_is_what_the_coach_knows(tmp_path: Path) -> None:
    compiled = reworded(tmp_path)
    made = machines()

    coach = ready_coach(compiled)

    assert coach.read("acme said no", Setting(datetime(2026, 3, 4, tzinfo=UTC))).slots["company"] == "Acme"
    assert machines() == made


@pytest.mark.parametrize("comes", [started, loaded_again, taken_over])
async def test_whoever_writes_first_finds_everything_made(
    comes: Callable[[Compiled, Storage], Awaitable[Coach]], storage: Storage, tmp_path: Path
) -> None:
    coach, talks = await comes(reworded(tmp_path), storage), list(scripts().values())[::SOME]
    made = machines()

    with opened() as files:
        for talk in talks:
            play(talk, coach)

    assert machines() == made
    assert [one for one in files if not _is_zone(one)] == []


def _is_zone(opened: str) -> bool:
    """The first of a zone has its rules read; it takes a tenth of a millisecond."""
    return "zoneinfo" in opened
