"""The app package, held against what the manifest's published schema and the store's rules say."""

from __future__ import annotations

import json
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest

from bot.platforms.teams.icons import color_icon, outline_icon
from bot.platforms.teams.incoming import COMMANDS, LISTED
from bot.platforms.teams.package import DESCRIPTIONS, App, manifest, write

APP = App(
    app_id="1a2b3c4d-0000-4000-8000-0123456789ab",
    developer="Careers Desk",
    website="https://careers.example/",
    privacy="https://careers.example/privacy",
    terms="https://careers.example/terms",
)
LONGEST = {
    ("developer", "name"): 32,
    ("name", "short"): 30,
    ("name", "full"): 100,
    ("description", "short"): 80,
    ("description", "full"): 4_000,
}


def pixels(png: bytes) -> tuple[int, int, list[bytes]]:
    """Width, height and the RGBA values of a PNG as ours are written."""
    width, height = struct.unpack(">II", png[16:24])
    start = png.index(b"IDAT") + 4
    (length,) = struct.unpack(">I", png[start - 8 : start - 4])
    raw = zlib.decompress(png[start : start + length])
    rows = [raw[1 + row * (4 * width + 1) :][: 4 * width] for row in range(height)]
    return width, height, [row[4 * at : 4 * at + 4] for row in rows for at in range(width)]


@pytest.mark.parametrize(("path", "most"), LONGEST.items())
def test_no_text_is_longer_than_the_schema_takes(path: tuple[str, str], most: int) -> None:
    assert 0 < len(manifest(APP)[path[0]][path[1]]) <= most


def test_the_description_keeps_to_the_stores_rules() -> None:
    full = manifest(APP)["description"]["full"]

    assert len(full.split()) <= 500
    assert "Microsoft Teams" in full.split(".")[0]
    assert not re.search(r"\b(best|leading|amazing|ultimate|greatest|#1)\b", full, re.IGNORECASE)


def test_every_listed_command_is_described_and_works() -> None:
    commands = manifest(APP)["bots"][0]["commandLists"][0]["commands"]

    assert [one["title"] for one in commands] == list(LISTED) == list(DESCRIPTIONS)
    assert len(commands) <= 10
    assert all(len(one["title"]) <= 32 and len(one["description"]) <= 128 for one in commands)
    assert set(LISTED) <= set(COMMANDS)


def test_the_bot_is_personal_and_its_id_is_the_apps() -> None:
    built = manifest(APP)

    assert built["bots"][0]["scopes"] == ["personal"]
    assert built["id"] == built["bots"][0]["botId"] == built["composeExtensions"][0]["botId"]


def test_the_compose_box_has_one_action() -> None:
    (action,) = manifest(APP)["composeExtensions"][0]["commands"]

    assert (action["title"], action["fetchTask"], action["context"]) == ("Draft a feedback request", True, ["compose"])


def test_no_domain_is_trusted_that_is_not_needed() -> None:
    assert manifest(APP)["validDomains"] == []


def test_no_other_chat_platform_is_named() -> None:
    assert not re.search(r"slack|discord|whatsapp|telegram|zoom", json.dumps(manifest(APP)), re.IGNORECASE)


def test_the_zip_holds_manifest_and_icons(tmp_path: Path) -> None:
    write(APP, tmp_path / "app.zip")

    with zipfile.ZipFile(tmp_path / "app.zip") as packed:
        read: dict[str, Any] = json.loads(packed.read("manifest.json"))
        assert sorted(packed.namelist()) == ["color.png", "manifest.json", "outline.png"]
    assert read == manifest(APP)


def test_the_colour_icon_fills_its_square() -> None:
    width, height, points = pixels(color_icon())

    assert (width, height) == (192, 192)
    assert {point[3] for point in points} == {255}
    assert b"\xff\xff\xff\xff" in points


def test_the_outline_icon_is_white_on_nothing() -> None:
    width, height, points = pixels(outline_icon())

    assert (width, height) == (32, 32)
    assert {point[:3] for point in points} == {b"\xff\xff\xff"}
    assert {point[3] for point in points} >= {0, 255}


@pytest.mark.parametrize(("name", "drawn"), [("color.png", color_icon()), ("outline.png", outline_icon())])
def test_the_icons_in_the_folder_are_the_ones_that_are_drawn(name: str, drawn: bytes) -> None:
    kept = (Path(__file__).parents[3] / "deploy" / "teams" / name).read_bytes()

    assert pixels(kept) == pixels(drawn)
