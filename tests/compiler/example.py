"""A small library that compiles: the example of the design page word for word, and the least that it needs beside."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.compiler.library import Compiled, compile_folders
from bot.engine.model import Facts, Skill
from bot.engine.values import Values

Overlay = Callable[..., Path]
"""Writes files, given by path without their ending, into a folder to lay over the example."""

FOLDER = Path(__file__).parent / "example"
DIALOGS = (FOLDER / "rest" / "dialogs", FOLDER / "design" / "dialogs")
CONTENT = (FOLDER / "rest" / "content", FOLDER / "design" / "content")


def skills(rules: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Skill]:
    """The two skills that the example calls; they do nothing."""
    return {
        "write_draft": Skill("write_draft", ("company", "role", "tone"), ("draft", "send_by", "remind_at"), _nothing),
        "review": Skill("review", ("draft",), ("clean",), _nothing),
    }


def _nothing(known: Values, facts: Facts) -> Values:
    return {}


def compile_with(*overlays: Path) -> Compiled:
    """Compile the example with folders laid over it; each may hold ``dialogs`` and ``content``."""
    return compile_folders([*DIALOGS, *_inside(overlays, "dialogs")], [*CONTENT, *_inside(overlays, "content")], skills)


def _inside(overlays: Sequence[Path], name: str) -> list[Path]:
    return [folder / name for folder in overlays if (folder / name).is_dir()]
