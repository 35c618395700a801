"""The nudge drain: a hundred thousand reminders due within one minute, in two hundred workspaces.

Run ``python -m benchmarks.drain``; ``--db postgres`` for the other database. A stand-in for the platform takes messages
at Slack's pace, by the pacing that the Slack platform uses, and notes what it was given. Meanwhile other people write,
and what counts for them is how long they wait for an answer. Some who wait for their reminder say "stop", and what
counts for them is that none comes after that. With ``--restart-every`` the worker dies again and again, with all that
it has claimed, and another takes its place.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import logging
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any, cast

from benchmarks.seeding import reminded, seed
from bot.bootstrap import Service, build_coach, build_service, compile_all, find_folders
from bot.content.message import OutgoingMessage
from bot.engine.conversation import Conversation
from bot.engine.events import MessageReceived
from bot.platforms.slack.pacing import Pace
from bot.runtime.delivery import Delivery, NotNow, Sent
from bot.runtime.ports import Address, Incoming, Letter, Storage, StorageUnavailableError
from bot.storage.crypto import Key, KeyRing
from bot.storage.opening import open_storage
from tests.storage.postgres.server import Server

LONGEST = 3600.0
ARMED = datetime(2026, 3, 4, 10, 10, tzinfo=UTC)
SENDING = 0.05
"""Seconds that a call takes."""

STOPS = 10
"""One message of so many is a "stop" of somebody who waits for a reminder."""


class MovedClock:
    """Runs like the real one, from another moment on."""

    def __init__(self, start: datetime) -> None:
        self._start, self._began = start, time.monotonic()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=time.monotonic() - self._began)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@dataclass(slots=True)
class PacedPlatform:
    """Takes what Slack would take, and notes when whose message came."""

    name: str = "slack"
    pace: Pace = field(default_factory=lambda: Pace(time.monotonic))
    people: int = 0
    nudged: list[str] = field(default_factory=list)
    reached: set[str] = field(default_factory=set)
    half: asyncio.Event = field(default_factory=asyncio.Event)
    drained: asyncio.Event = field(default_factory=asyncio.Event)
    answered: dict[str, float] = field(default_factory=dict)
    stopped: dict[str, float] = field(default_factory=dict)
    after_stop: list[float] = field(default_factory=list)
    """By how many seconds each was too late that came after a stop was saved."""

    async def send(self, address: Address, message: OutgoingMessage, letter: Letter) -> Delivery:
        wait = self.pace.wait_for_post(address.tenant, address.user, letter.id, letter.urgent)
        if wait > 0:
            return NotNow(wait, tried=False)
        if message.nudge is not None and address.user in self.stopped:
            self.after_stop.append(time.monotonic() - self.stopped[address.user])
        await asyncio.sleep(SENDING)
        if message.nudge is None:
            self.answered.setdefault(address.user, time.monotonic())
        else:
            self.nudged.append(address.user)
            self.reached.add(address.user)
        self._count()
        return Sent()

    def stop(self, user: str) -> None:
        """A stop of theirs was saved."""
        self.stopped[user] = time.monotonic()

    @property
    def lost(self) -> int:
        """How many neither said stop nor were reminded."""
        return self.people - len(self.reached | self.stopped.keys())

    def _count(self) -> None:
        if 2 * len(self.reached) >= self.people:
            self.half.set()
        if len(self.reached) + len(self.stopped) >= self.people and self.lost == 0:
            self.drained.set()


def everybody(conversation: Conversation, people: int, workspaces: int) -> Iterator[tuple[Address, Conversation]]:
    """So many, spread over workspaces and over the minute; a user's number tells the order in which they are due."""
    for number in range(people):
        later = timedelta(seconds=60 * number / people)
        timers = tuple(timer._replace(due=timer.due + later) for timer in conversation.timers)
        yield _address(number, workspaces), conversation._replace(timers=timers)


def _address(number: int, workspaces: int) -> Address:
    return Address("slack", f"T{number % workspaces}", f"U{number:07}", f"D{number:07}")


class Mortal:
    """A storage that is away for good once its holder is dead; what was claimed with it stays claimed for a while."""

    def __init__(self, inner: Storage) -> None:
        self.dead = False
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        if self.dead:
            raise StorageUnavailableError("its holder is dead")
        return getattr(self._inner, name)


@dataclass(slots=True)
class Workers:
    """One worker after the other; each dies after so many seconds, the first never if there are none."""

    make: Callable[[Storage], Service]
    storage: Storage
    every: float
    deaths: int = 0

    async def run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            await self._live(stop)

    async def _live(self, stop: asyncio.Event) -> None:
        mortal, end = Mortal(self.storage), asyncio.Event()
        working = asyncio.ensure_future(self.make(cast(Storage, mortal)).worker.run(end))
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), self.every or None)
        if not stop.is_set():
            mortal.dead, self.deaths = True, self.deaths + 1
        end.set()
        await working


