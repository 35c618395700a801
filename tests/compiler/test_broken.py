"""Every rule of the compiler has a broken file and the exact words that come of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.compiler.broken_files import FOLDER, outcome, read_case
from tests.compiler.example import compile_with

CASES = sorted(FOLDER.glob("*.txt"))


def test_the_example_under_every_case_has_no_fault_of_its_own() -> None:
    assert compile_with().problems == ()


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_a_broken_file_is_answered_in_these_words(path: Path, tmp_path: Path) -> None:
    case = read_case(path)

    assert case.says
    assert outcome(case, tmp_path) == case.says
