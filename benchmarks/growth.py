"""What a turn costs as the coach grows: with a thousand and a million people, with the dialogs that ship and with 500.

Run ``python -m benchmarks.growth``. A turn is read, stepped, worded and committed, by eight people at once; nothing
comes in over HTTP and nothing is delivered. Processes are measured one and two at a time, on both databases. CPU is
that of the process which takes the turn; PostgreSQL's own processes are not counted, but they share the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.crowding import crowd
from benchmarks.seeding import reminded, seed
from benchmarks.slack_turn import SAID, TALK
from benchmarks.storage import KEYS, Cost, Stopwatch
from bot.bootstrap import build_coach, compile_all, find_folders
from bot.engine.events import MessageReceived
from bot.runtime.clock import RealClock
from bot.runtime.ports import Address, Incoming
from bot.runtime.turn import Bot, NotSavedError
from bot.storage.opening import open_storage
from tests.storage.postgres.server import Server, new_database

SIZES = (1_000, 100_000, 1_000_000)
DIALOGS = 500
AT_ONCE = 8
MODEL = "MODEL"
GREW = 1.25
"""The largest turn beside the smallest, in CPU; what is above that has grown with the people or the dialogs."""

_DIALOG = """\
dialog: extra_{number}
format: 1
about: One of many.
slots:
  extra_{number}_wish: {{one of: [more, less]}}
states:
  start: {{ask: extra_{number}_wish, go: {{more: told, less: told}}}}
  told: {{say: told, end: done}}
"""
_WORDS = """\
extra_{number}_wish:
  text: Would you like more of number {number}?
  choices: {{more: More, less: Less}}
told: Noted.
"""


def make_dialogs(folder: Path, many: int) -> tuple[str, str]:
    """Write so many small dialogs and their words; return the two folders."""
    dialogs, words = folder / "dialogs", folder / "content" / "en"
    for place in (dialogs, words):
        place.mkdir(parents=True)
    for number in range(many):
        (dialogs / f"extra_{number}.yaml").write_text(_DIALOG.format(number=number))
        (words / f"extra_{number}.yaml").write_text(_WORDS.format(number=number))
    return str(dialogs), str(folder / "content")


async def _turns(url: str, turns: int, name: str, overlay: tuple[str, str] | None) -> Cost:
    folders = find_folders() if overlay is None else find_folders([overlay[0]], [overlay[1]])
    storage = await open_storage(url, KEYS)
    bot = Bot(build_coach(compile_all(folders)), storage, RealClock())
    await _talk_all(bot, AT_ONCE * TALK, f"warm{name}")
    stopwatch = Stopwatch()
    await _talk_all(bot, turns, name)
    cost = stopwatch.per(turns)
    await storage.close()
    return cost


async def _talk_all(bot: Bot, turns: int, name: str) -> None:
    await asyncio.gather(*(_talk(bot, turns // AT_ONCE, f"{name}x{place}") for place in range(AT_ONCE)))


async def _talk(bot: Bot, turns: int, name: str) -> None:
    for number in range(turns):
        user = f"{name}x{number // TALK}"
        address = Address("slack", "T1", user, f"D{user}")
        await _until_saved(bot, Incoming(f"{user}:{number}", address, MessageReceived(SAID[number % len(SAID)])))


async def _until_saved(bot: Bot, incoming: Incoming) -> None:
    """As a platform does: what was refused comes again. A database that was just filled is busy for a moment."""
    while True:
        try:
            await bot.handle(incoming)
            break
        except NotSavedError:
            continue


def measure(url: str, turns: int, processes: int, name: str, overlay: tuple[str, str] | None = None) -> Cost:
    """Microseconds of CPU for a turn, and of wall time between two turns of all processes together."""
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        costs = pool.starmap(_measured, [(url, turns, f"{name}p{number}", overlay) for number in range(processes)])
    return sum(cpu for cpu, _ in costs) / processes, 1 / sum(1 / wall for _, wall in costs)


def _measured(url: str, turns: int, name: str, overlay: tuple[str, str] | None) -> Cost:
    return asyncio.run(_turns(url, turns, name, overlay))


async def keep_model(url: str) -> None:
    """Keep the one whom the crowd is made of: they wait for a reminder."""
    now = datetime.now(UTC)
    storage = await open_storage(url, KEYS)
    model = Address("slack", "T0", MODEL, "DMODEL")
    await seed(storage, [(model, reminded(build_coach(compile_all(find_folders())), now))], now)
    await storage.close()


def grow(url: str, engine: str, turns: int, sizes: tuple[int, ...]) -> list[float]:
    """Print what a turn costs at every size; return its CPU by one process, for each."""
    asyncio.run(keep_model(url))
    kept, costs = 0, []
    for size in sizes:
        asyncio.run(crowd(url, MODEL, range(kept, size)))
        kept = size
        for processes in (1, 2):
            cpu, wall = measure(url, turns, processes, f"G{size}n{processes}")
            print(
                f"{engine:10} {size:9,} people, {processes} process(es): {cpu:5.0f} us CPU, {1e6 / wall:5.0f} turns/s"
            )
            if processes == 1:
                costs.append(cpu)
    return costs


def grow_dialogs(url: str, turns: int) -> list[float]:
    """Print what a turn costs with the dialogs that ship and with many more; return both."""
    with tempfile.TemporaryDirectory(prefix="afterword-growth-") as folder:
        shipped = len(compile_all(find_folders()).library.dialogs)
        overlay = make_dialogs(Path(folder), DIALOGS - shipped)
        costs = []
        for many, more in ((shipped, None), (DIALOGS, overlay)):
            cpu, _ = measure(url, turns, 1, f"L{many}", more)
            print(f"{many:4} dialogs, 1 process: {cpu:5.0f} us CPU")
            costs.append(cpu)
    return costs


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """A file and a server, both of which write to the disk before they answer."""
    server = Server(settings=())
    try:
        with tempfile.TemporaryDirectory(prefix="afterword-growth-") as folder:
            yield {"SQLite": f"sqlite:///{folder}/growth.db", "PostgreSQL": new_database(server.url())}
    finally:
        server.close()


def main() -> int:
    """Exit 1 when a turn costs more where there are more people or more dialogs."""
    parser = argparse.ArgumentParser(prog="benchmarks.growth", description=__doc__)
    parser.add_argument("--turns", type=int, default=1_920)
    parser.add_argument("--people", type=int, default=SIZES[-1], help="how far to grow")
    arguments = parser.parse_args()
    sizes = tuple(size for size in SIZES if size <= arguments.people)
    with databases() as urls:
        costs = [grow(url, engine, arguments.turns, sizes) for engine, url in urls.items()]
        costs.append(grow_dialogs(urls["SQLite"], arguments.turns))
    worst = max(max(some) / some[0] for some in costs)
    print(f"{worst:.2f} of the CPU of a small coach at most")
    return 0 if worst <= GREW else 1


if __name__ == "__main__":
    sys.exit(main())
