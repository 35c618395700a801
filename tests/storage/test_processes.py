"""Several processes on one database, some of which are killed."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.runtime.ports import Kept
from bot.storage.keyfile import open_key_file
from bot.storage.opening import open_storage
from tests.storage.people import SAM
from tests.storage.talker import count_on

ROOT = Path(__file__).parents[2]


TURNS = 3
STATEMENTS = [*(("sqlite", number) for number in range(1, 22)), *(("postgres", number) for number in range(1, 7))]
"""A server is asked twice for each turn, a file for every step of a batch."""


class Place:
    """A database and its key file, for processes to meet at."""

    def __init__(self, url: str, key_file: Path) -> None:
        self.url, self.key_file = url, key_file

    def start(self, name: str, turns: int, dies_at: int = 0) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.storage.talker", self.url, str(self.key_file)]
        return subprocess.Popen([*command, name, str(turns), str(dies_at)], stdout=subprocess.PIPE, text=True, cwd=ROOT)

    async def finish(self, *unsure: str) -> Kept:
        """Deliver again what may or may not have been committed, and look at what is kept."""
        storage = await open_storage(self.url, open_key_file(self.key_file))
        for inbound in unsure:
            await count_on(storage, inbound)
        kept = await storage.kept(SAM)
        await storage.close()
        assert kept is not None
        return kept


@pytest.fixture
def place(lasting_url: str, tmp_path: Path) -> Place:
    return Place(lasting_url, tmp_path / "afterword.key")


def _messages(turns: int) -> list[str]:
    return [str(number) for number in range(1, turns + 1)]


async def test_processes_that_start_and_talk_at_once_lose_no_turn_and_double_none(place: Place) -> None:
    processes = [place.start(name, turns=25) for name in "abc"]
    acknowledged = [process.communicate()[0].split() for process in processes]
    assert [len(turns) for turns in acknowledged] == [25, 25, 25]

    kept = await place.finish()

    assert kept.body == "75"
    assert [letter.body for letter in kept.letters] == _messages(75)


@pytest.mark.parametrize(("lasting_url", "statement"), STATEMENTS, indirect=["lasting_url"])
async def test_a_process_killed_at_any_statement_loses_nothing_that_it_had_acknowledged(
    place: Place, statement: int
) -> None:
    process = place.start("a", turns=TURNS, dies_at=statement)
    acknowledged = process.communicate()[0].split()
    assert process.returncode == -signal.SIGKILL

    kept = await place.finish(*(f"a{number}" for number in range(3)))

    assert len(acknowledged) < 3
    assert kept.body == "3"
    assert [letter.body for letter in kept.letters] == _messages(3)
    assert sorted(kept.replies) == _messages(3)


async def test_a_process_goes_on_while_another_is_killed(place: Place) -> None:
    living, dying = place.start("a", turns=30), place.start("b", turns=30, dies_at=60)
    acknowledged = dying.communicate()[0].split()
    assert len(living.communicate()[0].split()) == 30

    kept = await place.finish(*(f"b{number}" for number in range(len(acknowledged) + 1)))

    assert kept.body == str(30 + len(acknowledged) + 1)
    assert [letter.body for letter in kept.letters] == _messages(int(kept.body))
