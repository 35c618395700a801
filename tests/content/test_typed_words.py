"""What people are told to type is understood, in every language, wherever they are."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from bot.coach.setting import Setting
from tests.content.shipped import lines, shipped
from tests.shipped import coach

_TOLD = re.compile(r'(?:[Ww]rite|[Tt]ype|,|\bor|^) "([a-z][a-z ]+)"(?=[ ,.:]|$)', re.MULTILINE)
_LISTED = re.compile(r'(?m)^((?:"[a-z ]+"(?:, )?)+)')
NOW = datetime(2026, 3, 4, 10, 10, tzinfo=UTC)


def told(text: str) -> set[str]:
    """The words in quotes that a message tells people to write."""
    listed = [word for row in _LISTED.findall(text) for word in re.findall('"([a-z ]+)"', row)]
    return {*_TOLD.findall(text), *listed}


def words() -> list[tuple[str, str]]:
    said = [line for line in lines("message") if re.search(r'[Ww]rite "|[Tt]ype "|^"|can also type', line.text)]
    apart = ("settings.", "home.usage", "crisis.", "nickname.nickname")  # heard by the question, or behind a command
    found = {(line.language, word) for line in said if not line.key.startswith(apart) for word in told(line.text)}
    return sorted(found)


@pytest.mark.parametrize(("language", "word"), words())
def test_a_word_that_people_are_told_to_type_is_understood(language: str, word: str) -> None:
    reading = coach().read(word, Setting(now=NOW, language=language))

    assert reading.command or (reading.sure and reading.intent in shipped().library.starts), reading


def test_there_are_such_words() -> None:
    assert {"human", "privacy", "plan", "my things", "stop", "undo", "draft"} <= {word for _, word in words()}
    assert ("en-US", "practice") in words()
