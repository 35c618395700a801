"""Settings: what the environment says, and what holds when it says nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import is_timezone, read_settings


def test_everything_has_a_value_in_an_empty_environment() -> None:
    settings = read_settings({})

    assert settings.db == f"sqlite:///{settings.key_file.parent / 'afterword.db'}"
    assert is_timezone(settings.timezone)
    assert settings.person
    assert settings.keys is None


def test_the_data_folder_holds_database_and_keys(tmp_path: Path) -> None:
    settings = read_settings({"AFTERWORD_DATA": str(tmp_path)})

    assert settings.db == f"sqlite:///{tmp_path}/afterword.db"
    assert settings.key_file == tmp_path / "afterword.key"


def test_the_environment_wins_over_what_is_usual() -> None:
    settings = read_settings({"AFTERWORD_DB": "sqlite://", "AFTERWORD_KEY_FILE": "/k", "AFTERWORD_KEYS": "k1"})

    assert (settings.db, settings.key_file, settings.keys) == ("sqlite://", Path("/k"), "k1")


def test_several_overlays_are_written_like_a_search_path() -> None:
    settings = read_settings({"AFTERWORD_DIALOGS": "one:two", "AFTERWORD_CONTENT": ":three:"})

    assert (settings.dialogs, settings.content) == (("one", "two"), ("three",))


@pytest.mark.parametrize("variable", ["Europe/Paris", ":Europe/Paris"])
def test_the_zone_of_the_environment_is_the_persons_zone(variable: str) -> None:
    assert read_settings({"TZ": variable}).timezone == "Europe/Paris"


def test_a_zone_that_does_not_exist_is_passed_over() -> None:
    assert is_timezone(read_settings({"TZ": "Mars/Olympus"}).timezone)


@pytest.mark.parametrize(
    ("environment", "plain"),
    [({"TERM": "xterm"}, False), ({}, True), ({"TERM": "dumb"}, True), ({"TERM": "xterm", "NO_COLOR": ""}, True)],
)
def test_a_screen_that_cannot_hide_links_is_known(environment: dict[str, str], plain: bool) -> None:
    assert read_settings(environment).plain_screen is plain


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../etc/passwd", "/etc/localtime", "Europe", "\0"])
def test_what_is_no_time_zone_is_none(name: str) -> None:
    assert is_timezone(name) is False
