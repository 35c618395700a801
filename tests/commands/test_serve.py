"""`afterword serve` and `afterword work`: start with what fits, refuse what does not, end when told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from socket import create_server
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from tests.project import ROOT

SLACK = {
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_SIGNING_SECRET": "abc",
    "AFTERWORD_SLACK_API_URL": "http://127.0.0.1:1/api/",
}
PATIENCE = 30.0


def environment(data: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """Ours without anything that would switch a platform on, and with the settings given."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "Microsoft"))}
    return {**ours, "AFTERWORD_DATA": str(data), "PYTHONWARNINGS": "error", **settings}


@pytest.fixture
def contact(tmp_path: Path) -> str:
    """A folder of words with a contact of one's own."""
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "operator.yaml").write_text("human_contact: the careers desk, room 5\n")
    return str(folder)


def free_port() -> int:
    with create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def running(data: Path, settings: Mapping[str, str], *words: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *words],
        cwd=ROOT,
        env=environment(data, settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def refused(data: Path, settings: Mapping[str, str], *words: str) -> tuple[int, str]:
    """Exit code and complaint of a command that does not start."""
    with running(data, settings, *words) as process:
        _, complaint = process.communicate(timeout=PATIENCE)
        return process.returncode, complaint.decode()


def wait_until_ready(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1) as answer:
                assert answer.status == 200
                return
        except URLError:
            time.sleep(0.05)
    raise AssertionError("it did not start")


@pytest.mark.parametrize(
    ("settings", "lines"),
    [
        ({}, ["no platform is set up"]),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, ["SLACK_SIGNING_SECRET is missing"]),
        ({**SLACK, "SLACK_SIGNING_SECRET": " "}, ["SLACK_SIGNING_SECRET is missing"]),
        (
            {**SLACK, "SLACK_BOT_TOKEN": "xoxp-1", "SLACK_CLIENT_ID": "1.2"},
            ["SLACK_BOT_TOKEN is another kind", "SLACK_CLIENT_SECRET is missing"],
        ),
    ],
)
@pytest.mark.parametrize("command", ["serve", "work"])
def test_settings_that_do_not_fit_are_said_line_by_line_and_nothing_starts(
    tmp_path: Path, contact: str, command: str, settings: dict[str, str], lines: list[str]
) -> None:
    code, complaint = refused(tmp_path, settings, command, "--content", contact)

    assert code == 1
    assert all(line in complaint for line in lines)
    assert "Traceback" not in complaint
    assert not (tmp_path / "afterword.db").exists()


def test_nobody_is_sent_to_the_contact_of_the_example(tmp_path: Path) -> None:
    code, complaint = refused(tmp_path, SLACK, "serve")

    assert code == 1
    assert "human_contact" in complaint


def test_a_rule_that_would_break_when_somebody_writes_is_refused_at_the_start(tmp_path: Path, contact: str) -> None:
    rules = Path(contact) / "en" / "rules"
    rules.mkdir(parents=True)
    (rules / "corrections.yaml").write_text("starts: (no|nope\n")

    code, complaint = refused(tmp_path, SLACK, "serve", "--content", contact)

    assert code == 1
    assert "corrections.yaml:1" in complaint
    assert "Traceback" not in complaint


def test_a_port_that_is_taken_is_said_in_a_line(tmp_path: Path, contact: str) -> None:
    with create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, complaint = refused(tmp_path, SLACK, "serve", "--port", str(port), "--content", contact)

    assert code == 1
    assert complaint.startswith(f"afterword: 127.0.0.1:{port} cannot be listened on")
    assert "Traceback" not in complaint


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_without_calling_anybody_and_ends_when_told_to(
    tmp_path: Path, contact: str, number: signal.Signals
) -> None:
    port = free_port()
    with running(tmp_path, SLACK, "serve", "--port", str(port), "--content", contact) as process:
        wait_until_ready(port, process)

        process.send_signal(number)
        _, complaint = process.communicate(timeout=PATIENCE)

    assert process.returncode == 0, complaint.decode()
    assert "Traceback" not in complaint.decode()
    assert f"Begun for slack, listening on 127.0.0.1:{port}; the dialogs are version " in complaint.decode()


def test_a_worker_alone_ends_when_told_to(tmp_path: Path, contact: str) -> None:
    with running(tmp_path, SLACK, "work", "--content", contact) as process:
        until = time.monotonic() + PATIENCE
        while not (tmp_path / "afterword.db").exists() and time.monotonic() < until:
            time.sleep(0.05)

        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)

    assert process.returncode == 0


def test_a_worker_alone_says_how_it_is_where_it_is_asked_to_and_takes_no_message(tmp_path: Path, contact: str) -> None:
    port = free_port()
    with running(tmp_path, SLACK, "work", "--port", str(port), "--content", contact) as process:
        wait_until_ready(port, process)

        with urlopen(f"http://127.0.0.1:{port}/metrics") as measured:
            counted = measured.read().decode()
        with pytest.raises(HTTPError, match="404"):
            urlopen(f"http://127.0.0.1:{port}/slack/events", data=b"{}")
        process.send_signal(signal.SIGTERM)
        _, complaint = process.communicate(timeout=PATIENCE)

    assert "afterword_outbox" in counted
    assert process.returncode == 0, complaint.decode()
