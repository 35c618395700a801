"""Cards in the real renderer, in a browser: nothing is dropped, and what is pressed hands back what we expect.

``make cards`` runs these tests and leaves pictures to be looked at.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from bot.platforms.teams.cards import CHOOSE, WORDS
from tests.standins.teams import words_of
from tests.standins.teams_browser import LOOKS, MISSING, WIDTHS, picture, rendered
from tests.standins.teams_gallery import FORMS, SPOKEN, cards

NAMES = [*SPOKEN, *(f"form_{intent}" for intent in FORMS), "form_with_a_mistake", "form_checked"]
NAMES += ["compose_preview", "compose_result", "hostile", "picked", "longest", "export"]
WIDE = WIDTHS[-1]

in_a_browser = pytest.mark.skipif(MISSING, reason="no renderer or no browser here; `make cards` gets the renderer")


def test_every_kind_of_card_is_in_the_gallery() -> None:
    assert list(cards()) == NAMES


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", WIDTHS)
@in_a_browser
async def test_the_renderer_shows_every_word_and_has_nothing_to_say(name: str, width: int, tmp_path: Path) -> None:
    card = cards()[name]

    result = await rendered(card, tmp_path, width)

    seen = "".join(result.words.split())
    assert result.problems == []
    assert (result.wide, result.cut) == (False, 0)
    assert all("".join(line.split()) in seen for line in words_of(card).split("\n"))
    assert all("".join(action["title"].split()) in seen for action in card.get("actions", []))


@in_a_browser
async def test_nothing_in_a_text_becomes_a_link_or_bold(tmp_path: Path) -> None:
    result = await rendered(cards()["hostile"], tmp_path, WIDE)

    assert (result.links, result.bold) == (0, 0)


@pytest.mark.parametrize("name", [*SPOKEN, "hostile", "longest"])
@in_a_browser
async def test_every_press_hands_back_its_choice_and_the_words_of_the_card(name: str, tmp_path: Path) -> None:
    card = cards()[name]
    result = await rendered(card, tmp_path, WIDE)

    assert [one["title"] for one in result.pressed] == [action["title"] for action in card.get("actions", [])]
    for action, pressed in zip(card.get("actions", []), result.pressed, strict=True):
        if action.get("verb") == CHOOSE:
            assert pressed["data"].items() >= action["data"].items()
            assert json.loads(pressed["data"][WORDS])[0][1]
        if action["type"] == "Action.Submit":
            assert pressed["data"]["msteams"] == {"type": "task/fetch"}
        if action["type"] == "Action.OpenUrl":
            assert pressed["url"] == action["url"]


@in_a_browser
async def test_a_form_hands_back_its_fields(tmp_path: Path) -> None:
    card = cards()["form_draft_request"]
    given = {"company": "Acme", "news_channel": "email"}
    filled = {**card, "body": [{**one, **_filled(one, given)} for one in card["body"]]}

    data = (await rendered(filled, tmp_path, WIDE)).pressed[0]["data"]

    assert (data["company"], data["news_channel"], data["form"]) == ("Acme", "email", "draft_request")


@pytest.mark.parametrize("name", ["form_check_draft", "form_got_feedback", "form_checked", "compose_preview"])
@pytest.mark.parametrize("width", WIDTHS)
@in_a_browser
async def test_a_letter_can_be_read_where_it_is_written(name: str, width: int, tmp_path: Path) -> None:
    (height,) = (await rendered(cards()[name], tmp_path, width)).heights

    assert height > 150


@pytest.mark.skipif("CARD_PICTURES" not in os.environ, reason="nobody asked for pictures; `make cards` does")
@pytest.mark.parametrize("name", NAMES)
@in_a_browser
async def test_pictures_are_taken_to_be_looked_at(name: str, tmp_path: Path) -> None:
    folder = Path(os.environ["CARD_PICTURES"])

    for look in LOOKS:
        for width in WIDTHS:
            shot = folder / f"{name}-{look}-{width}.png"
            await picture(cards()[name], tmp_path, look, width, shot)
            assert shot.stat().st_size > 1_000


def _filled(element: dict[str, Any], given: dict[str, str]) -> dict[str, str]:
    return {"value": given[element["id"]]} if element.get("id") in given else {}
