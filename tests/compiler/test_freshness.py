"""Helplines that nobody has looked at for half a year are named, with the place of their date."""

from __future__ import annotations

from datetime import date, timedelta

from bot.coach.helplines import FRESH_FOR
from bot.compiler.folders import Source
from bot.compiler.freshness import stale_helplines
from bot.compiler.problems import Notes
from bot.compiler.source import read_source

CHECKED = date(2026, 1, 10)
TEXT = b"""international: {name: Everywhere, checked_on: 2026-01-10}
countries:
  GB:
    lines:
      - {name: Samaritans, call: 116 123, checked_on: 2026-01-10}
      - {name: Undated, call: 116 123, checked_on: soon}
"""


def _stale(days: timedelta, stem: str = "helplines") -> list[tuple[int, str]]:
    node = read_source("content/en/rules/helplines.yaml", TEXT, Notes())
    assert node is not None
    found = stale_helplines([Source(0, "rules", "en", stem, node)], CHECKED + days)
    assert all(one.severity == "warning" for one in found)
    return [(one.line, one.message.partition(" was")[0]) for one in found]


def test_a_line_counts_as_checked_for_half_a_year() -> None:
    assert _stale(FRESH_FOR) == []


def test_every_line_that_is_older_is_named_at_its_date() -> None:
    assert _stale(FRESH_FOR + timedelta(days=1)) == [(1, "`Everywhere`"), (5, "`Samaritans`")]


def test_dates_of_other_files_are_not_looked_at() -> None:
    assert _stale(timedelta(days=1000), "areas") == []
