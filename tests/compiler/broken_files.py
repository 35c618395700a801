"""Broken files with what the compiler must say of them, word for word.

A case is one text file: ``--- path`` begins a file that is laid over the example, ``--- says`` what comes of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from bot.compiler.problems import BrokenLibraryError
from tests.compiler.example import compile_with

FOLDER = Path(__file__).parent / "broken"


@dataclass(frozen=True, slots=True)
class Case:
    files: dict[str, str]
    says: str


def read_case(path: Path) -> Case:
    parts = re.split(r"^--- (\S+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    sections = dict(zip(parts[::2], parts[1::2], strict=True))
    says = sections.pop("says")
    return Case(sections, says)


def outcome(case: Case, folder: Path) -> str:
    """Lay the case over the example in an empty folder and return everything that the compiler says."""
    for name, text in case.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    try:
        problems = compile_with(folder).problems
    except BrokenLibraryError as broken:
        problems = broken.problems
    return "".join(f"{problem}\n" for problem in problems).replace(f"{folder.as_posix()}/", "")
