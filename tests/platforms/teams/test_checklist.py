"""The checklist in docs/teams.md: every point is there, and every test that it names."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent
PAGE = (HERE.parents[2] / "docs" / "teams.md").read_text(encoding="utf-8")
WITHOUT_A_TEST = {27, 34, 36}
"""What is somebody else's to give, or what there is none of."""


def rows() -> dict[int, str]:
    """The rows of the table, by each point that they answer."""
    lines = [line for line in PAGE.splitlines() if re.match(r"\| T\d", line)]
    return {int(point): line for line in lines for point in re.findall(r"\bT(\d+)\b", line.split("|")[1])}


def test_every_point_is_answered() -> None:
    assert list(rows()) == list(range(1, 37))


def test_every_point_names_the_test_that_shows_it() -> None:
    assert {point for point, row in rows().items() if "`test_" not in row} == WITHOUT_A_TEST


def test_every_named_test_exists() -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in HERE.rglob("test_*.py"))

    assert [name for name in re.findall(r"`(test_\w+)`", PAGE) if f"def {name}(" not in written] == []
