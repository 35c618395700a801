"""Load: signed Slack events at a fixed rate, more every minute, until acknowledgements come too late.

Run ``python -m benchmarks.load``. Events come when they are due, whether or not earlier ones were answered, and how
long one took is counted from the moment at which it was due. ``afterword serve --no-worker`` runs in processes of its
own on one database; sending the answers is no part of it. Whoever sends the events shares the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

import aiohttp

from benchmarks.chaos.processes import Processes
from benchmarks.slack_turn import TALK, message_event
from tests.standins.slack import SIGNING_SECRET
from tests.standins.slack_delivery import signature
from tests.storage.postgres.server import Server

TEAM = "T0LOAD"
WORDS = ("-m", "bot", "serve", "--no-worker")
PEOPLE = 2_000
"""Who write in turn, so that nobody's next message comes before the last one was answered."""

BUDGET = 0.25
"""Seconds within which 99 of 100 are to be acknowledged."""

SLACK_WAITS = 3.0


@dataclass(slots=True)
class Step:
    """One rate, and how its events fared: seconds until the acknowledgement of each that got one."""

    rate: int
    waits: list[float] = field(default_factory=list)
    refused: int = 0
    cpu: float = 0.0

    @property
    def p99(self) -> float:
        return quantiles(self.waits, n=100)[98] if len(self.waits) > 1 else float("inf")

    @property
    def holds(self) -> bool:
        return not self.refused and self.p99 < BUDGET

    def __str__(self) -> str:
        events = len(self.waits) + self.refused
        half = quantiles(self.waits, n=2)[0] if len(self.waits) > 1 else float("inf")
        return (
            f"{self.rate:4} a second: {events:7,} events, {self.refused} not acknowledged; half within"
            f" {half * 1e3:.0f} ms, 99 of 100 within {self.p99 * 1e3:.0f} ms;"
            f" {self.cpu / events * 1e6:.0f} us CPU each"
        )


class Sender:
    """Sends events to the processes in turn; every message has a number of its own."""

    def __init__(self, session: aiohttp.ClientSession, ports: Sequence[int]) -> None:
        self._session = session
        self._ports = ports
        self._number = 0

    async def send_for(self, seconds: float, step: Step) -> None:
        """Send at the rate of the step."""
        began, sending = time.monotonic(), set[asyncio.Task[None]]()
        for nth in range(int(seconds * step.rate)):
            due = began + nth / step.rate
            await asyncio.sleep(due - time.monotonic())
            task = asyncio.ensure_future(self._send(self._number, due, step))
            sending.add(task)
            task.add_done_callback(sending.discard)
            self._number += 1
        await asyncio.gather(*sending)

    async def _send(self, number: int, due: float, step: Step) -> None:
        body = _event(number)
        headers = {"Content-Type": "application/json", **signature(SIGNING_SECRET, body, time.time())}
        url = f"http://127.0.0.1:{self._ports[number % len(self._ports)]}/slack/events"
        try:
            async with asyncio.timeout(SLACK_WAITS), self._session.post(url, data=body, headers=headers) as answer:
                accepted = answer.status == 200
        except (TimeoutError, aiohttp.ClientError):
            accepted = False
        if accepted:
            step.waits.append(time.monotonic() - due)
        else:
            step.refused += 1


def _event(number: int) -> str:
    nth = number // PEOPLE
    return message_event(TEAM, f"{number % PEOPLE}X{nth // TALK}", nth, f"{number:09}")


async def climb(db: str, folder: Path, processes: int, rates: Sequence[int], seconds: float) -> list[Step]:
    """Take one rate after the other, print each, and stop at the first that does not hold."""
    (folder / "operator.yaml").write_text("human_contact: the careers desk, room 5\n")
    settings = {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "AFTERWORD_SLACK_API_URL": "http://127.0.0.1:1/api/",
    }
    running, steps = Processes(processes, db, folder, settings, WORDS), list[Step]()
    try:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            await _until_ready(session, running.ports)
            sender = Sender(session, running.ports)
            await sender.send_for(5, Step(50))  # a start from cold is another matter
            for rate in rates:
                step, before = Step(rate), running.cpu()
                await sender.send_for(seconds, step)
                step.cpu = running.cpu() - before
                steps.append(step)
                print(step, flush=True)
                if not step.holds:
                    break
    finally:
        running.end()
    return steps


async def _until_ready(session: aiohttp.ClientSession, ports: Sequence[int]) -> None:
    for _ in range(300):
        if all([await _is_ready(session, port) for port in ports]):
            break
        await asyncio.sleep(0.2)


async def _is_ready(session: aiohttp.ClientSession, port: int) -> bool:
    try:
        async with session.get(f"http://127.0.0.1:{port}/readyz") as answer:
            return answer.status == 200
    except aiohttp.ClientError:
        return False


@contextmanager
def _database(kind: str, folder: str) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder}/afterword.db"
        return
    server = Server(settings=())
    try:
        yield server.url()
    finally:
        server.close()


def main() -> int:
    """Exit 1 when the last rate does not hold."""
    parser = argparse.ArgumentParser(prog="benchmarks.load", description=__doc__)
    parser.add_argument("--db", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--rates", type=int, nargs="+", default=[100, 200, 300, 400, 500])
    parser.add_argument("--seconds", type=float, default=60.0, help="for each rate")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="afterword-load-") as folder, _database(arguments.db, folder) as db:
        steps = asyncio.run(climb(db, Path(folder), arguments.processes, arguments.rates, arguments.seconds))
    return 0 if steps[-1].holds else 1


if __name__ == "__main__":
    sys.exit(main())
