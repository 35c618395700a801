"""Helplines: those that nobody has looked at for half a year are named, and those that an overlay takes away."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.coach.helplines import FRESH_FOR
from bot.compiler.folders import Source
from bot.compiler.helplines import stale_helplines
from bot.compiler.problems import Notes
from bot.compiler.source import read_source
from tests.compiler.example import Overlay, compile_with

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


SHIPPED = """international: {name: Everywhere}
countries:
  GB:
    emergency: "999"
    lines: [{name: One}, {name: Two}]
"""
OWN = "[{name: Nightline, call: 020 7946 0001}]"


def _warned(overlay: Overlay, over: str, operator: str = "") -> list[str]:
    first = overlay("first", content__en__rules__helplines=SHIPPED)
    second = overlay("second", content__en__rules__helplines=over, content__operator=operator or "days_kept: 90\n")
    return [problem.head.partition("warning: ")[2] for problem in compile_with(first, second).problems]


def test_lines_that_take_the_place_of_others_are_warned_of(overlay: Overlay) -> None:
    (warning,) = _warned(overlay, f"countries: {{GB: {{lines: {OWN}}}}}\n")

    assert warning.startswith("this replaces the 2 lines there are for `GB`; to add to them, write `also:`")


@pytest.mark.parametrize(
    "over",
    [
        f"countries: {{GB: {{lines: {{also: {OWN}}}}}}}\n",
        f"reviewed_by: Jo Bloggs, counsellor\ncountries: {{GB: {{lines: {OWN}}}}}\n",
        f"countries: {{FR: {{emergency: 112, lines: {OWN}}}}}\n",
        'countries: {GB: {emergency: "112"}}\n',
    ],
)
def test_lines_that_take_nothing_away_or_were_looked_at_are_not(overlay: Overlay, over: str) -> None:
    assert _warned(overlay, over) == []


def test_a_country_without_helplines_is_warned_of(overlay: Overlay) -> None:
    (warning,) = _warned(overlay, "countries: {FR: {lines: []}}\n", "country: PT\n")

    assert warning.startswith("there are no helplines for `PT`")
    assert _warned(overlay, "countries: {FR: {lines: []}}\n", "country: UK\n") == []
