"""Folders that are laid over the example."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.compiler.example import Overlay


@pytest.fixture
def overlay(tmp_path: Path) -> Overlay:
    """A folder with these files, by path."""

    def write(name: str = "overlay", **files: str) -> Path:
        for path, text in files.items():
            file = tmp_path / name / f"{path.replace('__', '/')}.yaml"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return tmp_path / name

    return write
