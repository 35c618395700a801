"""What operators do with one person: inspect, export, forget."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli import main
from tests.commands.running import afterword

SAM = "terminal:local:sam"
SAID = "wobblecorp said no, email this morning. analyst job\n"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder in which sam has talked to the coach."""
    monkeypatch.setenv("AFTERWORD_DATA", str(tmp_path))
    assert afterword("chat", "--person", "sam", data=tmp_path, typed=SAID).returncode == 0
    return tmp_path


def test_an_inspection_shows_states_and_no_word(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", SAM]) == 0

    shown = capsys.readouterr().out
    plain = json.loads(shown)
    assert plain["stack"][-1]["waits_for"]
    assert plain["applications"][0]["known"]
    assert "obblecorp" not in shown.lower()
    assert "analyst" not in shown


def test_an_export_is_all_that_is_kept_as_json(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", SAM]) == 0

    plain = json.loads(capsys.readouterr().out)
    assert plain["applications"][0]["slots"]["company"] == "Wobblecorp"


def test_the_person_is_told_of_an_export(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["export", SAM])

    shown = afterword("chat", "--person", "sam", data=data).stdout.decode()

    assert "export" in shown.split("coach: ")[1].lower()


def test_who_is_forgotten_starts_anew(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forget", SAM]) == 0

    shown = afterword("chat", "--person", "sam", data=data).stdout.decode()

    assert "obblecorp" not in shown


def test_a_database_can_be_brought_up_to_date_at_any_time(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 0
    assert capsys.readouterr().out == "The database is up to date.\n"


@pytest.mark.parametrize("command", ["inspect", "export", "forget"])
def test_nobody_knows_somebody_who_was_never_here(data: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert main([command, "terminal:local:nobody"]) == 1
    assert capsys.readouterr().err == "afterword: nothing is kept about terminal:local:nobody.\n"
