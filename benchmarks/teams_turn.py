"""CPU of a Teams turn: activity with its token in, committed to SQLite, acknowledged; beside the SDK's stock echo.

Run ``python -m benchmarks.teams_turn``. Both serve in a process of their own and are spoken to by the same stand-in in
the same run; what counts is the CPU of the serving process. The echo keeps nothing and only says what it heard.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from benchmarks.teams_serving import KINDS
from tests.standins.teams import Someone, TeamsStandIn

BUDGET = 0.1
SAID = ("acme said no, email this morning. analyst job", "1", "2", "1")
PEOPLE = 8
WARM_UP = 5


@asynccontextmanager
async def serving(what: str, teams: TeamsStandIn) -> AsyncIterator[str]:
    """A process that serves, and its address."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.teams_serving", what),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, **teams.environment()},
    )
    assert process.stdin is not None, "it is a pipe"
    assert process.stdout is not None, "it is a pipe"
    yield f"http://127.0.0.1:{int(await process.stdout.readline())}"
    process.stdin.close()
    await process.wait()


async def measure(what: str, teams: TeamsStandIn, turns: int) -> float:
    """Microseconds of CPU for one turn."""
    async with serving(what, teams) as url:
        teams.deliver_to(f"{url}/api/messages")
        token = teams.authority.token(teams.service)
        people = [teams.person(f"{what.split()[-1]}-{number}") for number in range(PEOPLE)]
        await asyncio.gather(*(_talk(teams, one, token, WARM_UP) for one in people))
        before = await _cpu(teams, url)
        await asyncio.gather(*(_talk(teams, one, token, turns // PEOPLE) for one in people))
        return (await _cpu(teams, url) - before) / (turns // PEOPLE * PEOPLE) * 1e6


async def _talk(teams: TeamsStandIn, someone: Someone, token: str, turns: int) -> None:
    for number in range(turns):
        status, _ = await teams.deliver(someone.activity("message", text=SAID[number % len(SAID)]), token)
        assert status in (201, 202), status


async def _cpu(teams: TeamsStandIn, url: str) -> float:
    assert teams.session is not None, "it runs"
    async with teams.session.get(f"{url}/cpu") as response:
        return float(json.loads(await response.text()))


async def compare(turns: int) -> float:
    """Print what each takes; the ratio of our turn to the echo."""
    async with TeamsStandIn(checks=False) as teams:
        figures = {what: await measure(what, teams, turns) for what in KINDS}
    for what, microseconds in figures.items():
        print(f"{what:16} {microseconds:8.0f} us CPU  {microseconds / figures['echo']:6.3f} of the echo")
    return figures["turn"] / figures["echo"]


def main() -> int:
    """Exit 1 when our turn takes more than the budget allows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=800)
    arguments = parser.parse_args()
    ratio = asyncio.run(compare(arguments.turns))
    print(f"{ratio:.3f} of the echo's CPU; the budget is {BUDGET}")
    return 0 if ratio <= BUDGET else 1


if __name__ == "__main__":
    sys.exit(main())
