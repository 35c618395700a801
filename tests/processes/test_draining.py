"""SIGTERM under load: what was acknowledged is answered by whoever comes next, and the end takes under ten seconds."""

from __future__ import annotations

import asyncio
import signal
import time
from pathlib import Path

import pytest

from tests.processes.serving import TEAM, Served, served
from tests.standins.slack import SlackStandIn, Someone

PEOPLE = 30
MOST = 4
"""Messages of one person; Slack shows one a second to each, which is what this test waits for."""

IN_HAND = 40
"""Messages acknowledged when the end comes, most of them not answered yet."""

LONGEST_END = 10.0


async def write(someone: Someone, acknowledged: list[tuple[Someone, str]]) -> None:
    """Write one message after the other until one is refused."""
    for number in range(MOST):
        text = f"hello #{someone.person.id}-{number}#"
        if not (await someone.writes(text))[-1].accepted:
            return
        acknowledged.append((someone, text))


def answers(someone: Someone, text: str) -> int:
    return sum(text in message.text for message in someone.answers)


async def end_under_load(slack: SlackStandIn, people: list[Someone], running: Served) -> list[tuple[Someone, str]]:
    """End the process while everybody writes; return what it acknowledged."""
    slack.deliver_to(running.events, waits=())
    acknowledged: list[tuple[Someone, str]] = []
    writing = [asyncio.ensure_future(write(someone, acknowledged)) for someone in people]
    await people[0].until(lambda: len(acknowledged) >= IN_HAND, within=20)
    began = time.monotonic()
    code = await running.end(signal.SIGTERM)
    assert (code, time.monotonic() - began < LONGEST_END) == (0, True)
    await asyncio.gather(*writing)
    return acknowledged


async def suffer(folder: Path, rounds: int) -> None:
    async with SlackStandIn() as slack:
        team = slack.install(TEAM)
        for nth in range(rounds):
            people = [slack.person(team, f"U{nth}N{number}") for number in range(PEOPLE)]
            async with served(slack, folder, "--dialogs", "echo") as running:
                acknowledged = await end_under_load(slack, people, running)
            async with served(slack, folder, "--dialogs", "echo"):
                await people[0].until(lambda said=acknowledged: all(answers(*one) for one in said), within=60)
            assert [answers(*one) for one in acknowledged] == [1] * len(acknowledged)


@pytest.mark.soak
async def test_sigterm_under_load_loses_and_doubles_nothing(tmp_path: Path, soak: bool) -> None:
    await suffer(tmp_path, rounds=30 if soak else 1)
