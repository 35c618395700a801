"""What authors use: check, test, graph and schema."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli import main
from tests.commands.running import afterword
from tests.project import ROOT

BROKEN = "dialog: welcome\nformat: 1\nstates:\n  start: {go: nowhere}\nfoo: 1\n"
TRUE = "conversation: Hello\nscript:\n  - arrives\n  - bot: welcome.first_need\n"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "welcome.yaml").write_text(BROKEN, encoding="utf-8")
    return folder


def test_what_ships_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "no problems, no warnings.\n"


def test_a_problem_is_shown_with_its_place_its_line_and_a_caret(
    broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--dialogs", str(broken)]) == 1

    shown = capsys.readouterr().out
    assert "welcome.yaml:5:1: " in shown
    assert "    5 | foo: 1\n        ^\n" in shown


def test_an_intent_that_nothing_is_read_as_is_warned_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "dialogs" / "unfair.yaml").read_text(encoding="utf-8")
    (tmp_path / "unfair.yaml").write_text(text.replace("starts_on: [unfair]", "starts_on: [unfairr]"), encoding="utf-8")

    assert main(["check", "--dialogs", str(tmp_path)]) == 0

    shown = capsys.readouterr().out
    assert "no text is read as `unfairr`, so this never starts the dialog; write what people type for it under" in shown
    assert "did you mean `unfair`?" in shown


@pytest.mark.parametrize("intent", ["show_portfolio", "interview"])
def test_a_word_of_some_rule_is_no_intent(tmp_path: Path, capsys: pytest.CaptureFixture[str], intent: str) -> None:
    own = _dialog_of_ones_own(tmp_path, intent)

    assert main(["check", "--dialogs", str(own / "dialogs"), "--content", str(own / "content")]) == 0

    assert f"like `some words: {intent}`" in capsys.readouterr().out


def test_a_phrase_of_ones_own_starts_a_dialog(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = _dialog_of_ones_own(tmp_path, "show_portfolio")
    rules = own / "content" / "en" / "rules"
    rules.mkdir()
    (rules / "openings.yaml").write_text("typed: {portfolio: show_portfolio}\n")
    folders = ("--dialogs", str(own / "dialogs"), "--content", str(own / "content"))

    assert main(["check", *folders]) == 0
    assert "no problems, no warnings" in capsys.readouterr().out
    said = afterword("chat", "--db", "sqlite://", *folders, data=tmp_path, typed="Portfolio\n").stdout.decode()
    assert "Here is how we look at a portfolio." in said


@pytest.mark.parametrize("name", ["dialogs", "content"])
def test_the_folder_above_the_one_that_is_meant_is_not_passed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    own = _dialog_of_ones_own(tmp_path, "show_portfolio")

    assert main(["check", f"--{name}", str(own)]) == 2

    assert f"`{own}` holds no {name}; did you mean {own / name}?" in capsys.readouterr().err


def test_a_dialog_that_is_switched_off_is_no_matter_to_check_and_test_says_why_a_script_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "operator.yaml").write_text("off: [unfair]\n")
    scripts = (ROOT / "tests" / "conversations").rglob("*.yaml")
    unfair = next(path for path in scripts if "unfair.advice" in path.read_text(encoding="utf-8"))

    assert main(["check", "--content", str(tmp_path)]) == 0
    assert "no problems, no warnings." in capsys.readouterr().out
    assert main(["test", str(unfair), "--content", str(tmp_path)]) == 1
    assert "Of the others, 1 would lead to what is switched off: `unfair`." in capsys.readouterr().out


def test_all_dialogs_are_not_drawn_into_one_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", "--format", "svg", "-o", str(tmp_path / "a.svg")]) == 2

    assert "name the dialog to draw into a.svg" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def _dialog_of_ones_own(folder: Path, intent: str) -> Path:
    own = folder / "own"
    (own / "dialogs").mkdir(parents=True)
    (own / "content" / "en").mkdir(parents=True)
    (own / "dialogs" / "portfolio.yaml").write_text(
        f"dialog: portfolio\nformat: 1\nstarts_on: [{intent}]\nstates:\n  start: {{say: how, end: done}}\n"
    )
    (own / "content" / "en" / "portfolio.yaml").write_text("how: Here is how we look at a portfolio.\n")
    return own


def test_what_an_edit_touches_is_counted_without_a_word(
    tmp_path: Path,
) -> None:
    data, own = tmp_path / "data", tmp_path / "own"
    own.mkdir()
    words = ("chat", "--person", "sam", "--db", f"sqlite:///{tmp_path}/kept.db")
    assert afterword(*words, data=data, typed="acme turned me down, by email\n").returncode == 0
    text = (ROOT / "dialogs" / "setback.yaml").read_text(encoding="utf-8")
    (own / "setback.yaml").write_text(text.replace("starts_on: [bad_news]", "starts_on: [bad_news, worse_news]"))

    unchanged = afterword("check", "--against", f"sqlite:///{tmp_path}/kept.db", data=data)
    edited = afterword("check", "--dialogs", str(own), "--against", f"sqlite:///{tmp_path}/kept.db", data=data)

    assert "1 conversation, none of them touched." in unchanged.stdout.decode()
    assert "fewer than 5, finishes on its old version." in edited.stdout.decode()
    assert "acme" not in edited.stdout.decode().lower()


def test_problems_can_be_had_as_json(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--dialogs", str(broken), "--format", "json"]) == 1

    found = json.loads(capsys.readouterr().out)
    assert {"file", "line", "column", "message", "severity"} <= set(found[0])


def test_a_conversation_that_is_as_written_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "hello.yaml").write_text(TRUE, encoding="utf-8")

    assert main(["test", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "1 of 1 conversations are as written.\n"


def test_a_conversation_that_is_not_as_written_fails_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "hello.yaml").write_text(TRUE.replace("first_need", "second_need"), encoding="utf-8")

    assert main(["test", str(tmp_path)]) == 1
    assert "hello.yaml:4:10: expected `welcome.second_need`" in capsys.readouterr().out


def test_a_broken_conversation_file_fails_and_the_others_are_played(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.yaml").write_text("conversation: [", encoding="utf-8")
    (tmp_path / "b.yaml").write_text(TRUE, encoding="utf-8")

    assert main(["test", str(tmp_path)]) == 1
    assert "1 of 2 conversations are as written." in capsys.readouterr().out


def test_accepting_writes_what_the_coach_says_now(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "hello.yaml"
    path.write_text(TRUE.replace("first_need", "second_need"), encoding="utf-8")

    assert main(["test", "--accept", str(tmp_path)]) == 0
    assert path.read_text(encoding="utf-8") == TRUE


def test_coverage_is_shown_dialog_by_dialog(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "hello.yaml").write_text(TRUE, encoding="utf-8")

    main(["test", "--coverage", str(tmp_path)])

    shown = capsys.readouterr().out
    names = {line.split()[0] for line in shown.splitlines() if " states " in line}
    assert names == {path.stem for path in (ROOT / "dialogs").glob("*.yaml")} - {"slots"}


def test_a_dialog_is_drawn_for_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", "draft"]) == 0
    assert capsys.readouterr().out.startswith("flowchart TD\n")


def test_all_dialogs_are_drawn_on_one_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph"]) == 0

    headings = [line for line in capsys.readouterr().out.splitlines() if line.startswith("## ")]
    assert headings == [f"## {path.stem}" for path in sorted((ROOT / "dialogs").glob("*.yaml")) if path.stem != "slots"]


def test_a_dialog_is_drawn_as_a_picture_into_a_file(tmp_path: Path) -> None:
    assert main(["graph", "draft", "--format", "svg", "-o", str(tmp_path / "draft.svg")]) == 0
    assert (tmp_path / "draft.svg").read_text(encoding="utf-8").startswith("<svg ")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("graph", "drift"), 2, "there is no dialog `drift`. Did you mean draft?"),
        (("graph", "--format", "svg"), 2, "name the dialog to draw as svg"),
        (("graph", "draft", "-o", "no/such/folder/x"), 1, "no/such/folder/x cannot be written"),
    ],
)
def test_what_cannot_be_drawn_is_told(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, said: str
) -> None:
    assert main(words) == code
    assert said in capsys.readouterr().err


def test_the_schema_is_one_json_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert "$schema" in json.loads(capsys.readouterr().out)
