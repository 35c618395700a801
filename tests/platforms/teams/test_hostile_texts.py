"""Hostile and awkward texts through the whole path, out of the kit beside a checkout where there is one."""

from __future__ import annotations

import importlib.util
import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bot.platforms.teams.extension import COMMAND
from tests.platforms.teams.serving import Running
from tests.standins.teams import TeamsStandIn, words_of
from tests.standins.teams_checks import elements, faults_of_card

KIT = Path(__file__).parents[4] / "shared" / "kit"

pytestmark = [
    pytest.mark.skipif(not KIT.is_dir(), reason="the kit of hostile texts is not here"),
    # The kit leaves its file open.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


def kit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("kit_texts", KIT / "texts.py")
    assert spec is not None, "it is there"
    assert spec.loader is not None, "it can be loaded"
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


async def test_every_text_is_answered_and_nothing_of_it_breaks_out(
    served: Running, teams: TeamsStandIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    texts = kit()
    problems: list[Any] = []

    for number, text in enumerate(texts.load(KIT / "dev" / "hostile_texts.jsonl")):
        caplog.clear()
        someone = teams.person(f"p{number}")
        status = await someone.writes(text["text"])
        if status == 413 and "bounded" in text["expect"]:
            continue  # Teams itself takes no message that is nearly as long
        answer = await someone.hears()
        found = texts.check(text, [answer], caplog.text, platform="teams", own_links=("https://example.org",))
        if status != 202 or not words_of(answer) or found:
            problems.append((text["id"], status, found))

    assert number > 100
    assert problems == []
    assert teams.refused() == []


async def test_a_hostile_employer_stays_a_name_in_draft_and_card(served: Running, teams: TeamsStandIn) -> None:
    texts = kit()
    problems: list[Any] = []

    for number, text in enumerate(texts.load(KIT / "dev" / "hostile_texts.jsonl")):
        someone = teams.person(f"p{number}")
        data = {"form": "draft_request", "application": None, "step": "fill", "news_channel": "email"}
        answered = await someone.invokes("task/submit", {"data": {**data, "company": text["text"][:80]}})
        payload = await someone.hears() if answered == "" else answered
        problems += [(text["id"], one) for one in texts.check(text, [payload], platform="teams")]

    assert problems == []
    assert teams.refused() == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("task/submit", {"data": {"form": "check_draft", "application": None, "step": "fill", "draft": "TEXT"}}),
        (
            "task/submit",
            {"data": {"form": "draft_request", "application": None, "step": "fill", "news_channel": "TEXT"}},
        ),
        ("composeExtension/submitAction", {"commandId": COMMAND, "data": {"step": "insert", "draft": "TEXT"}}),
        (
            "composeExtension/submitAction",
            {
                "commandId": COMMAND,
                "data": {"form": "draft_request", "application": None, "step": "fill", "role": "TEXT"},
            },
        ),
    ],
)
async def test_a_hostile_text_stays_a_text_in_every_dialog(
    served: Running, teams: TeamsStandIn, name: str, value: dict[str, Any]
) -> None:
    texts = kit()
    problems: list[Any] = []

    for number, text in enumerate(texts.load(KIT / "dev" / "hostile_texts.jsonl")):
        someone = teams.person(f"p{number}")
        answer = await someone.invokes(name, _with(value, text["text"][:2_000]))
        # No text of a dialog is read as Markdown: its card has none that might be, and a message is plain.
        shown = {"textFormat": "plain", "answer": answer}
        problems += [(text["id"], one) for one in texts.check(text, [shown], platform="teams")]
        problems += [(text["id"], one) for card in _cards(answer) for one in faults_of_card(card)]

    assert problems == []


def _with(value: Any, text: str) -> Any:
    """The value with the text in its place."""
    if isinstance(value, dict):
        return {key: _with(inner, text) for key, inner in value.items()}
    return text if value == "TEXT" else value


def _cards(piece: object) -> Iterator[Mapping[str, Any]]:
    """Every card in an answer."""
    return (one for one in elements(piece) if one.get("type") == "AdaptiveCard")
