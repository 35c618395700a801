"""Crash points: the process dies at every single statement, one by one, and nothing is lost or done twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.engine.events import Arrived, Event, MessageReceived
from bot.runtime.clock import SimulatedClock
from bot.runtime.coach import Coach
from bot.runtime.outbox import CLAIM, Outbox
from bot.runtime.ports import Incoming, StorageUnavailableError
from bot.runtime.turn import Bot, NotSavedError
from bot.runtime.worker import Worker
from bot.storage.crypto import Key, KeyRing
from bot.storage.sealed import SealedStorage
from bot.storage.sqlite.connection import connect
from bot.storage.sqlite.database import open_database
from bot.storage.sqlite.tables import SqliteTables
from tests.fakes import MORNING, SAM, FakePlatform

KEYS = KeyRing([Key.fresh()])
FOUR_HOURS = timedelta(hours=4)

MOST_STATEMENTS = 200


class Fuse:
    """Counts statements once it is lit; from number ``burns_at`` on none is done, as if the process were dead."""

    def __init__(self) -> None:
        self.burns_at: int | None = None
        self.burnt = False
        self.count = 0

    def light(self, burns_at: int) -> None:
        self.burns_at = burns_at

    def pass_through(self) -> None:
        if self.burns_at is None:
            return
        self.burnt = self.burnt or self.count == self.burns_at
        self.count += 1
        if self.burnt:
            raise sqlite3.OperationalError("disk I/O error")

    def connect(self, path: Path) -> sqlite3.Connection:
        """A connection whose statements all pass here; when it closes, what it had begun is undone, as in a crash."""
        connect(path).close()
        return sqlite3.connect(path, isolation_level=None, check_same_thread=False, factory=_fused(self))


def _fused(fuse: Fuse) -> type[sqlite3.Connection]:
    class Fused(sqlite3.Connection):
        def execute(self, *arguments: Any) -> sqlite3.Cursor:
            fuse.pass_through()
            return super().execute(*arguments)

    return Fused


class House:
    """A bot, its worker and their database file; the file outlives the house."""

    def __init__(self, path: Path, coach: Coach, platform: FakePlatform, clock: SimulatedClock) -> None:
        self.fuse = Fuse()
        self.storage = SealedStorage(SqliteTables(open_database(path, KEYS, self.fuse.connect)), KEYS)
        self.clock = clock
        self.bot = Bot(coach, self.storage, clock)
        outbox = Outbox(coach, self.storage, {"terminal": platform}, clock, jitter=lambda: 0.0)
        self.worker = Worker(self.bot, outbox, self.storage, clock, ("terminal",))

    async def hear(self, number: int, event: Event) -> None:
        await self.bot.handle(Incoming(f"e{number}", SAM, event))
        await self.worker.round()


Act = Callable[[House], Awaitable[None]]


async def dies_at(statement: int, path: Path, coach: Coach, prepare: Act, act: Act) -> tuple[FakePlatform, House, bool]:
    """Die at one statement of ``act``; a second house then does it again, with time for lost claims to lapse.

    The last value tells whether there was such a statement.
    """
    platform, clock = FakePlatform(), SimulatedClock(MORNING)
    first = House(path, coach, platform, clock)
    await prepare(first)
    first.fuse.light(statement)
    with suppress(NotSavedError, StorageUnavailableError):
        await act(first)
    await first.storage.close()
    second = House(path, coach, platform, clock)
    clock.move_to(clock.now() + timedelta(seconds=CLAIM + 1))
    await act(second)
    return platform, second, first.fuse.burnt


async def test_a_message_counts_once_and_is_answered_wherever_the_process_dies(tmp_path: Path, coach: Coach) -> None:
    async def prepare(house: House) -> None:
        await house.hear(1, Arrived())

    async def act(house: House) -> None:
        await house.hear(2, MessageReceived("no luck"))

    for statement in range(MOST_STATEMENTS):
        platform, house, burnt = await dies_at(statement, tmp_path / f"{statement}.db", coach, prepare, act)
        kept = await house.storage.kept(SAM)
        await house.storage.close()

        assert kept is not None
        assert kept.letters == ()
        assert [keys for keys in platform.keys if "welcome.next_step" in keys] != []
        assert {keys[0] for keys in platform.keys} == {"welcome.news", "welcome.next_step"}
        if not burnt:
            break
    assert 0 < statement < MOST_STATEMENTS, "every statement was tried, and there were some"


async def test_a_nudge_is_sent_once_or_is_known_to_have_been_on_its_way(tmp_path: Path, coach: Coach) -> None:
    async def prepare(house: House) -> None:
        for number, event in enumerate((Arrived(), MessageReceived("no luck"), MessageReceived("remind"))):
            await house.hear(number, event)
        house.clock.move_to(MORNING + FOUR_HOURS)

    async def act(house: House) -> None:
        await house.worker.round()

    for statement in range(MOST_STATEMENTS):
        platform, house, burnt = await dies_at(statement, tmp_path / f"{statement}.db", coach, prepare, act)
        kept = await house.storage.kept(SAM)
        await house.storage.close()

        assert kept is not None
        assert kept.letters == ()
        assert [bool(message.nudge) for _, message in platform.sent].count(True) == 1
        if not burnt:
            break
    assert 0 < statement < MOST_STATEMENTS, "every statement was tried, and there were some"
