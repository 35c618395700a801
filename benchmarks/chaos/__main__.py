"""Kill, pause and starve a running coach, and count what was lost, doubled or disordered.

    python -m benchmarks.chaos                      # three processes on one SQLite file, a minute and a half
    python -m benchmarks.chaos --db postgres        # on a PostgreSQL server that crashes every five seconds
    python -m benchmarks.chaos --turns 20000 --seconds 900

Messages are echoed, so that each answer can be told from every other. Reminders of others, who do not write, fall due
all the while. Half of the calls to Slack's API go wrong. A process that ends by itself is started again after a second.

Slack takes one message a second into a chat, and a failed one is tried again two seconds later: many people who write
now and then come to more turns than a few who never stop. A start costs a second and a half of CPU, so that kills once
a second would leave two cores no time for turns.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.chaos.ledger import Verdict
from benchmarks.chaos.people import Crowd, OddApi
from benchmarks.chaos.processes import Processes
from benchmarks.chaos.reminders import Fates, Waiting, buried, keep_reminders
from bot.platforms.slack.workspaces import Workspace, Workspaces
from bot.runtime.clock import RealClock
from bot.runtime.ports import Storage
from bot.storage.keyfile import open_key_file
from bot.storage.opening import open_storage
from tests.standins.slack import SIGNING_SECRET, SlackStandIn, Someone
from tests.standins.slack_world import Team
from tests.storage.postgres.server import Server

TEAMS = tuple(f"T0CHAOS{letter}" for letter in "ABCDEFGHIJKLMNOPQRST")
"""Several: Slack takes ten messages a second in one workspace, and lets us look back fifty times a minute."""


def main() -> int:
    """Suffer, then report; 1 when anything was lost, doubled or disordered."""
    arguments = _arguments()
    random.seed(arguments.seed)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="afterword-chaos-") as folder:
        verdict, fates, suffered = asyncio.run(_suffer(arguments, Path(folder)))
    print(f"{arguments.db}: {suffered}, in {time.monotonic() - began:.0f} s")
    print(f"{verdict.turns} turns acknowledged, {verdict.refused} refused by the coach and known to be")
    print(f"lost {verdict.lost}, doubled {verdict.doubled}, out of order {verdict.disordered}")
    print(f"{fates.total} reminders: {fates.shown} shown, {fates.buried} known to be in doubt and not sent again")
    print(f"lost {fates.lost}, doubled {fates.doubled}")
    return 0 if verdict.clean and fates.clean else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.chaos", description=__doc__)
    parser.add_argument("--db", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--processes", type=int, default=3)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--busy", type=float, default=6.0, help="seconds, at most, until somebody writes again")
    parser.add_argument("--reminders", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=90.0, help="so long at most they write")
    parser.add_argument("--turns", type=int, default=0, help="or until so many were acknowledged")
    parser.add_argument("--kill-every", type=float, default=4.0)
    parser.add_argument("--pause-every", type=float, default=4.0)
    parser.add_argument("--restart-every", type=float, default=5.0, help="of PostgreSQL")
    parser.add_argument("--fail", type=float, default=0.5, help="the part of posts that goes wrong")
    parser.add_argument("--quiet", type=float, default=300.0, help="seconds in which all must have arrived at last")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


async def _suffer(arguments: argparse.Namespace, folder: Path) -> tuple[Verdict, Fates, str]:
    (folder / "operator.yaml").write_text("human_contact: the careers desk, room 5\n")
    server = Server(settings=()) if arguments.db == "postgres" else None  # a crash must lose no commit
    db = f"sqlite:///{folder / 'afterword.db'}" if server is None else server.url()
    async with SlackStandIn() as slack:
        slack.server.faults = odd = OddApi(part=arguments.fail)
        teams = [slack.install(team) for team in TEAMS]
        storage = await open_storage(db, open_key_file(folder / "afterword.key"))
        await _install(storage, teams)
        waiting = await keep_reminders(slack, teams, arguments.reminders, arguments.seconds, storage, folder)
        people = [slack.person(teams[number % len(teams)], f"U{number}") for number in range(arguments.people)]
        processes = Processes(arguments.processes, db, folder, _settings(slack))
        crowd = Crowd(slack, slack.deliver_to("").session, processes.ports, arguments.turns, busy=arguments.busy)
        try:
            await _talk(arguments, crowd, people, processes, server)
            odd.part = 0.0
            await _settle(arguments.quiet, crowd, people, processes)
            fates = await _fates(arguments.quiet, waiting, storage)
            left = (await storage.backlog(datetime.now(UTC))).waiting
        finally:
            processes.end()
            await storage.close()
            if server is not None:
                server.close()
    suffered = f"{processes.kills} kills, {processes.pauses} pauses, {odd.suffered} failed posts"
    return (
        _verdict(crowd, people),
        fates,
        f"{suffered}, {processes.ends} gave up by themselves, {left} letters left waiting",
    )


async def _talk(
    arguments: argparse.Namespace, crowd: Crowd, people: Sequence[Someone], processes: Processes, server: Server | None
) -> None:
    await asyncio.sleep(3)
    enough = asyncio.Event()
    await asyncio.gather(
        _soon_enough(arguments.seconds, enough),
        *(crowd.write(someone, enough) for someone in people),
        _every(arguments.kill_every, enough, lambda: _done(processes.kill)),
        _every(1.0, enough, lambda: _done(processes.look_after)),
        _every(arguments.pause_every, enough, lambda: processes.pause(0.5 + 6 * random.random())),
        _every(arguments.restart_every, enough, lambda: asyncio.to_thread(server.restart) if server else _done(int)),
    )
    await asyncio.gather(*crowd.late)


async def _soon_enough(seconds: float, enough: asyncio.Event) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(enough.wait(), seconds)
    enough.set()


async def _settle(quiet: float, crowd: Crowd, people: Sequence[Someone], processes: Processes) -> None:
    """Let everything arrive, and let whatever would be said twice be said: a claim lives for five seconds."""
    end = time.monotonic() + quiet
    while _verdict(crowd, people).lost and time.monotonic() < end:
        processes.look_after()
        await asyncio.sleep(1)
    await asyncio.sleep(8)


async def _fates(quiet: float, waiting: Waiting, storage: Storage) -> Fates:
    """What became of the reminders, as soon as none is lost or when the time after the last is over."""
    end = time.monotonic() + quiet + max((waiting.last_due - datetime.now(UTC)).total_seconds(), 0.0)
    fates = waiting.fates(await buried(storage))
    while fates.lost and time.monotonic() < end:
        await asyncio.sleep(1)
        fates = waiting.fates(await buried(storage))
    return fates


async def _install(storage: Storage, teams: Sequence[Team]) -> None:
    workspaces = Workspaces(storage, RealClock(), "", time.monotonic)
    for team in teams:
        await workspaces.keep(Workspace(team.id, team.token, team.bot_user), datetime.now(UTC))


def _verdict(crowd: Crowd, people: Sequence[Someone]) -> Verdict:
    return crowd.ledger.verdict({one.person.id: [message.text for message in one.answers] for one in people})


async def _every(seconds: float, enough: asyncio.Event, do: Callable[[], Awaitable[object]]) -> None:
    while not enough.is_set():
        await asyncio.sleep(seconds * (0.3 + 1.4 * random.random()))
        await do()


async def _done(do: Callable[[], object]) -> None:
    do()


def _settings(slack: SlackStandIn) -> dict[str, str]:
    return {
        "SLACK_CLIENT_ID": "1.2",
        "SLACK_CLIENT_SECRET": "secret-of-the-client",
        "AFTERWORD_ALLOWED_WORKSPACES": " ".join(TEAMS),
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "AFTERWORD_SLACK_API_URL": slack.api_url,
    }


if __name__ == "__main__":
    sys.exit(main())
