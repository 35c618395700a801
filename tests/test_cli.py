"""The command line: help, exit codes, and errors that a person can act on."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from bot.cli import COMMANDS, main
from tests.project import ROOT


def afterword(*words: str, typed: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the real command in a child process."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        input=typed,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, **environment},
        timeout=60,
        check=False,
    )


def complaint(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """Exit code and what is complained about."""
    code = main(words)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Traceback" not in captured.err
    return code, captured.err


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--help"])

    shown = capsys.readouterr().out
    assert code == 0
    assert all(f"  {name} " in shown for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_help_text_of_its_own(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = main([name, "--help"])

    shown = capsys.readouterr().out
    assert code == 0
    assert f"usage: afterword {name}" in shown
    assert len(shown.splitlines()) > 4


def test_no_command_at_all_is_bad_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "commands:" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("chta",), "there is no command `chta`. Did you mean chat?"),
        (("chat", "--perso", "sam"), "`--perso` is not understood here. Did you mean --person?"),
        (("chat", "sam"), "`sam` is not understood here."),
        (("chat", "--person"), "argument --person: expected one argument."),
        (("chat", "--timezone", "Mars/Olympus"), "there is no time zone `Mars/Olympus`"),
        (("chat", "--now", "soon"), "`soon` is not a date and time"),
        (("chat", "--person", "\u200b"), "a person needs a name that can be seen"),
        (("chat", "--dialogs", "dialog"), "there is no folder `dialog`. Did you mean dialogs?"),
        (("chat", "--content", "README.md"), "`README.md` is a file; give the folder that it is in."),
        (("check", "--format", "yaml"), "argument --format: invalid choice: 'yaml'"),
        (("test", "no/such/folder"), "there is no conversation test at `no/such/folder`; `afterword test DIR` plays"),
        (("inspect", "sam"), "`sam` is not a person; write them like terminal:local:NAME"),
        (("forget",), "the following arguments are required: PERSON."),
        (("forget", "terminal:local:sam", "--db", "sqlite:///no/such.db"), "there is no database at"),
        (("forget", "terminal:local:sam", "--db", "mysql://x"), "is not the address of a database"),
    ],
)
def test_bad_usage_is_one_clear_line_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(ROOT)

    code, shown = complaint(capsys, *words)

    assert code == 2
    assert shown.startswith("afterword: ")
    assert said in shown
    assert len(shown.splitlines()) == 1
