"""The log: sentences with fields, of others only where they complain, and of a crash only its place."""

from __future__ import annotations

import ast
import json
import logging
import subprocess
import sys
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from bot.logs import FIELDS, write_log
from tests.project import ROOT

SECRET = "the-company-that-said-no"


@pytest.fixture
def lines() -> Iterator[StringIO]:
    """A log that is begun, and afterwards everything as it was."""
    root, ours = logging.getLogger(), logging.getLogger("bot")
    before = [(one, one.handlers, one.level, one.propagate) for one in (root, ours)]
    stream = StringIO()
    write_log(stream)
    yield stream
    for one, handlers, level, propagate in before:
        one.handlers, one.propagate = handlers, propagate
        one.setLevel(level)


def read(lines: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_a_line_is_json_with_its_sentence_and_its_fields(lines: StringIO) -> None:
    logging.getLogger("bot.server").warning("It was late.", extra={"action": "serve", "seconds": 4})

    (line,) = read(lines)
    assert (line["level"], line["message"], line["action"], line["seconds"]) == ("warning", "It was late.", "serve", 4)


def test_a_field_that_is_not_on_the_list_is_not_written(lines: StringIO) -> None:
    logging.getLogger("bot.server").warning("It was late.", extra={"text": SECRET})

    assert SECRET not in lines.getvalue()


@pytest.mark.parametrize("path", sorted((ROOT / "bot").rglob("*.py")), ids=lambda path: path.name)
def test_every_field_that_is_given_to_a_line_is_on_the_list(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    extras = [keyword.value for keyword in _keywords(tree) if keyword.arg == "extra"]

    assert {name for extra in extras for name in _names(extra)} <= set(FIELDS)


def _names(extra: ast.expr) -> Sequence[str]:
    assert isinstance(extra, ast.Dict), f"line {extra.lineno}: write the fields out, so that they can be looked at"
    assert None not in extra.keys, f"line {extra.lineno}: write the fields out, so that they can be looked at"
    return [ast.literal_eval(key) for key in extra.keys if key is not None]


def _keywords(tree: ast.AST) -> Iterator[ast.keyword]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.keyword))


def test_of_another_package_only_the_place_of_its_complaint_is_kept(lines: StringIO) -> None:
    try:
        int(SECRET)
    except ValueError:
        logging.getLogger("slack_bolt").exception("body: %s", SECRET)

    (line,) = read(lines)
    assert "slack_bolt" in line["message"]
    assert line["reason"].startswith("ValueError in test_logs.py")
    assert SECRET not in lines.getvalue()


def test_other_packages_are_not_heard_below_a_warning(lines: StringIO) -> None:
    logging.getLogger("slack_sdk").debug("token: %s", SECRET)

    assert lines.getvalue() == ""


@pytest.mark.parametrize(
    "crash",
    [
        f"raise ValueError('{SECRET}')",
        f"import threading; t = threading.Thread(target=int, args=('{SECRET}',)); t.start(); t.join()",
        f"class A:\n  def __del__(self): int('{SECRET}')\nA()",
    ],
)
def test_a_crash_says_where_and_not_what(crash: str) -> None:
    program = f"from bot.logs import crash_quietly, write_log\nwrite_log()\ncrash_quietly()\n{crash}"

    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=False, timeout=30)

    assert b"ended badly" in ended.stderr
    assert b"ValueError" in ended.stderr
    assert SECRET.encode() not in ended.stderr + ended.stdout
