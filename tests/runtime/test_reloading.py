"""A reload takes what is sound, refuses what is not, and reaches every process that shares the database."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest

from bot.runtime.clock import SimulatedClock
from bot.runtime.ports import Storage
from bot.runtime.reloading import DROP_AFTER, Edition, RefusedError, Reloading, Workshop
from bot.runtime.shelf import Shelf, UnusableVersionError
from tests.fakes import FaultyStorage, small_coach

FAULT = "dialogs/welcome.yaml:3:1: there is no state `offer`."


def edition(name: str) -> Edition:
    """An edition of a coach whose version has the name; `new+` is the version `new` in other words."""
    coach = small_coach()
    return Edition(
        replace(coach, library=replace(coach.library, version=name.rstrip("+"))), name.encode(), f"digest {name}"
    )


class Process:
    """One process that serves: what its folders hold is ``folders``."""

    def __init__(self, storage: Storage, clock: SimulatedClock, name: str = "old") -> None:
        self.folders: str | None = name
        first = edition(name)
        self.shelf = Shelf(first.coach, storage)
        self.made: list[str] = []
        self.reloading = Reloading(
            self.shelf, storage, clock, Workshop(self._from_folders, self._from_bundle), first, lambda: 0.0
        )

    @property
    def runs(self) -> str:
        return self.shelf.coach.library.version

    def _from_folders(self) -> Edition:
        if self.folders is None:
            raise RefusedError((FAULT,))
        return edition(self.folders)

    def _from_bundle(self, bundle: bytes) -> Edition:
        self.made.append(bundle.decode())
        if bundle == b"unusable":
            raise UnusableVersionError("no skill `juggle`")
        return edition(bundle.decode())


@pytest.fixture
def process(storage: Storage, clock: SimulatedClock) -> Callable[[str], Process]:
    return lambda name="old": Process(storage, clock, name)


async def test_the_first_process_publishes_what_it_was_started_with(
    process: Callable[..., Process], storage: Storage
) -> None:
    await process().reloading.begin()

    published = await storage.published()
    assert published is not None
    assert (published.version, published.digest) == ("old", "digest old")


async def test_a_second_process_with_the_same_files_publishes_nothing_again(
    process: Callable[..., Process], storage: Storage, clock: SimulatedClock
) -> None:
    await process().reloading.begin()
    before = await storage.published()
    await clock.sleep(60)

    await process().reloading.begin()

    assert await storage.published() == before


async def test_a_reload_reaches_the_other_processes_once(process: Callable[..., Process]) -> None:
    here, there = process(), process()
    await here.reloading.begin()
    await there.reloading.begin()
    here.folders = "new"

    assert await here.reloading.reload()
    first, second = await there.reloading.follow(), await there.reloading.follow()

    assert (here.runs, there.runs) == ("new", "new")
    assert (first, second) == (True, False)
    assert (here.made, there.made) == ([], ["new"])


async def test_of_two_processes_with_different_folders_the_one_started_last_decides_and_they_do_not_quarrel(
    process: Callable[..., Process],
) -> None:
    here, there = process("old"), process("new")
    await here.reloading.begin()
    await there.reloading.begin()

    followed = [await one.reloading.follow() for _ in range(3) for one in (here, there)]

    assert (here.runs, there.runs) == ("new", "new")
    assert followed == [True, False, False, False, False, False]


async def test_words_alone_reach_the_other_processes_too(process: Callable[..., Process]) -> None:
    here, there = process("new"), process("new")
    await here.reloading.begin()
    await there.reloading.begin()
    here.folders = "new+"

    await here.reloading.reload()

    assert await there.reloading.follow()
    assert there.made == ["new+"]


async def test_a_broken_library_is_refused_and_the_running_one_kept(
    process: Callable[..., Process], storage: Storage
) -> None:
    here = process()
    await here.reloading.begin()
    here.folders = None

    assert not await here.reloading.reload()

    refusal = await storage.refusal()
    assert here.runs == "old"
    assert refusal is not None
    assert refusal.reasons == (FAULT,)


async def test_a_good_reload_makes_an_earlier_refusal_forgotten(
    process: Callable[..., Process], storage: Storage
) -> None:
    here = process()
    await here.reloading.begin()
    here.folders = None
    await here.reloading.reload()

    here.folders = "old"
    await here.reloading.reload()

    assert await storage.refusal() is None


async def test_a_version_that_this_program_cannot_use_is_tried_once_and_said(
    process: Callable[..., Process], storage: Storage
) -> None:
    newer, here = process("unusable"), process()
    await here.reloading.begin()
    await newer.reloading.begin()

    await here.reloading.follow()
    await here.reloading.follow()

    refusal = await storage.refusal()
    assert here.runs == "old"
    assert here.made == ["unusable"]
    assert refusal is not None
    assert "no skill `juggle`" in refusal.reasons[0]


async def test_what_nobody_runs_and_nobody_needs_is_dropped_in_time(
    process: Callable[..., Process], storage: Storage, clock: SimulatedClock
) -> None:
    await storage.keep_version("ancient", b"", clock.now())
    here = process()
    stop, asked = asyncio.Event(), asyncio.Event()

    await clock.sleep(DROP_AFTER.total_seconds() + 1)
    running = asyncio.ensure_future(here.reloading.run(stop, asked))
    while await storage.version("ancient") is not None:
        await asyncio.sleep(0)
    stop.set()
    await running

    assert await storage.version("old") is not None


async def test_a_signal_reloads(process: Callable[..., Process]) -> None:
    here = process()
    here.folders = "new"
    stop, asked = asyncio.Event(), asyncio.Event()
    asked.set()

    running = asyncio.ensure_future(here.reloading.run(stop, asked))
    async with asyncio.timeout(10):
        while here.runs != "new":
            await asyncio.sleep(0)
    stop.set()
    await running

    assert not asked.is_set()


HICCUPS = [(call, after) for call in range(6) for after in (False, True)]
"""A database that is away for one call, before or after it has done what it was asked for."""


@pytest.mark.parametrize(("call", "after"), HICCUPS)
async def test_a_signal_is_not_forgotten_while_the_database_is_away(
    storage: Storage, clock: SimulatedClock, call: int, after: bool
) -> None:
    here = Process(FaultyStorage(storage, call, after), clock)  # type: ignore[arg-type]
    here.folders = "new"

    assert await _comes_to_run(here, "new", signalled=True)

    published = await storage.published()
    assert published is not None
    assert published.version == "new"


@pytest.mark.parametrize(("call", "after"), HICCUPS)
async def test_a_reload_reaches_a_process_whose_database_is_away_for_a_moment(
    process: Callable[..., Process], storage: Storage, clock: SimulatedClock, call: int, after: bool
) -> None:
    here = process()
    await here.reloading.begin()
    to_begin = 1
    there = Process(FaultyStorage(storage, to_begin + call, after), clock)  # type: ignore[arg-type]
    await there.reloading.begin()
    here.folders = "new"
    await here.reloading.reload()

    assert await _comes_to_run(there, "new")


async def _comes_to_run(process: Process, version: str, signalled: bool = False) -> bool:
    """Let a process look at what is published until it runs that version, or for a while."""
    stop, asked = asyncio.Event(), asyncio.Event()
    if signalled:
        asked.set()
    running = asyncio.ensure_future(process.reloading.run(stop, asked))
    with suppress(TimeoutError):
        async with asyncio.timeout(5):
            while process.runs != version:
                await asyncio.sleep(0)
    stop.set()
    await running
    return process.runs == version
