"""Playing: a script that is true passes, and one that is not shows what the coach says instead."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.compiler.problems import Notes
from bot.rehearsal.accept import accept
from bot.rehearsal.coverage import coverage, report
from bot.rehearsal.play import Played, play
from bot.rehearsal.reading import read_script
from bot.rehearsal.rewording import reworded
from bot.runtime.coach import Coach
from tests.fakes import small_coach

TRUE = """\
conversation: News, a reminder, tea
given: {now: 2026-03-04 10:10}
script:
  - arrives
  - bot: welcome.news
  - person: no luck
  - bot: welcome.next_step
    choices: [remind, sent]
    says: welcome.next_step
  - person: "[remind]"
  - bot: welcome.so_far
  - quiet
  - wait: 8 hours
  - nudge: welcome.tea
  - person: had it
  - finished
"""


def played(folder: Path, text: str, coach: Coach | None = None, reworded_too: bool = False) -> Played:
    path, notes = folder / "script.yaml", Notes()
    path.write_text(text, encoding="utf-8")
    script = read_script(path, notes)
    assert script is not None, notes.all
    return play(script, coach or small_coach(), reworded_too)


def test_a_script_that_is_true_passes(tmp_path: Path) -> None:
    assert played(tmp_path, TRUE).problem is None


@pytest.mark.parametrize(
    ("true", "false", "line", "message"),
    [
        ("- bot: welcome.news", "- bot: welcome.olds", 5, "expected `welcome.olds`, but the coach says:"),
        ("[remind, sent]", "[sent]", 7, "expected the choices `sent`, but there are `remind` and `sent`."),
        ("says: welcome.next_step", "says: goodbye", 7, "/goodbye/ is not found in the words:"),
        ("says: welcome.next_step", "shows: welcome.next_step", 7, "is not found in a text to copy:"),
        ("says: welcome.next_step", "not_shows: welcome.next_step", 7, "should not be in it:"),
        ('"[remind]"', '"[snooze]"', 10, "there is no choice `snooze` to press; there are `remind` and `sent`."),
        ("  - quiet\n", "  - finished\n", 12, "`welcome` is still open, in state `waiting`."),
        ("- bot: welcome.so_far\n  - quiet", "- quiet", 11, "the coach should be quiet here, but says:"),
        ("wait: 8 hours", "wait: 3 hours", 14, "expected `welcome.tea`, but the coach says nothing."),
        ("  - nudge: welcome.tea\n", "", 14, "a nudge came before this and no line says so:"),
        (
            "person: no luck",
            "person: boom",
            6,
            "the coach fails here: a word of the person's: boom (RuntimeError in fakes.py, line",
        ),
    ],
)
def test_the_first_line_that_is_not_true_is_shown(
    tmp_path: Path, true: str, false: str, line: int, message: str
) -> None:
    assert true in TRUE

    problem = played(tmp_path, TRUE.replace(true, false)).problem

    assert problem is not None
    assert (problem.line, message in problem.message) == (line, True), problem


def test_an_answer_is_not_a_nudge(tmp_path: Path) -> None:
    problem = played(tmp_path, TRUE.replace("- bot: welcome.so_far", "- nudge: welcome.so_far")).problem

    assert problem is not None
    assert "expected a nudge, but the coach answers:" in problem.message


def test_a_failure_shows_the_message_with_its_keys_and_choices(tmp_path: Path) -> None:
    problem = played(tmp_path, TRUE.replace("welcome.next_step", "welcome.else", 1)).problem

    assert problem is not None
    assert "    welcome.next_step" in problem.message
    assert "      [remind] remind" in problem.message


def test_a_false_key_can_be_accepted_and_the_script_is_then_true(tmp_path: Path) -> None:
    first = played(tmp_path, TRUE.replace("- bot: welcome.news", "- bot: welcome.olds  # first"))
    assert first.fix is not None

    accept(first.fix)

    text = (tmp_path / "script.yaml").read_text(encoding="utf-8")
    assert "- bot: welcome.news  # first" in text
    assert played(tmp_path, text).problem is None


def test_a_true_script_stays_true_in_other_words(tmp_path: Path) -> None:
    coach = small_coach()
    other = replace(coach, catalog=reworded(coach.catalog, seed=7))

    assert played(tmp_path, TRUE, other).problem is not None, "the words did change"
    assert played(tmp_path, TRUE, other, reworded_too=True).problem is None


def test_coverage_names_the_ways_that_no_script_took(tmp_path: Path) -> None:
    coach = small_coach()
    ways = played(tmp_path, TRUE).ways

    welcome = next(one for one in coverage(coach.library, ways) if one.dialog == "welcome")

    assert (welcome.states, welcome.ways) == ((3, 3), (3, 4))
    assert [(state, way) for _, state, way in welcome.missing] == [("offer", "sent")]


def test_coverage_names_the_states_that_no_script_entered() -> None:
    coach = small_coach()

    lines = list(report(coverage(coach.library, ())))

    assert "  dialogs/welcome.yaml:0: `start` is never entered" in lines
