"""Bootstrap: overlays lie on the shipped folders, and keys are where they belong."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from bot.bootstrap import SHIPPED, build_coach, find_folders, open_database, ready_coach
from bot.coach.rules import BadRuleError
from bot.errors import AfterwordError, UsageError
from bot.settings import Settings, read_settings
from tests.fakes import SAM
from tests.shipped import compiled


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({"AFTERWORD_DATA": str(tmp_path / "data")})


def test_without_overlays_there_is_what_ships() -> None:
    folders = find_folders()

    assert (folders.dialogs, folders.content) == ((SHIPPED / "dialogs",), (SHIPPED / "content",))


def test_overlays_come_after_what_ships_in_the_order_given(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()

    folders = find_folders([str(tmp_path / "two"), str(tmp_path / "one")], [str(tmp_path / "two")])

    assert folders.dialogs[1:] == (tmp_path / "two", tmp_path / "one")
    assert folders.content[1:] == (tmp_path / "two",)


def test_a_folder_of_dialogs_may_bring_its_own_words(tmp_path: Path) -> None:
    (tmp_path / "echo" / "content").mkdir(parents=True)

    assert find_folders([str(tmp_path / "echo")]).content[1:] == (tmp_path / "echo" / "content",)


def test_a_folder_that_is_not_there_is_told_with_what_is_near(tmp_path: Path) -> None:
    (tmp_path / "dialogues").mkdir()

    with pytest.raises(UsageError, match=r"Did you mean dialogues\?"):
        find_folders([str(tmp_path / "dialogue")])


async def test_a_new_database_gets_a_folder_and_keys_for_its_owner_alone(settings: Settings) -> None:
    storage = await open_database(settings.db, settings)
    await storage.close()

    assert stat.S_IMODE(settings.key_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.key_file.parent.stat().st_mode) == 0o700


async def test_memory_needs_no_key_file(settings: Settings) -> None:
    storage = await open_database("sqlite://", settings)
    await storage.close()

    assert not settings.key_file.exists()


async def test_another_key_does_not_open_the_database(settings: Settings, tmp_path: Path) -> None:
    storage = await open_database(settings.db, settings)
    await storage.load(SAM)
    await storage.close()

    with pytest.raises(AfterwordError):
        await open_database(settings.db, replace(settings, key_file=tmp_path / "other.key"))


async def test_a_folder_that_cannot_be_made_is_told(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(AfterwordError, match="cannot be made"):
        await open_database(settings.db, replace(settings, key_file=tmp_path / "file" / "afterword.key"))


def test_an_overlay_that_ships_is_found_by_its_name() -> None:
    assert find_folders(["echo"]).dialogs[1:] == (SHIPPED / "dialogs" / "echo",)


def test_a_folder_of_ones_own_wins_over_one_that_ships(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "echo").mkdir()
    monkeypatch.chdir(tmp_path)

    assert find_folders(["echo"]).dialogs[1:] == (Path("echo"),)


def test_a_coach_made_ready_has_read_what_is_otherwise_read_when_somebody_writes() -> None:
    broken = replace(compiled(), rules={"en": {}})

    build_coach(broken)

    with pytest.raises(BadRuleError):
        ready_coach(broken)
