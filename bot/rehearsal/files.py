"""Finds the files of conversation tests and reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.compiler.problems import Notes, Problem
from bot.errors import UsageError
from bot.rehearsal.reading import read_script
from bot.rehearsal.script import Script


def find_scripts(paths: Iterable[Path]) -> Iterator[Path]:
    """Files as they are given, and every YAML file below the folders.

    Raises:
        UsageError: a path is not there.
    """
    for path in paths:
        if not path.exists():
            raise UsageError(
                f"there is no conversation test at `{path}`; `afterword test DIR` plays those of a folder."
            )
        yield from [path] if path.is_file() else sorted(path.rglob("*.yaml"))


def open_script(path: Path) -> Script | tuple[Problem, ...]:
    """The script, or all that is wrong with its file."""
    notes = Notes()
    return read_script(path, notes) or notes.all
