"""The project as its tests see it: its files, its Python modules, its declared dependencies."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDERS = (".ci", "benchmarks", "bot", "content", "deploy", "dialogs", "docs", "requirements", "tests")
LOCKS = tuple(sorted((ROOT / "requirements").glob("*.txt")))


def files() -> Iterator[Path]:
    """Every file that belongs to the project, caches and environments apart."""
    yield from (path for path in ROOT.iterdir() if path.is_file() and path.name != ".git")
    for folder in FOLDERS:
        yield from (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def modules(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    """Parsed modules below the folders, named by their path from the top."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def dependencies() -> dict[str, set[str]]:
    """Declared dependencies in lower case, by extra; ``core`` are those that everybody has."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = {"core": project["dependencies"], **project["optional-dependencies"]}
    return {group: {name_of(requirement) for requirement in requirements} for group, requirements in groups.items()}


def pins(lock: Path) -> dict[str, str]:
    """What a lock pins: version by name."""
    found = re.findall(r"^([\w.-]+)==([^\s;\\]+)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    return {name.lower(): version for name, version in found}


def name_of(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    assert found, f"{requirement!r} names no package"
    return found.group().lower()
