"""Nobody reads the other country's spelling: American English is complete, and British English has none of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.content.shipped import lines
from tests.content.test_shipped_wording import told

_PAIRS = [
    line.split()
    for line in (Path(__file__).parent / "spellings.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
FOREIGN = {"en": [american for _, american in _PAIRS if american != "-"], "en-US": [british for british, _ in _PAIRS]}
SPELT_BOTH_WAYS = ("practice", "license", "catalog*")
"""Nouns or rare words that British English spells so too; `practice` as a verb is in the never-list."""


def pattern(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{word.replace('*', '[a-z]*')}\b", re.IGNORECASE)


@pytest.mark.parametrize("language", FOREIGN)
def test_nothing_is_spelt_as_in_the_other_country(language: str) -> None:
    patterns = [pattern(word) for word in FOREIGN[language] if word not in SPELT_BOTH_WAYS]
    said = [
        line
        for line in lines("message", "label", "block")
        if line.language == language and "|" not in line.text  # a bar makes it a phrase to find, not to say
    ]

    found = [(line, match[0]) for line in said for one in patterns if (match := one.search(line.text))]

    assert len(said) > 300
    assert not found, told(found)


def test_both_lists_catch_what_they_are_for() -> None:
    assert pattern("organis*").search("Your organisation may read it.")
    assert not pattern("ring").search("During the spring, string by string.")
