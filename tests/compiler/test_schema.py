"""The schema for editors takes what the compiler takes, and stands beside the files that name it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.compiler.keys import BODIES, DIALOG, NUDGE, SLOT, STATE
from bot.compiler.nodes import Mapping, Node, Scalar, Sequence
from bot.compiler.problems import Notes
from bot.compiler.schema import schema
from bot.compiler.source import read_source
from tests.compiler.broken_files import FOLDER, read_case
from tests.compiler.damaging import ROOT

SHIPPED = sorted(
    path
    for path in (*ROOT.glob("dialogs/**/*.yaml"), *ROOT.glob("content/*/*.yaml"), ROOT / "content" / "operator.yaml")
    if "rules" not in path.parts
)
VALIDATOR = jsonschema.Draft7Validator(schema())
AUTHORS = (ROOT / "docs" / "authors.md").read_text(encoding="utf-8")


def as_an_editor_reads_it(node: Node) -> Any:
    """YAML 1.2, as editors read it: whole numbers and ``true`` are no text."""
    match node:
        case Mapping():
            return {key.text: as_an_editor_reads_it(value) for key, value in node}
        case Sequence():
            return [as_an_editor_reads_it(item) for item in node.items]
        case Scalar() if node.plain and re.fullmatch("[0-9]+", node.text):
            return int(node.text)
        case Scalar() if node.plain and node.text in ("true", "false"):
            return node.text == "true"
        case Scalar():
            return None if node.is_nothing else node.text


def faults(text: str) -> list[str]:
    node = read_source("a.yaml", text.encode(), Notes())
    assert node is not None
    return [fault.message for fault in VALIDATOR.iter_errors(as_an_editor_reads_it(node))]


def test_the_schema_is_one() -> None:
    jsonschema.Draft7Validator.check_schema(schema())


@pytest.mark.parametrize("path", SHIPPED, ids=[str(path.relative_to(ROOT)) for path in SHIPPED])
def test_a_shipped_file_fits_the_schema_that_it_names(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)

    assert faults(text) == []
    assert named is not None
    assert (path.parent / named[1]).resolve() == ROOT / "docs" / "schema.json"


def test_the_schema_beside_them_is_that_of_the_code() -> None:
    written = json.loads((ROOT / "docs" / "schema.json").read_text(encoding="utf-8"))

    assert written == schema(), "run `afterword schema > docs/schema.json`"


@pytest.mark.parametrize(
    "name",
    ["dialog_unknown_key", "dialog_without_name", "dialog_format", "dialog_states_empty", "name_with_capitals"]
    + ["slot_without_kind", "slot_with_two_kinds", "slot_codes_empty", "slot_scope", "slot_yes_no", "state_unknown_key"]
    + ["state_dead_end", "state_end_and_go", "state_act", "state_if_silent_without_length", "go_list_of_names"]
    + ["go_way_without_to", "go_condition_misread", "nudge_length", "nudge_lateness", "nudge_ignores", "operator_link"]
    + ["operator_country", "operator_language"],
)
def test_an_editor_marks_a_broken_file_too(name: str) -> None:
    case = read_case(FOLDER / f"{name}.txt")

    assert faults(next(iter(case.files.values())))


@pytest.mark.parametrize(
    "table", [DIALOG, SLOT, STATE, BODIES, NUDGE], ids=["dialog", "slot", "state", "body", "nudge"]
)
def test_every_key_is_explained_to_authors(table: dict[str, Any]) -> None:
    explained = set(re.findall(r"`([a-z_ ]+)`", AUTHORS))

    assert set(table) <= explained
