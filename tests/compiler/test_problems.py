"""A problem is shown where it is, with the line itself and what to do."""

from __future__ import annotations

from bot.compiler.nodes import File, Scalar
from bot.compiler.phrases import read_length
from bot.compiler.problems import BrokenLibraryError, Notes, Problem, did_you_mean, listed, quoted


def test_a_problem_reads_like_the_one_on_the_style_page() -> None:
    line = "      - after: one day"
    file = File("dialogs/weekly_check_in.yaml", "\n" * 15 + line)
    notes = Notes()

    read_length(Scalar(file, 16, 16, "one day"), notes)

    assert str(notes.all[0]) == (
        "dialogs/weekly_check_in.yaml:16:16: `one day` is not a length of time; write it like `2 days`.\n"
        "   16 |       - after: one day\n"
        "                       ^"
    )


def test_a_file_as_a_whole_has_neither_line_nor_caret() -> None:
    assert str(Problem("dialogs/a.yaml", 0, 0, "the file is empty.")) == "dialogs/a.yaml: the file is empty."


def test_a_warning_says_that_it_is_one() -> None:
    problem = Problem("a.yaml", 1, 1, "nothing says `x`.", severity="warning")

    assert str(problem) == "a.yaml:1:1: warning: nothing says `x`."


def test_a_long_line_is_shown_around_the_fault() -> None:
    shown = str(Problem("a.yaml", 1, 5_001, "this.", "x" * 5_000 + "!" + "y" * 5_000)).splitlines()

    assert len(shown[1]) < 120
    assert shown[1][shown[2].index("^")] == "!"


def test_nothing_in_a_line_reaches_the_terminal_that_could_act_there() -> None:
    shown = str(Problem("a.yaml", 1, 1, "this.", "say: \x1b[2J\u202ehello"))

    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_problems_come_in_the_order_of_files_and_lines() -> None:
    notes = Notes()
    for path, line in (("b.yaml", 1), ("a.yaml", 10), ("a.yaml", 9)):
        notes.problem_at(File(path, ""), line, 1, "this.")

    assert [(problem.file, problem.line) for problem in notes.all] == [("a.yaml", 9), ("a.yaml", 10), ("b.yaml", 1)]


def test_the_same_problem_is_shown_once() -> None:
    notes = Notes()
    for _ in range(2):
        notes.problem_at(File("a.yaml", ""), 1, 1, "this.")

    assert len(notes.all) == 1


def test_warnings_alone_break_nothing() -> None:
    notes = Notes()
    notes.warning_at(File("a.yaml", ""), 1, 1, "this.")

    assert notes.clean


def test_what_is_being_read_stands_in_front() -> None:
    notes = Notes()
    notes.within("state `a`").within("way `b`").problem_at(File("a.yaml", ""), 1, 1, "this.")

    assert notes.all[0].message == "state `a`: way `b`: this."


def test_a_problem_as_json_has_all_its_parts() -> None:
    assert Problem("a.yaml", 1, 2, "this.", "line").as_json() == {
        "file": "a.yaml",
        "line": 1,
        "column": 2,
        "message": "this.",
        "source": "line",
        "severity": "problem",
    }


def test_the_error_holds_every_problem() -> None:
    problems = (Problem("a.yaml", 1, 1, "this."), Problem("b.yaml", 1, 1, "that."))

    assert str(BrokenLibraryError(problems)) == "a.yaml:1:1: this.\nb.yaml:1:1: that."


def test_a_close_name_is_suggested_whatever_its_capitals_and_blanks() -> None:
    known = ["what_change", "offer"]

    assert did_you_mean("Offer", known) == "; did you mean `offer`?"
    assert did_you_mean("what change", known) == "; did you mean `what_change`?"
    assert did_you_mean("elsewhere", known) == "."


def test_a_huge_name_is_neither_compared_nor_shown_in_full() -> None:
    assert did_you_mean("x" * 1_000_000, ["offer"]) == "."
    assert len(quoted("x" * 1_000_000)) < 70


def test_names_are_listed_as_prose() -> None:
    assert [listed(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "`a`",
        "`a` or `b`",
        "`a`, `b` or `c`",
    ]
