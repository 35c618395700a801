"""Chat: the whole coach in a terminal, on real input, and whatever else may come in."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.running import afterword
from tests.project import ROOT

WEDNESDAY = ("--now", "2026-03-04T10:10", "--timezone", "Europe/London", "--person", "sam")


def transcript(done: subprocess.CompletedProcess[bytes]) -> str:
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    return done.stdout.decode()


def messages(shown: str) -> list[str]:
    """A program reads out the transcript: what the coach said, message by message."""
    return [re.sub(r"(?m)^  ", "", one) for one in re.split(r"(?m)^coach: ", shown)[1:]]


def test_a_rejection_by_mail_ends_in_a_draft_that_is_signed(tmp_path: Path) -> None:
    done = afterword("chat", *WEDNESDAY, data=tmp_path, typed="acme said no, email this morning. analyst job\n1\n")

    draft = messages(transcript(done))[-1]
    assert "Acme" in draft
    assert "analyst" in draft
    assert re.search(r"(?m)^.*\bSam$", draft)
    assert "[1] I sent it" in draft


def test_a_reminder_comes_inside_the_24_hours(tmp_path: Path) -> None:
    typed = "acme said no, email this morning. analyst job\n1\n3\n/wait 20 hours\n"

    shown = transcript(afterword("chat", *WEDNESDAY, data=tmp_path, typed=typed))

    assert "Acme" in messages(shown)[-1]
    assert shown.rstrip().endswith("note: It is now Thursday 05 March 2026, 06:10.")


def test_every_line_of_a_transcript_is_the_coachs_or_the_terminals_own(tmp_path: Path) -> None:
    shown = transcript(afterword("chat", *WEDNESDAY, data=tmp_path, typed="hello\nacme said no\n/wait 1 hour\n"))

    assert re.fullmatch(r"(?:(?:coach: |  |note: ).*\n)+", shown)


def test_who_comes_back_is_remembered(tmp_path: Path) -> None:
    afterword("chat", "--person", "sam", data=tmp_path, typed="acme said no, email this morning. analyst job\n")

    shown = transcript(afterword("chat", "--person", "sam", data=tmp_path, typed=""))

    assert "Acme" in messages(shown)[0]


def test_two_people_on_one_computer_are_two_people(tmp_path: Path) -> None:
    afterword("chat", "--person", "sam", data=tmp_path, typed="acme said no, email this morning. analyst job\n")

    shown = transcript(afterword("chat", "--person", "priya", data=tmp_path, typed=""))

    assert "Acme" not in shown


@pytest.mark.parametrize(
    "typed",
    [
        b"",
        b"acme said no",
        b"x" * 1_000_000 + b"\n",
        b"a\x00b\x1b[31m\xe2\x80\xae\xc2\x9b\n",
        b"\xff\xfe caf\xe9 \xed\xb3\xbf\n",
        b"\xe2\x80\x8b\xe2\x80\x8b\n",
        b"\n\n\r\n",
        b"/wait for ever\n",
    ],
    ids=["nothing", "no line end", "1 MB", "controls", "no UTF-8", "nothing to see", "empty lines", "bad wait"],
)
def test_whatever_comes_in_the_chat_goes_on_to_its_end(tmp_path: Path, typed: bytes) -> None:
    shown = transcript(afterword("chat", *WEDNESDAY, data=tmp_path, typed=typed))

    assert shown.startswith("coach: ")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)


def test_the_echo_answers_with_what_it_was_told(tmp_path: Path) -> None:
    done = afterword("chat", *WEDNESDAY, "--dialogs", "echo", data=tmp_path, typed="hello #U3-1#\n{company} %s\n")

    assert messages(transcript(done))[1:] == ["hello #U3-1#\n", "{company} %s\n"]


def test_nothing_said_is_readable_in_the_database(tmp_path: Path) -> None:
    afterword("chat", "--person", "sam", data=tmp_path, typed="wobblecorp said no, email this morning. analyst job\n")

    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"obblecorp" not in kept
    assert b"analyst" not in kept


def test_a_simulated_clock_does_not_touch_what_is_kept_for_real(tmp_path: Path) -> None:
    afterword("chat", *WEDNESDAY, data=tmp_path, typed="hello\n")

    assert list(tmp_path.iterdir()) == []


def test_a_database_in_use_refuses_a_simulated_clock(tmp_path: Path) -> None:
    afterword("chat", "--person", "sam", data=tmp_path, typed="hello\n")

    done = afterword("chat", *WEDNESDAY, "--db", f"sqlite:///{tmp_path}/afterword.db", data=tmp_path)

    assert done.returncode == 2
    assert b"--now works in memory or with a database file that does not exist yet" in done.stderr


@pytest.mark.parametrize("what", ["no database", "newer", "other program", "other key"])
def test_a_database_that_cannot_be_used_is_one_clear_line(tmp_path: Path, what: str) -> None:
    afterword("chat", "--person", "sam", data=tmp_path, typed="hello\n")
    database = tmp_path / "afterword.db"
    if what == "no database":
        database.write_bytes(b"this is not a database, it is a letter" * 200)
    elif what == "newer":
        with sqlite3.connect(database) as connection:
            connection.execute("PRAGMA user_version = 999999")
    elif what == "other program":
        database.unlink()
        with sqlite3.connect(database) as connection:
            connection.execute("CREATE TABLE birds (name)")
    else:
        (tmp_path / "afterword.key").unlink()

    done = afterword("chat", "--person", "sam", data=tmp_path, typed="hello\n")

    assert done.returncode == 1
    assert done.stdout == b""
    assert done.stderr.startswith(b"afterword: ")
    assert done.stderr.count(b"\n") == 1


def test_a_broken_dialog_shows_every_problem_with_its_place_and_nothing_starts(tmp_path: Path) -> None:
    (tmp_path / "welcome.yaml").write_text("dialog: welcome\nformat: 1\nstates:\n  start: {go: nowhere}\nfoo: 1\n")

    done = afterword("chat", "--dialogs", str(tmp_path), data=tmp_path / "data")

    assert done.returncode == 1
    assert done.stdout == b""
    assert b"welcome.yaml:5:1: " in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_rule_of_ones_own_that_no_skill_needs_yet_is_refused_before_anybody_writes(tmp_path: Path) -> None:
    rules = tmp_path / "content" / "en" / "rules"
    rules.mkdir(parents=True)
    (rules / "helplines.yaml").write_text("countries: none\n")

    done = afterword("chat", "--content", str(tmp_path / "content"), data=tmp_path / "data")

    assert (done.returncode, done.stdout) == (1, b"")
    assert b"helplines.yaml:1:" in done.stderr


def test_no_platform_sdk_and_no_migration_tool_is_imported_for_a_chat(tmp_path: Path) -> None:
    code = (
        "import sys; from bot.cli import main; main(['chat', '--now', '2026-03-04T10:10', '--person', 'sam']);"
        "print(sorted({name.partition('.')[0] for name in sys.modules}))"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], input=b"", capture_output=True, check=True, timeout=60, cwd=ROOT
    )

    loaded = done.stdout.decode().splitlines()[-1]
    assert not any(
        f"'{name}'" in loaded for name in ("slack_bolt", "slack_sdk", "botbuilder", "aiohttp", "alembic", "sqlalchemy")
    )
