"""The app package, held against what the manifest's published schema and the store's rules say."""

from __future__ import annotations

import json
import os
import re
import struct
import zipfile
import zlib
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.platforms.teams.icons import color_icon, outline_icon
from bot.platforms.teams.incoming import COMMANDS
from bot.platforms.teams.package import DESCRIPTIONS, App, main, manifest, write
from tests.shipped import coach
from tests.standins.teams_checks import SCHEMAS

APP = App(
    app_id="1a2b3c4d-0000-4000-8000-0123456789ab",
    developer="Careers Desk",
    website="https://careers.example/",
    privacy="https://careers.example/privacy",
    terms="https://careers.example/terms",
)
RULES = json.loads(Path(__file__).with_name("manifest_rules.json").read_text(encoding="utf-8"))
SCHEMA = Path(os.environ.get("TEAMS_MANIFEST_SCHEMA", SCHEMAS / "MicrosoftTeams.schema.json"))


def pixels(png: bytes) -> tuple[int, int, list[bytes]]:
    """Width, height and the RGBA values of a PNG as ours are written."""
    width, height = struct.unpack(">II", png[16:24])
    start = png.index(b"IDAT") + 4
    (length,) = struct.unpack(">I", png[start - 8 : start - 4])
    raw = zlib.decompress(png[start : start + length])
    rows = [raw[1 + row * (4 * width + 1) :][: 4 * width] for row in range(height)]
    return width, height, [row[4 * at : 4 * at + 4] for row in rows for at in range(width)]


def test_the_manifest_keeps_to_the_rules_of_its_schema() -> None:
    assert [error.message for error in jsonschema.Draft6Validator(RULES).iter_errors(manifest(APP))] == []


@pytest.mark.skipif(not SCHEMA.is_file(), reason="no published schema of manifests here; `make cards` gets it")
def test_the_manifest_is_valid_against_the_published_schema() -> None:
    published = json.loads(SCHEMA.read_text(encoding="utf-8"))

    assert [error.message for error in jsonschema.Draft4Validator(published).iter_errors(manifest(APP))] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "An app with a name that nobody could ever read"},
        {"developer": "A developer whose name is longer than it may be"},
        {"privacy": "http://careers.example/privacy"},
        {"app_id": "afterword"},
        {"version": "one"},
    ],
)
def test_what_an_operator_gets_wrong_is_said_before_teams_says_it(
    wrong: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([*arguments(replace(APP, **wrong)), "-o", str(tmp_path / "app.zip")])

    assert f"--{next(iter(wrong)).replace('_', '-')}" in capsys.readouterr().err
    assert not (tmp_path / "app.zip").exists()


def test_one_command_builds_the_package(tmp_path: Path) -> None:
    main([*arguments(APP), "-o", str(tmp_path / "app.zip")])

    with zipfile.ZipFile(tmp_path / "app.zip") as packed:
        assert json.loads(packed.read("manifest.json")) == manifest(APP)


def arguments(app: App) -> list[str]:
    """What is typed for an app."""
    return [part for name, value in asdict(app).items() for part in (f"--{name.replace('_', '-')}", value)]


def test_the_description_keeps_to_the_stores_rules() -> None:
    full = manifest(APP)["description"]["full"]

    assert len(full.split()) <= 500
    assert "Microsoft Teams" in full.split(".")[0]
    assert not re.search(r"\b(best|leading|amazing|ultimate|greatest|#1)\b", full, re.IGNORECASE)


def test_every_listed_command_is_described_and_works() -> None:
    commands = manifest(APP)["bots"][0]["commandLists"][0]["commands"]

    assert [one["title"] for one in commands] == list(COMMANDS) == list(DESCRIPTIONS)
    assert len(commands) <= 10
    assert all(len(one["title"]) <= 32 and len(one["description"]) <= 128 for one in commands)


def test_there_are_no_prompt_starters_beside_the_welcome() -> None:
    lists = manifest(APP)["bots"][0]["commandLists"]

    assert [sorted(command) for one in lists for command in one["commands"]] == [["description", "title"]] * 9


def test_the_app_has_the_name_that_the_coach_has() -> None:
    assert manifest(APP)["name"]["short"] == coach().catalog.operator["service_name"]


def test_the_bot_is_personal_and_its_id_is_the_apps() -> None:
    built = manifest(APP)

    assert built["bots"][0]["scopes"] == ["personal"]
    assert built["bots"][0]["supportsFiles"] is False
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
