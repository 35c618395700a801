"""The real `afterword serve` in a process of its own, with the stand-in for Slack on its other side."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from tests.commands.test_serve import free_port
from tests.project import ROOT
from tests.standins.slack import SIGNING_SECRET, SlackStandIn

TEAM = "T0ONE"
PATIENCE = 30.0


@dataclass(slots=True)
class Served:
    """A process that serves; everything that it writes lies in ``folder``."""

    process: Process
    port: int
    folder: Path

    @property
    def events(self) -> str:
        return f"http://127.0.0.1:{self.port}/slack/events"

    async def get(self, path: str) -> tuple[int, str]:
        async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{self.port}{path}") as got:
            return got.status, await got.text()

    async def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Tell it to end, and wait for its exit code."""
        if self.process.returncode is None:
            self.process.send_signal(number)
        return await asyncio.wait_for(self.process.wait(), PATIENCE)


@asynccontextmanager
async def served(slack: SlackStandIn, folder: Path, *words: str, **settings: str) -> AsyncIterator[Served]:
    """Serve until the end of the block; killed then, if it still runs."""
    (folder / "operator.yaml").write_text("human_contact: the careers desk, room 5\n")
    port = free_port()
    with (folder / "log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "serve", "--port", str(port), "--content", str(folder), *words),
            cwd=ROOT,
            env=_environment(slack, folder, settings),
            stdout=log,
            stderr=log,
        )
    running = Served(process, port, folder)
    try:
        await _until_ready(running)
        yield running
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def _environment(slack: SlackStandIn, folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "Microsoft"))}
    return {
        **ours,
        "AFTERWORD_DATA": str(folder),
        "TMPDIR": str(folder),
        "SLACK_BOT_TOKEN": f"xoxb-{TEAM}",
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "AFTERWORD_SLACK_API_URL": slack.api_url,
        **settings,
    }


async def _until_ready(running: Served) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            assert running.process.returncode is None, (running.folder / "log").read_text()
            try:
                if (await running.get("/readyz"))[0] == 200:
                    return
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)
