"""The words of moments: another language reads by its own file, and a wrong one is refused at its place."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.coach.moment_names import Names
from bot.coach.moments import MomentReader
from bot.coach.rules import BadRuleError, Rules
from bot.coach.words import Words
from tests.coach.shipped_knowledge import NOW
from tests.coach.shipped_rules import shipped_rules

SHIPPED: Mapping[str, Any] = shipped_rules()["moments"]

GERMAN: Mapping[str, Any] = yaml.load(
    (Path(__file__).parent / "german_moments.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
)


@pytest.mark.parametrize(
    ("text", "day", "at", "recurrence"),
    [
        ("morgen um halb neun", "2026-03-05", "08:30", None),
        ("übermorgen um zehn uhr", "2026-03-06", "10:00", None),
        ("in drei tagen", "2026-03-07", None, None),
        ("freitag nächste woche", "2026-03-13", None, None),
        ("ende des monats", "2026-03-31", None, None),
        ("nach ostern", "2026-04-06", None, None),
        ("jeden zweiten freitag", None, None, "biweekly:FR"),
        ("freitags", None, None, "weekly:FR"),
    ],
)
def test_another_language_is_read_by_its_file_alone(
    text: str, day: str | None, at: str | None, recurrence: str | None
) -> None:
    when = MomentReader(Names.from_rules(Rules(GERMAN))).read(Words.of(text), NOW)

    assert (when.day, when.at) == (day and date.fromisoformat(day), at and time.fromisoformat(at))
    assert when.recurrence == recurrence


PATHS = [
    *((key,) for key in SHIPPED),
    *((section, key) for section in ("links", "clock", "rhythm", "stretch", "day") for key in SHIPPED[section]),
]


def without(path: tuple[str, ...]) -> dict[str, Any]:
    """The shipped file without what stands at the path."""
    rules = deepcopy(dict(SHIPPED))
    around(rules, path).pop(path[-1])
    return rules


def changed(path: tuple[str, ...], value: object) -> dict[str, Any]:
    """The shipped file with the value at the path."""
    rules = deepcopy(dict(SHIPPED))
    around(rules, path)[path[-1]] = value
    return rules


def around(rules: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    """The map that holds, or shall hold, what the path leads to."""
    for key in path[:-1]:
        rules = rules[key]
    return rules


@pytest.mark.parametrize("path", PATHS, ids=".".join)
def test_nothing_may_be_missing(path: tuple[str, ...]) -> None:
    with pytest.raises(BadRuleError) as fault:
        Names.from_rules(Rules(without(path)))

    assert (fault.value.path, fault.value.message) == (path[:-1], f"has no `{path[-1]}`")


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("links", "nextt"), ["next"], "is not used; there are after, before, next, last, the, of, week"),
        (("days", "someday"), "7", "should be a whole number from 0 to 6"),
        (("clock", "exact", "dawn"), "half past", "should be a number"),
        (("parts", "dusk"), "twilight", "should be one of morning, midday, afternoon, evening"),
        (("parts", "late evening"), "evening", "should be a single word in small letters"),
        (("part_times", "evening"), "late", "should be a clock time like 10:00"),
        (("stretch", "feasts", "leap"), "02-29", "should be a month and a day like 12-25, or easter"),
        (("rhythm", "every"), "each", "should be a list"),
    ],
)
def test_what_is_wrong_is_refused_at_its_place(path: tuple[str, ...], value: object, message: str) -> None:
    with pytest.raises(BadRuleError) as fault:
        Names.from_rules(Rules(changed(path, value)))

    assert (fault.value.path, fault.value.message) == (path, message)


@pytest.mark.parametrize("word", ["each one", "It's", "Every", "-", ""])
def test_a_list_of_words_holds_nothing_that_no_word_of_a_text_can_be(word: str) -> None:
    with pytest.raises(BadRuleError) as fault:
        Names.from_rules(Rules(changed(("rhythm", "every"), ["every", word])))

    assert fault.value.path == ("rhythm", "every", 1)
