"""Scenes in the middle of which a process may die, played with the shipped coach on a database that outlives it."""

from __future__ import annotations

import asyncio
import json
import secrets
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.seeding import TO_THE_REMINDER
from bot.content.message import OutgoingMessage
from bot.engine.events import Event, MessageReceived
from bot.platforms.slack.workspaces import Workspace, Workspaces
from bot.runtime.clock import SimulatedClock
from bot.runtime.delivery import Delivery, Sent
from bot.runtime.outbox import CLAIM, Outbox
from bot.runtime.ports import Address, Incoming, Letter, Storage
from bot.runtime.turn import Bot
from bot.runtime.worker import Worker
from bot.storage.keyfile import add_key, open_key_file
from tests.shipped import coach
from tests.storage.people import PRIYA, SAM
from tests.storage.sqlite.fuses import Fuse, die
from tests.storage.talker import open_on

MORNING = datetime(2026, 3, 4, 10, 10, tzinfo=UTC)
DUE = MORNING + timedelta(hours=7)
ELSEWHERE = replace(SAM, tenant="T2")
WORKSPACE = Workspace("T1", "xoxb-the-token")


class Screen:
    """A platform whose every message is a line of a file, so that it outlives the process that sent it."""

    name = "slack"

    def __init__(self, path: Path) -> None:
        self._path = path

    async def send(self, address: Address, message: OutgoingMessage, letter: Letter) -> Delivery:
        with self._path.open("a") as lines:
            lines.write(json.dumps([address.person, message.nudge, message.keys]) + "\n")
        return Sent()


@dataclass(slots=True)
class House:
    """A coach at work on one database."""

    storage: Storage
    bot: Bot
    outbox: Outbox
    worker: Worker
    workspaces: Workspaces
    key_file: Path

    async def hear(self, number: int, event: Event, address: Address = SAM) -> None:
        """Take a turn and deliver what came of it."""
        await self.bot.handle(Incoming(f"{address.user}-{number}", address, event))
        await self.outbox.deliver()


@dataclass(frozen=True, slots=True)
class Place:
    """A database, its key file and what was shown, which all outlive a process; ``answers`` as in ``Wire``."""

    url: str
    folder: Path
    answers: bool = False

    @property
    def key_file(self) -> Path:
        return self.folder / "afterword.key"

    @asynccontextmanager
    async def open(self, now: datetime, fuse: Fuse | None = None) -> AsyncIterator[House]:
        keys, clock, fuse = open_key_file(self.key_file), SimulatedClock(now), fuse or Fuse(die)
        storage = await open_on(self.url, keys, fuse, self.answers)
        bot = Bot(coach(), storage, clock)
        outbox = Outbox(coach(), storage, {"slack": Screen(self.folder / "shown")}, clock, jitter=lambda: 0.0)
        worker = Worker(bot, outbox, storage, clock, ("slack",))
        workspaces = Workspaces(storage, True, "", time.monotonic)
        yield House(storage, bot, outbox, worker, workspaces, self.key_file)
        await storage.close()

    def shown(self, address: Address = SAM) -> list[tuple[str | None, list[str]]]:
        """What was shown to a person, in its order: which nudge it was, if any, and its keys."""
        path = self.folder / "shown"
        lines = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
        return [(nudge, keys) for person, nudge, keys in lines if person == address.person]


Act = Callable[[House], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Scene:
    """What happened ``before``, and the ``act`` in which the process dies, at that moment."""

    before: Act
    act: Act
    at: datetime = MORNING

    @property
    def again(self) -> datetime:
        """When another process may do it again: lost claims have lapsed."""
        return self.at + timedelta(seconds=CLAIM + 1)


def live(place: Place, name: str, dies_at: int) -> None:
    """Play the act of a scene in this process, and die at one of its statements."""
    asyncio.run(_live(place, SCENES[name], dies_at))


def renew_key(place: Place, dies_at: int) -> None:
    """Put a key in front in this process, and die before one of the things that are done with files."""
    fuse = Fuse(die)
    fuse.arm(dies_at)
    sys.addaudithook(lambda event, _: fuse.burn(event) if event in _WITH_FILES else None)
    add_key(place.key_file)


_WITH_FILES = frozenset({"open", "os.rename", "os.remove", "os.link"})


async def _live(place: Place, scene: Scene, dies_at: int) -> None:
    fuse = Fuse(die)
    async with place.open(scene.at, fuse) as house:
        fuse.arm(dies_at)
        await scene.act(house)


async def _talk(house: House) -> None:
    for number, event in enumerate(TO_THE_REMINDER):
        await house.hear(number, event)
    for neighbour in (PRIYA, ELSEWHERE):
        await house.hear(0, MessageReceived("acme said no"), neighbour)


async def _take_a_turn(house: House) -> None:
    await house.hear(9, MessageReceived("I sent it"))


async def _remind(house: House) -> None:
    await house.worker.round()


async def _ask_to_be_forgotten(house: House) -> None:
    await _talk(house)
    await house.hear(8, MessageReceived("forget me"))


async def _confirm(house: House) -> None:
    await house.hear(9, MessageReceived("1"))


async def _install(house: House) -> None:
    await house.workspaces.first_use(secrets.token_hex(), MORNING)
    await house.workspaces.keep(WORKSPACE, MORNING)


async def _talk_where_it_is_installed(house: House) -> None:
    await _install(house)
    await house.workspaces.keep(replace(WORKSPACE, team="T2"), MORNING)
    await _talk(house)


async def _uninstall(house: House) -> None:
    await house.workspaces.leave("T1", DUE)


async def _put_a_key_in_front(house: House) -> None:
    await _talk_where_it_is_installed(house)
    add_key(house.key_file)


async def _rotate(house: House) -> None:
    await house.storage.rotate()


SCENES = {
    "turn": Scene(_talk, _take_a_turn),
    "nudge": Scene(_talk, _remind, DUE),
    "install": Scene(_talk, _install),
    "uninstall": Scene(_talk_where_it_is_installed, _uninstall),
    "deletion": Scene(_ask_to_be_forgotten, _confirm),
    "rotation": Scene(_put_a_key_in_front, _rotate),
}
