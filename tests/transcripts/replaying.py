"""Replaying: the person's lines of a transcript said again to the coach of today, and what it answers.

``python -m tests.transcripts.replaying`` writes what the coach says today into docs/transcripts/. Read what changed: a
transcript is there to be felt, and the prose below it may no longer be true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.bootstrap import build_coach
from bot.engine.conversation import Conversation, Profile
from bot.engine.events import Arrived, Event, MessageReceived, Tick
from bot.engine.ticking import next_due
from bot.platforms.terminal_page import lines
from bot.runtime.coach import Coach
from bot.runtime.lengths import length_of
from tests.project import ROOT
from tests.shipped import compiled

FOLDER = ROOT / "docs" / "transcripts"
PAGES = tuple(path for path in sorted(FOLDER.glob("*.md")) if path.stem != "README")

PERSON = "Sam: "
START = datetime(2026, 3, 4, 10, 10, tzinfo=UTC)
PROFILE = Profile("Sam", "Europe/London", "en", "GB")

_TALK = re.compile(r"(?<=```text\n).*?(?=```)", re.DOTALL)
_LATER = re.compile(r"\((.+) later\)")


def talk_in(page: str) -> str:
    """The transcript of a page: what stands in its one fenced block."""
    (found,) = _TALK.findall(page)
    return str(found)


def said_in(talk: str) -> list[str]:
    """What the person does, line by line: their words, and the time that goes by."""
    return [line for line in talk.splitlines() if line.startswith(PERSON) or _LATER.fullmatch(line)]


def replay(said: list[str], coach: Coach) -> str:
    """Return the whole talk as it goes today."""
    stage = _Stage(coach)
    heard = [*stage.hear(Arrived())]
    for line in said:
        heard.append(line)
        later = _LATER.fullmatch(line)
        heard += stage.wait(later[1]) if later else stage.hear(MessageReceived(line.removeprefix(PERSON)))
    return "\n".join(heard) + "\n"


class _Stage:
    """One conversation and its clock."""

    def __init__(self, coach: Coach) -> None:
        self._coach = coach
        self._conversation = Conversation(profile=PROFILE)
        self._now = START

    def hear(self, event: Event) -> Iterator[str]:
        spoken = self._coach.take_turn(self._conversation, event, self._now)
        self._conversation = spoken.turn.conversation
        if spoken.message is not None:
            yield from lines(spoken.message)

    def wait(self, length: str) -> Iterator[str]:
        until = self._now + length_of(length)
        while (due := next_due(self._conversation)) is not None and due <= until:
            self._now = max(self._now, due)
            yield from self.hear(Tick(due))
        self._now = until


def rewrite(path: Path, coach: Coach) -> None:
    """Put what the coach says today into the page."""
    page = path.read_text(encoding="utf-8")
    talk = replay(said_in(talk_in(page)), coach)
    path.write_text(_TALK.sub(lambda _: talk, page), encoding="utf-8")


if __name__ == "__main__":
    today = build_coach(compiled())
    for one in PAGES:
        rewrite(one, today)
