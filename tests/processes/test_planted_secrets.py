"""Planted secrets: what people write and what opens doors stands in no file that a running coach writes."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes.serving import TEAM, Served, served
from tests.standins.slack import SIGNING_SECRET, SlackStandIn, Someone

COMPANY, ROLE, NAME = "Wobblecorp", "taxidermist", "Ottoline"
DRAFT = "I was dreadfully humiliated by Zebulon"
PLANTED = (COMPANY, ROLE, NAME, "humiliated", "Zebulon", f"xoxb-{TEAM}", SIGNING_SECRET, "sk-planted-secret")
"""Of the person, of somebody else, of ours, and a password pasted by mistake."""


def files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and path.name != "operator.yaml")


def found(folder: Path) -> list[tuple[str, str]]:
    """Each secret that stands in a file, in whatever case or encoding."""
    contents = {path.name: path.read_bytes().lower() for path in files(folder)}
    return [
        (name, secret)
        for name, content in contents.items()
        for secret in PLANTED
        for encoded in (secret.lower().encode(), secret.lower().encode("utf-16-le"))
        if encoded in content
    ]


async def live(slack: SlackStandIn, someone: Someone, running: Served) -> None:
    """A conversation with a secret at every turn, and requests that fail in every way."""
    slack.deliver_to(running.events)
    heard = 0
    for text in (
        f"{COMPANY} said no, email this morning. {ROLE} job",
        "draft it",
        f"can you check this: {DRAFT}. sk-planted-secret",
        f"my password is sk-planted-secret, call {NAME}",
        "how do I get feedback",
    ):
        await someone.writes(text)
        await someone.until(lambda: len(someone.answers) > heard, within=10)  # noqa: B023 - awaited at once
        heard = len(someone.answers)
    slack.fail("chat.postMessage", "rubbish")
    slack.fail("chat.postMessage", "error")
    await someone.writes(f"{COMPANY} again, and {DRAFT}")
    await someone.until(lambda: len(someone.answers) > heard, within=20)
    await odd_requests(slack, running)


async def odd_requests(slack: SlackStandIn, running: Served) -> None:
    """Words in bodies that are forged, that cannot be read, and that make no sense."""
    delivery = slack.deliver_to(running.events, waits=())
    await delivery.post('{"text": "' + DRAFT, "application/json")
    await delivery.post('{"type": "event_callback", "event": "' + DRAFT + '"}', "application/json")
    slack.deliver_to(running.events, waits=()).secret = "another"
    await delivery.post('{"text": "' + DRAFT + '"}', "application/json", {"X-Slack-Signature": "v0=00"})


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGSEGV])
async def test_no_secret_stands_in_any_file_however_it_ends(tmp_path: Path, end: signal.Signals) -> None:
    async with SlackStandIn() as slack:
        someone = slack.person(slack.install(TEAM), "U0SAM", name=NAME)
        async with served(slack, tmp_path, AFTERWORD_LOG_LEVEL="debug") as running:
            await live(slack, someone, running)
            _, metrics = await running.get("/metrics")
            meanwhile = found(tmp_path)
            await running.end(end)

    assert any(COMPANY in message.text for message in someone.answers), "the secrets were planted"
    assert meanwhile == []
    assert found(tmp_path) == []
    assert not any(secret in metrics for secret in PLANTED)
    assert {"afterword.db", "log"} <= {path.name for path in files(tmp_path)}
    lines = (tmp_path / "log").read_text().splitlines()
    assert lines
    assert all(line.startswith("{") for line in lines), lines
