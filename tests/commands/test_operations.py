"""What operators do with the whole: look it over, pause it, rotate its keys, send again what was not delivered."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.bootstrap import compile_all, edition_of, find_folders, open_database
from bot.cli import main
from bot.runtime.versions import Published
from bot.settings import read_settings
from tests.commands.running import afterword
from tests.storage.people import PLATFORMS, SAM, row, turn


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with one conversation, and words with a contact of one's own."""
    monkeypatch.setenv("AFTERWORD_DATA", str(tmp_path))
    own = tmp_path / "own"
    own.mkdir()
    (own / "operator.yaml").write_text("human_contact: the careers desk, room 5\n")
    monkeypatch.setenv("AFTERWORD_CONTENT", str(own))
    assert afterword("chat", "--person", "sam", data=tmp_path, typed="acme said no\n").returncode == 0
    return tmp_path


@pytest.fixture
def slack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "abc")
    monkeypatch.setenv("AFTERWORD_SLACK_API_URL", "http://127.0.0.1:1/api/")


async def _bury(nudge: str | None) -> None:
    storage = await open_database(read_settings().db, read_settings())
    now = datetime.now(UTC)
    await storage.commit(turn(now=now, rows=[row("the words of a letter", due_at=now, nudge=nudge)]))
    for letter in await storage.claim_letters(PLATFORMS, now, 30, 10):
        await storage.bury(letter, "channel_not_found", now)
    await storage.close()


async def _publish() -> None:
    """As `serve` does when it starts."""
    settings = read_settings()
    storage = await open_database(settings.db, settings)
    edition = edition_of(compile_all(find_folders(settings.dialogs, settings.content)))
    await storage.publish(Published(edition.version, edition.digest, datetime.now(UTC)), edition.bundle)
    await storage.close()


def test_a_healthy_installation_has_no_problem(data: Path, slack: None, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["doctor", "--offline"])

    shown = capsys.readouterr().out
    assert code == 0, shown
    assert "problem" not in [line.split()[0] for line in shown.splitlines()]
    assert "switched on: slack" in shown


