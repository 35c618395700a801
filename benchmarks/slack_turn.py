"""CPU of a Slack turn: signed event in, read, stepped, committed to SQLite, acknowledged; beside a bare Bolt listener.

Run ``python -m benchmarks.slack_turn``. Both serve over HTTP in a process of their own and get the same events in the
same run; what counts is the CPU of the serving process. Bolt's listener keeps nothing and says nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from benchmarks.slack_serving import KINDS, SECRET, TEAM
from tests.standins.slack_delivery import signature

BUDGET = 1.9
SAID = ("acme said no, email this morning. analyst job", "1", "2", "1")
PEOPLE = 8
"""How many write at the same time."""

TALK = 12
"""Messages of one person: three rejections, one after the other. Then somebody else writes."""

WARM_UP = TALK


@asynccontextmanager
async def serving(*words: str) -> AsyncIterator[str]:
    """A process that serves, and its address; ``words`` are its module and what that takes."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", *words),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None, "it is a pipe"
    assert process.stdout is not None, "it is a pipe"
    yield f"http://127.0.0.1:{int(await process.stdout.readline())}"
    process.stdin.close()
    await process.wait()


async def measure(what: str, turns: int) -> float:
    """Microseconds of CPU for one event."""
    async with serving("benchmarks.slack_serving", what) as url, aiohttp.ClientSession() as session:
        await asyncio.gather(*(_talk(session, url, person, range(WARM_UP)) for person in range(PEOPLE)))
        before = await _cpu(session, url)
        rest = range(WARM_UP, WARM_UP + turns // PEOPLE)
        await asyncio.gather(*(_talk(session, url, person, rest) for person in range(PEOPLE)))
        return (await _cpu(session, url) - before) / (len(rest) * PEOPLE) * 1e6


async def _talk(session: aiohttp.ClientSession, url: str, person: int, numbers: range) -> None:
    for number in numbers:
        body = _event(person, number)
        headers = {"Content-Type": "application/json", **signature(SECRET, body, time.time())}
        async with session.post(f"{url}/slack/events", data=body, headers=headers) as answer:
            assert answer.status == 200, answer.status


def _event(place: int, number: int) -> str:
    person = place + PEOPLE * (number // TALK)
    return message_event(TEAM, str(person), number, f"{place:02}{number:06}")


def message_event(team: str, person: str, nth: int, unique: str) -> str:
    """The body of Slack's event for the ``nth`` message of a talk; ``unique`` are digits that no other event has."""
    event = {
        "type": "message",
        "channel": f"D0P{person}",
        "channel_type": "im",
        "user": f"U0P{person}",
        "text": SAID[nth % len(SAID)],
        "ts": f"1772620000.{unique}",
    }
    around = {"type": "event_callback", "team_id": team, "event_id": f"Ev{unique}", "event_time": 1772620000}
    return json.dumps({**around, "event": event, "authorizations": [{"team_id": team, "user_id": "U0BOT"}]})


async def _cpu(session: aiohttp.ClientSession, url: str) -> float:
    async with session.get(f"{url}/cpu") as response:
        return float(await response.text())


async def compare(turns: int) -> float:
    """Print what each takes; the ratio of our turn to the bare listener."""
    figures = {what: await measure(what, turns) for what in KINDS}
    for what, microseconds in figures.items():
        print(f"{what:16} {microseconds:8.0f} us CPU  {microseconds / figures['bolt']:6.2f} of the bare listener")
    return figures["turn"] / figures["bolt"]


def main() -> int:
    """Exit 1 when our turn takes more than the budget allows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=1_600)
    arguments = parser.parse_args()
    ratio = asyncio.run(compare(arguments.turns))
    print(f"{ratio:.2f} of the bare listener's CPU; the budget is {BUDGET}")
    return 0 if ratio <= BUDGET else 1


if __name__ == "__main__":
    sys.exit(main())