async def drain(
    url: str, people: int, workspaces: int, writing: float, restart_every: float
) -> tuple[bool, dict[str, str]]:
    """Seed, wait until all reminders were taken, and return whether all was well and what was seen."""
    coach, storage = build_coach(compile_all(find_folders())), await open_storage(url, KeyRing([Key.fresh()]))
    conversation, platform = reminded(coach, ARMED), PacedPlatform(people=people)
    began = time.monotonic()
    await seed(storage, everybody(conversation, people, workspaces), ARMED)
    seeded, before = time.monotonic() - began, _memory()
    clock = MovedClock(min(timer.due for timer in conversation.timers) + timedelta(minutes=1))
    workers = Workers(lambda held: build_service(coach, held, {"slack": platform}, clock), storage, restart_every)
    service, stop = workers.make(storage), asyncio.Event()
    began, working = time.monotonic(), asyncio.ensure_future(workers.run(stop))
    waits = asyncio.ensure_future(_write(service, platform, stop, writing, workspaces))
    middle = asyncio.ensure_future(_memory_at(platform.half))
    done = asyncio.ensure_future(platform.drained.wait())
    await asyncio.wait((working, done), timeout=LONGEST, return_when=asyncio.FIRST_COMPLETED)
    done.cancel()
    middle.cancel()
    took = time.monotonic() - began
    stop.set()
    await working
    answered, after = await waits, _memory()
    backlog = await storage.backlog(clock.now())
    await storage.close()
    doubled = sum(times - 1 for times in Counter(platform.nudged).values())
    return not (platform.lost or doubled or platform.after_stop), {
        "seeded": f"{people:,} people in {workspaces} workspaces, in {seeded:.0f} s",
        "drained": f"in {took:.0f} s, {len(platform.nudged) / took:,.0f} a second",
        "lost": str(platform.lost),
        "doubled": str(doubled),
        "stopped": f"{len(platform.stopped)} people; {len(platform.after_stop)} reminders began after that",
        "workers died": str(workers.deaths),
        "dead letters": str(backlog.dead),
        "out of order": f"at most {60 * _farthest(platform.nudged) / people:.2f} s of due time",
        "memory": f"{before:.0f} MB at the start, {_half(middle)} in the middle, {after:.0f} MB at the end",
        "answers meanwhile": _said(answered),
    }


async def _write(
    service: Service, platform: PacedPlatform, stop: asyncio.Event, a_second: float, workspaces: int
) -> list[float]:
    """Let others write, each once; return how long each waited for the answer to be taken."""
    written: dict[str, float] = {}
    for number in itertools.count():
        if stop.is_set():
            break
        stops = number % STOPS == 0
        address = _stopping(number, platform.people, workspaces) if stops else _writing(number, workspaces)
        written[address.user] = time.monotonic()
        said = MessageReceived("stop" if stops else "hello")
        await service.bot.handle(Incoming(f"E{number}", address, said))
        if stops and address.user not in platform.reached:
            platform.stop(address.user)
        service.worker.wake()
        await asyncio.sleep(1 / a_second)
    return [platform.answered[user] - at for user, at in written.items() if user in platform.answered]


def _writing(number: int, workspaces: int) -> Address:
    return Address("slack", f"T{number % workspaces}", f"W{number}", f"DW{number}")


def _stopping(number: int, people: int, workspaces: int) -> Address:
    """One after the other from all over the minute; a stride without a common divisor meets everybody once."""
    return _address(number // STOPS * 7_919 % people, workspaces)


def _farthest(nudged: list[str]) -> int:
    """By how many people somebody was overtaken at most."""
    farthest, latest = 0, 0
    for user in nudged:
        number = int(user[1:])
        latest = max(latest, number)
        farthest = max(farthest, latest - number)
    return farthest


def _said(waits: list[float]) -> str:
    if len(waits) < 100:
        return f"{len(waits)}, too few to tell"
    cuts = quantiles(waits, n=100)
    return f"{len(waits)}; half within {cuts[49] * 1000:.0f} ms, 99 of 100 within {cuts[98] * 1000:.0f} ms"


async def _memory_at(moment: asyncio.Event) -> float:
    await moment.wait()
    return _memory()


def _half(middle: asyncio.Future[float]) -> str:
    return f"{middle.result():.0f} MB" if middle.done() and not middle.cancelled() else "unknown"


def _memory() -> float:
    """What the process has in memory now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


@contextmanager
def _database(kind: str) -> Iterator[str]:
    if kind == "postgres":
        server = Server(settings=())
        try:
            yield server.url()
        finally:
            server.close()
    else:
        with tempfile.TemporaryDirectory(prefix="afterword-drain-") as folder:
            yield f"sqlite:///{folder}/afterword.db"


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.drain", description=__doc__)
    parser.add_argument("--db", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--workspaces", type=int, default=200)
    parser.add_argument("--writing", type=float, default=20.0, help="messages a second from others")
    parser.add_argument("--restart-every", type=float, default=0.0, help="seconds that a worker lives; 0 for ever")
    arguments = parser.parse_args()
    logging.disable(logging.WARNING)  # a line for every letter that a dead worker leaves in doubt helps nobody
    with _database(arguments.db) as url:
        clean, seen = asyncio.run(
            drain(url, arguments.people, arguments.workspaces, arguments.writing, arguments.restart_every)
        )
    print("\n".join(f"{name:<18} {what}" for name, what in seen.items()))
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main())
