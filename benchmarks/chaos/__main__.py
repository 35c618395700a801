"""Kill, pause and starve a running coach, and count what was lost, doubled or disordered.

    python -m benchmarks.chaos                      # three processes on one SQLite file, a minute and a half
    python -m benchmarks.chaos --db postgres        # on a PostgreSQL server that crashes every five seconds

Messages are echoed, so that each answer can be told from every other. Half of the calls to Slack's API go wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from benchmarks.chaos.ledger import Verdict
from benchmarks.chaos.people import Crowd, OddApi
from benchmarks.chaos.processes import Processes
from tests.standins.slack import SIGNING_SECRET, SlackStandIn, Someone
from tests.storage.postgres.server import Server

TEAM = "T0CHAOS"


def main() -> int:
    """Suffer, then report; 1 when anything was lost, doubled or disordered."""
    arguments = _arguments()
    random.seed(arguments.seed)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="afterword-chaos-") as folder:
        verdict, suffered = asyncio.run(_suffer(arguments, Path(folder)))
    print(f"{arguments.db}: {suffered}, in {time.monotonic() - began:.0f} s")
    print(f"{verdict.turns} turns acknowledged, {verdict.refused} refused by the coach and known to be")
    print(f"lost {verdict.lost}, doubled {verdict.doubled}, out of order {verdict.disordered}")
    return 0 if verdict.clean else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.chaos", description=__doc__)
    parser.add_argument("--db", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--processes", type=int, default=3)
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=90.0)
    parser.add_argument("--kill-every", type=float, default=1.5)
    parser.add_argument("--pause-every", type=float, default=2.0)
    parser.add_argument("--restart-every", type=float, default=5.0, help="of PostgreSQL")
    parser.add_argument("--fail", type=float, default=0.5, help="the part of posts that goes wrong")
    parser.add_argument("--quiet", type=float, default=300.0, help="seconds in which all must have arrived at last")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


async def _suffer(arguments: argparse.Namespace, folder: Path) -> tuple[Verdict, str]:
    (folder / "operator.yaml").write_text("human_contact: the careers desk, room 5\n")
    server = Server(settings=()) if arguments.db == "postgres" else None  # a crash must lose no commit
    db = f"sqlite:///{folder / 'afterword.db'}" if server is None else server.url()
    async with SlackStandIn() as slack:
        slack.server.faults = odd = OddApi(part=arguments.fail)
        processes = Processes(arguments.processes, db, folder, _settings(slack))
        try:
            verdict = await _talk(arguments, slack, processes, server, odd)
        finally:
            processes.end()
            if server is not None:
                server.close()
    suffered = f"{processes.kills} kills, {processes.pauses} pauses, {odd.suffered} failed posts"
    return verdict, suffered


async def _talk(
    arguments: argparse.Namespace, slack: SlackStandIn, processes: Processes, server: Server | None, odd: OddApi
) -> Verdict:
    team = slack.install(TEAM)
    people = [slack.person(team, f"U{number}") for number in range(arguments.people)]
    crowd = Crowd(slack, slack.deliver_to("").session, processes.ports)
    await asyncio.sleep(3)
    until = asyncio.get_running_loop().time() + arguments.seconds
    await asyncio.gather(
        *(crowd.write(someone, until) for someone in people),
        _every(arguments.kill_every, until, lambda: _done(processes.kill)),
        _every(arguments.pause_every, until, lambda: processes.pause(0.5 + 6 * random.random())),
        _every(arguments.restart_every, until, lambda: asyncio.to_thread(server.restart) if server else _done(int)),
    )
    await asyncio.gather(*crowd.late)
    odd.part = 0.0
    end, verdict = time.monotonic() + arguments.quiet, _verdict(crowd, people)
    while verdict.lost and time.monotonic() < end:
        await asyncio.sleep(1)
        verdict = _verdict(crowd, people)
    await asyncio.sleep(8)  # whatever would still be said twice is said by then: a claim lives for five seconds
    return _verdict(crowd, people)


def _verdict(crowd: Crowd, people: list[Someone]) -> Verdict:
    return crowd.ledger.verdict({one.person.id: [message.text for message in one.answers] for one in people})


async def _every(seconds: float, until: float, do: Callable[[], Awaitable[object]]) -> None:
    loop = asyncio.get_running_loop()
    while loop.time() + seconds < until:
        await asyncio.sleep(seconds * (0.3 + 1.4 * random.random()))
        await do()


async def _done(do: Callable[[], object]) -> None:
    do()


def _settings(slack: SlackStandIn) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": f"xoxb-{TEAM}",
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "AFTERWORD_SLACK_API_URL": slack.api_url,
    }


if __name__ == "__main__":
    sys.exit(main())
