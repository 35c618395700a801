"""Every named mistake of an author, made in a shipped file, is refused in time, naming what helps to find it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.compiler.damages import DAMAGES
from tests.compiler.damaging import ROOT, Workshop

MISTAKES = [json.loads(line) for line in (Path(__file__).parent / "mistakes.jsonl").read_text().splitlines()]

LOADS_ALL_THE_SAME = {"same", "same_kind"}
MAY_LOAD = {"either", "reject_or_same"}


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    shop = Workshop(tmp_path_factory.mktemp("mistakes"))
    yield shop
    shop.close()


@pytest.fixture(scope="module")
def sound(workshop: Workshop) -> dict[str, Any]:
    """What comes of the shipped files as they are."""
    path = "dialogs/draft.yaml"
    return workshop.try_out(path, (ROOT / path).read_bytes())


def test_the_shipped_files_load(sound: dict[str, Any]) -> None:
    assert sound["loaded"], sound["problems"]


def test_every_named_mistake_is_made() -> None:
    assert {mistake["name"] for mistake in MISTAKES} == set(DAMAGES)


@pytest.mark.parametrize("mistake", MISTAKES, ids=[mistake["name"] for mistake in MISTAKES])
def test_a_mistake(mistake: dict[str, Any], workshop: Workshop, sound: dict[str, Any]) -> None:
    damage = DAMAGES[mistake["name"]]

    found = workshop.try_out(damage.file, damage.change((ROOT / damage.file).read_bytes()))

    assert found["seconds"] <= mistake["limit_s"]
    assert found["megabytes"] <= mistake["limit_mb"]
    if mistake["expect"] in LOADS_ALL_THE_SAME or (mistake["expect"] in MAY_LOAD and found["loaded"]):
        assert found["loaded"], found["problems"]
        renamed = mistake["name"].startswith("state_named")
        assert renamed or found["version"] == sound["version"]
    else:
        assert not found["loaded"], "the mistake went unnoticed"
        check_names(mistake["message_must_name"], damage.names, damage.file, found["problems"])


def check_names(must_name: str, word: str, file: str, problems: list[str]) -> None:
    """The message names the file; with its line, unless the file as a whole is meant; and the state or key."""
    telling = [problem for problem in problems if file in problem or word in problem]
    assert telling, problems
    if must_name == "line":
        assert any(re.search(r"\.yaml:\d+", problem) for problem in telling), problems
    if must_name in ("state", "key") and word:
        assert any(word in problem for problem in telling), problems
