"""Reading conversation tests: everything that is wrong in a file, with its place."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.compiler.problems import Notes
from bot.rehearsal.reading import read_script
from bot.rehearsal.script import Arrives, Finished, Given, Picks, Quiet, Script, Speaks, Waits, Writes

WHOLE = """\
conversation: An e-mail in the morning
given: {now: 2026-03-05 09:00, timezone: Europe/Paris, name: Ada, language: en, country: FR}
script:
  - arrives
  - person: acme said no
  - bot: [setback.first_step, repairs.small_print]
    choices: [draft, not_yet]
    shows: /thank.*Acme/is
    not_shows: unfortunately
  - person: "[draft]"
  - wait: 8 hours
  - nudge: draft.send_by
  - quiet
  - finished
"""


def read(folder: Path, text: str) -> tuple[Script | None, list[str]]:
    path, notes = folder / "script.yaml", Notes()
    path.write_text(text, encoding="utf-8")
    script = read_script(path, notes)
    return script, [f"{problem.line}: {problem.message}" for problem in notes.all]


def test_a_script_is_read_line_by_line(tmp_path: Path) -> None:
    script, problems = read(tmp_path, WHOLE)

    assert problems == []
    assert script is not None
    kinds = [type(line) for line in script.lines]
    assert kinds == [Arrives, Writes, Speaks, Picks, Waits, Speaks, Quiet, Finished]


def test_what_is_given_says_who_talks_and_when(tmp_path: Path) -> None:
    script, _ = read(tmp_path, WHOLE)

    assert script is not None
    assert script.given == Given(datetime(2026, 3, 5, 9), "Europe/Paris", "Ada", "en", "FR")


def test_the_details_of_what_the_coach_says(tmp_path: Path) -> None:
    script, _ = read(tmp_path, WHOLE)

    assert script is not None
    said = script.lines[2]
    assert isinstance(said, Speaks)
    assert [key.text for key in said.keys] == ["setback.first_step", "repairs.small_print"]
    assert said.choices == ("draft", "not_yet")
    assert said.shows[0].search("Thank you\nAcme")
    assert said.not_shows[0].search("unfortunately")


def test_a_choice_in_brackets_is_pressed_and_a_wait_is_a_length_of_time(tmp_path: Path) -> None:
    script, _ = read(tmp_path, WHOLE)

    assert script is not None
    pressed, waits = script.lines[3], script.lines[4]
    assert isinstance(pressed, Picks)
    assert isinstance(waits, Waits)
    assert (pressed.code, waits.length) == ("draft", timedelta(hours=8))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("- persn: hello", "4: `persn` is not a line of a script; did you mean `person`?"),
        ("- wait: soon", "4: `soon` is not a length of time"),
        ("- {bot: a.b, choises: [x]}", "4: `choises` is not a key of a `bot` line; did you mean `choices`?"),
        ("- {bot: a.b, shows: /(/}", "4: `/(/` is not a regular expression"),
        ("- [person, hello]", "4: a line should be"),
        ("- person:", "4: `person` should be a text, but is empty."),
    ],
)
def test_a_line_that_cannot_be_meant_is_shown_with_its_place(tmp_path: Path, line: str, message: str) -> None:
    script, problems = read(tmp_path, f"conversation: A test\n\nscript:\n  {line}\n")

    assert script is None
    assert len(problems) == 1
    assert problems[0].startswith(message)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("{now: soon}", "2: `soon` is not a date and time"),
        ("{timezone: Mars/Olympus}", "2: this is not a time zone"),
        ("{nmae: Sam}", "2: `nmae` is not a key of `given`; did you mean `name`?"),
    ],
)
def test_what_is_given_wrongly_is_shown_with_its_place(tmp_path: Path, given: str, message: str) -> None:
    script, problems = read(tmp_path, f"conversation: A test\ngiven: {given}\nscript:\n  - arrives\n")

    assert script is None
    assert problems[0].startswith(message)


def test_a_file_without_a_script_is_told_what_it_needs(tmp_path: Path) -> None:
    assert "needs `conversation`" in read(tmp_path, "conversation: A test\n")[1][0]


def test_every_fault_of_a_file_is_shown_at_once(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "conversation: A test\nscript:\n  - persn: hello\n  - wait: soon\n")

    assert len(problems) == 2