def test_the_doctor_says_all_that_is_wrong_and_ends_with_1(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (data / "afterword.key").write_text("not a key\n")
    monkeypatch.setenv("AFTERWORD_CONTENT", "")
    monkeypatch.setenv("AFTERWORD_SECRETS_EXPIRE", "SLACK_CLIENT_SECRET=2020-01-01")

    code = main(["doctor"])

    shown = capsys.readouterr().out
    assert code == 1
    for wrong in ("no platform is set up", "is not a key file", "`human_contact` is still", "ended on 2020-01-01"):
        assert wrong in shown


def test_a_lost_key_is_not_replaced_by_a_command_that_only_looks(
    data: Path, slack: None, capsys: pytest.CaptureFixture[str]
) -> None:
    key = data / "afterword.key"
    key.unlink()

    for words in (["doctor", "--offline"], ["inspect", "terminal:local:sam"], ["keys", "rotate"]):
        assert main(words) == 1

        shown = capsys.readouterr()
        assert f"There is no key file at {key}, but the database is sealed with key " in shown.out + shown.err
    assert not key.exists()


@pytest.mark.parametrize(
    ("place", "reason"),
    [("nowhere/x.db", "There is no folder"), ("own", "is a folder"), ("own/operator.yaml/x.db", "There is no folder")],
)
def test_a_database_that_cannot_be_made_is_a_problem(
    data: Path, slack: None, capsys: pytest.CaptureFixture[str], place: str, reason: str
) -> None:
    assert main(["doctor", "--offline", "--db", f"sqlite:///{data / place}"]) == 1

    shown = capsys.readouterr().out
    assert "problem  database: " in shown
    assert reason in shown


def test_a_data_folder_that_serve_makes_is_no_problem(
    data: Path, slack: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFTERWORD_DATA", str(data / "new" / "folder"))

    assert main(["doctor", "--offline"]) == 0

    assert "there is none yet; `serve` makes it" in capsys.readouterr().out
    assert not (data / "new").exists()


def test_a_key_file_that_cannot_be_used_is_a_problem_before_there_is_a_database(
    data: Path, slack: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFTERWORD_KEY_FILE", str(data / "own"))

    assert main(["doctor", "--offline", "--db", f"sqlite:///{data / 'new.db'}"]) == 1

    assert "own cannot be used (Is a directory)" in capsys.readouterr().out


def test_a_key_file_that_others_may_read_is_seen(data: Path, slack: None, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "afterword.key").chmod(0o644)

    assert main(["doctor", "--offline"]) == 0

    assert f"`chmod 600 {data / 'afterword.key'}`" in capsys.readouterr().out


def test_the_doctor_tells_what_is_live_from_what_lies_in_other_folders(
    data: Path, slack: None, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(_publish())
    main(["doctor", "--offline"])
    same = capsys.readouterr().out
    (data / "own" / "operator.yaml").write_text("human_contact: the careers desk, room 6\n")
    main(["doctor", "--offline"])
    edited = capsys.readouterr().out

    assert "and it is what lies in the folders" in same
    assert "warning  dialogs: version" in edited
    assert "not what lies in the folders looked at here" in edited


def test_keys_of_the_settings_that_are_none_are_said_to_be(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFTERWORD_KEYS", "abc:def")

    assert main(["inspect", "terminal:local:sam"]) == 1

    complaint = capsys.readouterr().err
    assert "AFTERWORD_KEYS: A key is 32 bytes in base64" in complaint
    assert "`afterword keys new`" in complaint


def test_a_platform_that_is_not_reached_is_a_problem(
    data: Path, slack: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor"]) == 1

    assert "127.0.0.1:1 was not reached" in capsys.readouterr().out


def test_a_pause_is_seen_by_the_doctor_until_it_ends(
    data: Path, slack: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pause"]) == 0
    main(["doctor", "--offline"])
    paused = capsys.readouterr().out
    assert main(["resume"]) == 0
    main(["doctor", "--offline"])

    assert "is held back since" in paused
    assert "is held back since" not in capsys.readouterr().out


def test_a_pause_that_does_not_open_is_seen_too_and_can_be_ended(
    data: Path, slack: None, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["pause"])
    with closing(sqlite3.connect(data / "afterword.db")) as database, database:
        database.execute("UPDATE meta SET value = zeroblob(60) WHERE name = 'paused'")
    main(["doctor", "--offline"])

    assert "is held back; since when does not open" in capsys.readouterr().out
    assert main(["resume"]) == 0


def test_dead_letters_are_listed_without_their_words(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(_bury(None))

    assert main(["letters"]) == 0

    shown = capsys.readouterr().out
    plain = json.loads(shown)
    assert (plain["person"], plain["reason"], plain["resendable"]) == (SAM.person, "channel_not_found", True)
    assert "the words" not in shown


def test_a_dead_letter_is_retried_once(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(_bury(None))
    main(["letters"])
    number = json.loads(capsys.readouterr().out)["id"]

    assert main(["letters", "retry", str(number)]) == 0
    assert main(["letters", "retry", str(number)]) == 1
    main(["letters"])

    assert "in the outbox again" in capsys.readouterr().out


def test_a_reminder_that_was_missed_is_not_sent_again(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(_bury("send_by"))
    main(["letters"])
    number = json.loads(capsys.readouterr().out)["id"]

    assert main(["letters", "retry", str(number)]) == 1
    assert "was a reminder" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["letters", "retry"], ["letters", "list", "4"], ["letters", "burn"], ["keys"]])
def test_a_command_that_is_half_said_is_not_understood(data: Path, words: list[str]) -> None:
    assert main(words) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["letters", "retry", "seven"], "`seven` is not a number from 1 on"),
        (["letters", "--most", "-5"], "`-5` is not a number from 1 on"),
        (["letters", "--most", "0"], "`0` is not a number from 1 on"),
        (["keys", "rotate", "--rest", "soon"], "`soon` is not a number of seconds"),
        (["keys", "rotate", "--rest", "nan"], "`nan` is not a number of seconds"),
        (["keys"], "rotate|new"),
        (["serve", "--port", "http"], "`http` is not a port"),
        (["work", "--port", "65536"], "`65536` is not a port"),
    ],
)
def test_what_is_no_number_is_named(
    data: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert main(words) == 2

    assert said in capsys.readouterr().err


def test_where_there_are_no_dead_letters_it_says_so_beside_the_lines(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["letters"]) == 0

    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "There are no dead letters.\n")


def test_rotating_adds_a_key_and_everything_can_be_read_without_the_old_one(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["keys", "rotate", "--rest", "0"]) == 0

    lines = (data / "afterword.key").read_text().splitlines()
    keys = [line for line in lines if not line.startswith("#")]
    assert len(keys) == 2
    (data / "afterword.key").write_text(keys[0] + "\n")
    assert main(["export", "terminal:local:sam"]) == 0


def test_a_rotation_that_was_cut_short_is_finished_and_adds_no_key(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["keys", "new"])
    fresh = capsys.readouterr().out
    file = data / "afterword.key"
    file.write_text(fresh + file.read_text())

    assert main(["keys", "rotate", "--rest", "0"]) == 0

    assert "sealed with the newest key" in capsys.readouterr().out
    assert sum(not line.startswith("#") for line in file.read_text().splitlines()) == 2


def test_keys_of_the_environment_are_rotated_by_whoever_set_them(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFTERWORD_KEYS", (data / "afterword.key").read_text())

    assert main(["keys", "rotate"]) == 1

    said = capsys.readouterr().err
    assert "everything is sealed with the first key of AFTERWORD_KEYS" in said
    assert said.index("behind the others") < said.index("in front")
