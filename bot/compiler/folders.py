"""Folders: which files are read, in what order, and how they are shown to their authors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.compiler.decoding import MOST_BYTES
from bot.compiler.nodes import File, Mapping
from bot.compiler.problems import Notes
from bot.compiler.source import read_source

MOST_FILES = 1_000


@dataclass(frozen=True, slots=True)
class Source:
    """One file that was read. ``layer`` counts the folders from 0; ``language`` is empty outside of one.

    ``group`` is ``dialogs``, ``content``, ``rules`` or ``blocks``.
    """

    layer: int
    group: str
    language: str
    stem: str
    node: Mapping

    @property
    def file(self) -> File:
        return self.node.file


def read_folders(dialogs: Sequence[Path | str], content: Sequence[Path | str], notes: Notes) -> tuple[Source, ...]:
    """Read every YAML file of the folders, earlier folders first; files that cannot be read are noted and left out."""
    read: list[Source] = []
    for layer, folder in enumerate(map(Path, dialogs)):
        read += _read(folder, layer, "dialogs", "", notes)
    for layer, folder in enumerate(map(Path, content)):
        read += _read(folder, layer, "content", "", notes)
        for language in _subfolders(folder):
            read += _read(language, layer, "content", language.name, notes)
            for group in ("rules", "blocks"):
                if (language / group).is_dir():
                    read += _read(language / group, layer, group, language.name, notes)
    return tuple(read)


def _subfolders(folder: Path) -> list[Path]:
    return sorted(path for path in _listing(folder) if path.is_dir() and not path.name.startswith("."))


def _read(folder: Path, layer: int, group: str, language: str, notes: Notes) -> Iterator[Source]:
    if not folder.is_dir():
        notes.problem_at(File(shown(folder), ""), 0, 0, "there is no such folder.")
        return
    paths = sorted(path for path in _listing(folder) if _is_ours(path, notes))
    if len(paths) > MOST_FILES:
        notes.problem_at(
            File(shown(folder), ""), 0, 0, f"the folder holds {len(paths):,} files; at most {MOST_FILES:,} are read."
        )
        return
    for path in paths:
        data = _bytes(path, notes)
        node = None if data is None else read_source(shown(path), data, notes)
        if node is not None:
            yield Source(layer, group, language, path.stem, node)


def _listing(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _is_ours(path: Path, notes: Notes) -> bool:
    if path.name.startswith(".") or not path.is_file():
        return False
    if path.suffix == ".yml":
        notes.warning_at(File(shown(path), ""), 0, 0, f"the file is not read; call it `{path.stem}.yaml`.")
    return path.suffix == ".yaml"


def _bytes(path: Path, notes: Notes) -> bytes | None:
    """Read a little more than the limit, so that the limit is noticed and a huge file is not read."""
    try:
        with path.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as fault:
        notes.problem_at(File(shown(path), ""), 0, 0, f"the file cannot be read ({fault.strerror}).")
        return None


def shown(path: Path) -> str:
    """The path as an author would write it: from the folder that they are in, where that is possible."""
    try:
        return path.absolute().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()
