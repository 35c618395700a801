"""The fingerprint of a dialog changes with what it does, and with nothing else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.compiler.library import Compiled
from tests.compiler.damaging import ROOT
from tests.compiler.example import FOLDER, compile_with

DRAFT = "dialogs/draft.yaml"
WORDS = "content/en/draft.yaml"


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[str, str, str], Compiled]:
    """Compile the example with something in a file of the design page put differently."""

    def change(file: str, old: str, new: str) -> Compiled:
        text = (FOLDER / "design" / file).read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / file
        path.parent.mkdir(parents=True)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return compile_with(tmp_path)

    return change


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (WORDS, "I sent it", "It's gone"),
        (WORDS, "while it is fresh in their mind", "or {remind_at} at the latest"),
        (WORDS, "    sent: I sent it\n    change: Change it\n", "    change: Change it\n    sent: I sent it\n"),
        (WORDS, 'remind: "Remind me at {remind_at}"', "remind: {heard_as: [remind me]}"),
        (DRAFT, "about: Write", "about: Put together"),
        (DRAFT, "states:\n", "# a comment that moves every line\nstates:\n"),
    ],
    ids=["label", "place", "order", "button", "about", "lines"],
)
def test_what_is_only_said_otherwise_leaves_it(
    file: str, old: str, new: str, changed: Callable[[str, str, str], Compiled]
) -> None:
    assert changed(file, old, new).library.version == compile_with().library.version


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("go: {sent: thanked, something_else: offer}", "go: {sent: thanked, something_else: what_change}"),
        ("tone: {one of: [warm, formal], starts as: warm}", "tone: {one of: [warm, formal]}"),
        ("ignores: weekends", "ignores: quiet hours"),
        ("starts_on: [draft_request]", "starts_on: [draft_request, practise]"),
        ("words: own_draft", "words: send_by"),
        ("    show: draft ", "    clear: draft\n    show: draft "),
    ],
    ids=["way", "slot", "nudge", "intent", "words", "clear"],
)
def test_what_is_done_otherwise_changes_it(old: str, new: str, changed: Callable[[str, str, str], Compiled]) -> None:
    before, after = compile_with().library, changed(DRAFT, old, new).library

    assert after.dialogs["draft"].structure != before.dialogs["draft"].structure
    assert after.dialogs["sent"].structure == before.dialogs["sent"].structure
    assert after.version != before.version


def test_it_is_the_same_in_every_process() -> None:
    code = "from tests.compiler.example import compile_with; print(compile_with().library.version)"

    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }

    assert printed == {compile_with().library.version}
