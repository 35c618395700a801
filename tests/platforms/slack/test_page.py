"""The page about Slack: every point of the checklist has its line, and every test that it names exists."""

from __future__ import annotations

import re

import pytest

from tests.project import ROOT

PAGE = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")
LAST_POINT = 50

NAMED = sorted(set(re.findall(r"`(test_\w+)`", PAGE)))
TESTS = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))


def test_every_point_has_its_line() -> None:
    points: set[int] = set()
    for first, last in re.findall(r"^\| S(\d+)(?:(?:,| to) S(\d+))? ", PAGE, re.MULTILINE):
        points.update(range(int(first), int(last or first) + 1))

    assert points == set(range(1, LAST_POINT + 1))


@pytest.mark.parametrize("name", NAMED)
def test_every_test_that_is_named_exists(name: str) -> None:
    assert f"def {name}(" in TESTS


def test_there_are_ten_steps() -> None:
    steps = PAGE.partition("## From nothing")[2].partition("###")[0]

    assert re.findall(r"^(\d+)\. ", steps, re.MULTILINE) == [str(number) for number in range(1, 11)]
