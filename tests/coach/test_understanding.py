"""The examples in docs/understanding.md are read as that page says."""

import re

import pytest

from bot.coach.reading_lines import read_line
from tests.coach.shipped_knowledge import KNOWLEDGE, NOW
from tests.project import ROOT

PAGE = (ROOT / "docs" / "understanding.md").read_text(encoding="utf-8")


def table(heading: str) -> list[list[str]]:
    """Return the cells of the rows below a head that begins with `written`, in the section of that heading."""
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = section.split("| written |")[1].splitlines()[2:]
    return [[cell.strip() for cell in re.split(r"\|", row)[1:-1]] for row in rows if row.startswith("|")]


@pytest.mark.parametrize(("written", "intent"), table("Openings"))
def test_an_opening_is_read_as_shown(written: str, intent: str) -> None:
    assert read_line("opening", {"text": written}, NOW, "GB", KNOWLEDGE)["intent"] == intent


@pytest.mark.parametrize(("written", "action"), table("Commands in plain words"))
def test_a_command_is_read_as_shown(written: str, action: str) -> None:
    assert read_line("command", {"text": written}, NOW, "GB", KNOWLEDGE)["action"] == action


@pytest.mark.parametrize(("written", "answer", "rule"), table("Safety"))
def test_a_crisis_is_decided_by_the_rule_that_is_named(written: str, answer: str, rule: str) -> None:
    found = read_line("opening", {"text": written}, NOW, "GB", KNOWLEDGE)

    assert (found["safety"] or "none", found["safety_rule"] or "") == (answer, rule)
