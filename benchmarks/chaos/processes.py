"""The processes of a coach that is to suffer: started, killed, paused and started again; only those begun here."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from socket import create_server

WORDS = ("-m", "bot", "serve", "--dialogs", "echo")


class Processes:
    """``serve`` so many times on one database, each on a port of its own."""

    def __init__(
        self, many: int, db: str, folder: Path, settings: Mapping[str, str], words: Sequence[str] = WORDS
    ) -> None:
        self.ports = [_free_port() for _ in range(many)]
        self.kills = self.pauses = self.ends = 0
        self._words = words
        self._db = db
        self._folder = folder
        self._environment = {**os.environ, **settings, "AFTERWORD_DATA": str(folder)}
        self._running = [self._start(port) for port in self.ports]

    def kill(self) -> None:
        """One of them is gone without a word, and another takes its place."""
        nth = random.randrange(len(self.ports))
        self._running[nth].kill()
        self._running[nth].wait()
        self._running[nth] = self._start(self.ports[nth])
        self.kills += 1

    def look_after(self) -> None:
        """Like any service manager: start again what ended by itself, such as one that found no database."""
        for nth, process in enumerate(self._running):
            if process.poll() is not None:
                self.ends += 1
                self._running[nth] = self._start(self.ports[nth])

    async def pause(self, seconds: float) -> None:
        """One of them stands still, with whatever it holds, and goes on as if nothing had been."""
        process = random.choice(self._running)
        if process.poll() is None:
            process.send_signal(signal.SIGSTOP)
            self.pauses += 1
            await asyncio.sleep(seconds)
            process.send_signal(signal.SIGCONT)

    def end(self) -> None:
        for process in self._running:
            process.kill()
            process.wait()

    def cpu(self) -> float:
        """Seconds of CPU that those which run now took so far."""
        return sum(_cpu(process.pid) for process in self._running)

    def _start(self, port: int) -> subprocess.Popen[bytes]:
        with (self._folder / f"{port}.log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own interpreter and words
                [sys.executable, *self._words, "--db", self._db, "--content", str(self._folder), "--port", str(port)],
                env=self._environment,
                stdout=log,
                stderr=log,
            )


def _cpu(pid: int) -> float:
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _free_port() -> int:
    with create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
