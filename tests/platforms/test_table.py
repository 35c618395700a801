"""The table of platforms: every one is there, says its name, and has its tests."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from bot.platforms import PLATFORMS


@pytest.mark.parametrize(("name", "module"), PLATFORMS.items())
def test_every_platform_of_the_table_says_its_own_name(name: str, module: str) -> None:
    assert name == importlib.import_module(module).NAME


@pytest.mark.parametrize("name", PLATFORMS)
def test_every_platform_of_the_table_is_tested(name: str) -> None:
    here = Path(__file__).parent
    assert (here / f"test_{name}.py").is_file() or list((here / name).glob("test_*.py"))
