"""What a stall of the key server or of the database costs everybody else in Teams.

Run ``python -m benchmarks.teams_stall``. A real ``serve`` is asked every few milliseconds whether it is there: the
slowest answer is the longest time for which its event loop can have been held up. Meanwhile people write; first with
nothing wrong, then while strangers' tokens name keys that only a key server knows which does not answer, then while
another program holds the lock of the database.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.commands.test_serve import free_port, running, wait_until_ready
from tests.standins.teams import Someone, TeamsStandIn

BUDGET = 0.05
"""Seconds for the slowest answer."""

STALL = 2.0
PROBE_EVERY = 0.005
WRITE_EVERY = 0.1
PEOPLE = 4


@dataclass(slots=True)
class Seen:
    """The slowest answer to a probe, in seconds, and what became of the messages."""

    slowest: float = 0.0
    taken: int = 0
    refused: int = 0


class Crowd:
    """People of one tenant who write to the server at ``url``."""

    def __init__(self, teams: TeamsStandIn, url: str) -> None:
        self._teams = teams
        self._url = url
        self._token = teams.authority.token(teams.service)
        self._people = [teams.person(f"person-{number}") for number in range(PEOPLE)]

    async def write(self, strangers: Sequence[str] = ()) -> Seen:
        """Write for as long as a stall lasts, beside strangers who come once, with a token each."""
        seen, until = Seen(), time.monotonic() + STALL
        stranger = self._teams.person("stranger")
        await asyncio.gather(
            self._probe(until, seen),
            *(self._write(someone, until, seen) for someone in self._people),
            *(self._teams.deliver(stranger.activity("message", text="help"), token) for token in strangers),
        )
        return seen

    async def _probe(self, until: float, seen: Seen) -> None:
        assert self._teams.session is not None, "it runs"
        while time.monotonic() < until:
            asked = time.monotonic()
            async with self._teams.session.get(f"{self._url}/healthz") as response:
                await response.read()
            seen.slowest = max(seen.slowest, time.monotonic() - asked)
            await asyncio.sleep(PROBE_EVERY)

    async def _write(self, someone: Someone, until: float, seen: Seen) -> None:
        while time.monotonic() < until:
            status, _ = await self._teams.deliver(someone.activity("message", text="help"), self._token)
            seen.taken += status == 202
            seen.refused += status == 503
            await asyncio.sleep(WRITE_EVERY)


async def suffer(folder: Path) -> dict[str, Seen]:
    """What was seen, by what had stalled."""
    (folder / "operator.yaml").write_text("human_contact: the careers desk, room 5\n")
    database, port = folder / "coach.db", free_port()
    words = ("serve", "--port", str(port), "--content", str(folder), "--db", f"sqlite:///{database}")
    async with TeamsStandIn(checks=False) as teams:
        with running(folder, teams.environment(), *words) as process:
            await asyncio.to_thread(wait_until_ready, port, process)
            url = f"http://127.0.0.1:{port}"
            teams.deliver_to(f"{url}/api/messages")
            crowd = Crowd(teams, url)
            await crowd.write()
            seen = {"nothing": await crowd.write()}
            with _silent(teams) as strangers:
                seen["the key server"] = await crowd.write(strangers)
            with _locked(database):
                seen["the database"] = await crowd.write()
            return seen


@contextmanager
def _silent(teams: TeamsStandIn) -> Iterator[list[str]]:
    """The key server lets everybody wait; tokens whose keys nobody knows yet."""
    for key_id in ("k7", "k8", "k9"):
        teams.authority.add(key_id)
    teams.key_server.delay = 60.0
    yield [teams.authority.token(teams.service, key_id) for key_id in ("k7", "k8", "k9")]
    teams.key_server.delay = 0.0


@contextmanager
def _locked(database: Path) -> Iterator[None]:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield


def main() -> int:
    """Exit 1 when somebody was kept waiting for longer than the budget allows."""
    with tempfile.TemporaryDirectory() as folder:
        seen = asyncio.run(suffer(Path(folder)))
    for what, one in seen.items():
        figures = (
            f"slowest answer {one.slowest * 1_000:5.1f} ms, {one.taken} messages taken, {one.refused} to come again"
        )
        print(f"stalled for {STALL:.0f} s: {what:15} {figures}")
    return 0 if all(one.slowest < BUDGET for one in seen.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
