"""Every conversation test of this folder, in the shipped words and in random ones; together they take every way."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from bot import bootstrap
from bot.rehearsal.coverage import coverage, report
from bot.rehearsal.files import find_scripts, open_script
from bot.rehearsal.play import Played, play
from bot.rehearsal.rewording import reworded
from bot.rehearsal.script import Arrives, Script, Speaks
from bot.runtime.coach import Coach

HERE = Path(__file__).parent
PATHS = [path.relative_to(HERE) for path in find_scripts([HERE])]
SEEDS = (1, 2)


@cache
def coach() -> Coach:
    """The shipped coach, compiled once."""
    return bootstrap.build_coach(bootstrap.load(bootstrap.find_folders()))


@cache
def in_other_words(seed: int) -> Coach:
    return replace(coach(), catalog=reworded(coach().catalog, seed))


@cache
def script(path: Path) -> Script:
    opened = open_script(HERE / path)
    assert isinstance(opened, Script), "\n".join(map(str, opened))
    return opened


@cache
def played(path: Path) -> Played:
    return play(script(path), coach())


@pytest.mark.parametrize("path", PATHS, ids=str)
def test_the_conversation_goes_as_it_is_written(path: Path) -> None:
    problem = played(path).problem

    assert problem is None, str(problem)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("path", PATHS, ids=str)
def test_the_conversation_goes_the_same_way_in_random_words(path: Path, seed: int) -> None:
    problem = play(script(path), in_other_words(seed), reworded=True).problem

    assert problem is None, str(problem)


@pytest.mark.parametrize("path", PATHS, ids=str)
def test_the_conversation_goes_the_same_way_for_somebody_who_was_welcomed_first(path: Path) -> None:
    problem = play(welcomed(script(path)), coach()).problem

    assert problem is None, str(problem)


def welcomed(written: Script) -> Script:
    """The script of somebody who opens the chat first; the small print then comes with the welcome."""
    lines = tuple(_without_small_print(line) if isinstance(line, Speaks) else line for line in written.lines)
    arrives = () if isinstance(lines[0], Arrives) else (Arrives(lines[0].node),)
    return replace(written, lines=(*arrives, *lines))


def _without_small_print(line: Speaks) -> Speaks:
    return replace(line, keys=tuple(key for key in line.keys if key.text != "repairs.small_print"))


def test_the_conversations_take_every_way_of_every_dialog() -> None:
    taken = frozenset().union(*(played(path).ways for path in PATHS))

    gaps = [line for line in report(coverage(coach().library, taken)) if line.startswith("  ")]

    assert gaps == [], "\n".join(gaps)
