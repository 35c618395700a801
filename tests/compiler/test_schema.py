"""The schema for editors takes what the compiler takes, and stands beside the files that name it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.compiler.keys import BODIES, DIALOG, NUDGE, SLOT, STATE
from bot.compiler.moment_keys import MOMENTS, SECTIONS
from bot.compiler.nodes import Mapping, Node, Scalar, Sequence
from bot.compiler.problems import Notes
from bot.compiler.schema import KINDS_OF_FILES, schema
from bot.compiler.source import read_source
from tests.compiler.broken_files import FOLDER, read_case
from tests.compiler.damaging import ROOT

SHIPPED = sorted(
    path
    for path in (
        *ROOT.glob("dialogs/**/*.yaml"),
        *ROOT.glob("content/*/*.yaml"),
        *ROOT.glob("content/*/rules/moments.yaml"),
        ROOT / "content" / "operator.yaml",
    )
)
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


def kind_of(path: str) -> str:
    """The kind of a file by where it stands."""
    stem = path.rpartition("/")[2].removesuffix(".yaml")
    if stem in ("operator", "words", "moments"):
        return stem
    if "content/" in path:
        return "messages"
    return "slots" if stem == "slots" else "dialog"


def faults(text: str, kind: str | None) -> list[str]:
    node = read_source("a.yaml", text.encode(), Notes())
    assert node is not None
    validator = jsonschema.Draft7Validator(schema(kind))
    return [fault.message for fault in validator.iter_errors(as_an_editor_reads_it(node))]


@pytest.mark.parametrize("kind", [None, *KINDS_OF_FILES])
def test_the_schema_is_one(kind: str | None) -> None:
    jsonschema.Draft7Validator.check_schema(schema(kind))


@pytest.mark.parametrize("path", SHIPPED, ids=[str(path.relative_to(ROOT)) for path in SHIPPED])
def test_a_shipped_file_fits_the_schema_that_it_names(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)

    kind = kind_of(path.relative_to(ROOT).as_posix())
    assert faults(text, kind) == []
    assert faults(text, None) == []
    assert named is not None
    assert (path.parent / named[1]).resolve() == ROOT / "docs" / "schema" / f"{kind}.json"


@pytest.mark.parametrize("kind", KINDS_OF_FILES)
def test_the_schema_that_they_name_is_that_of_the_code(kind: str) -> None:
    written = json.loads((ROOT / "docs" / "schema" / f"{kind}.json").read_text(encoding="utf-8"))

    assert written == schema(kind), "run `make schemas`"


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

    assert any(faults(text, kind_of(file)) for file, text in case.files.items())


@pytest.mark.parametrize(
    "table", [DIALOG, SLOT, STATE, BODIES, NUDGE], ids=["dialog", "slot", "state", "body", "nudge"]
)
def test_every_key_is_explained_to_authors(table: dict[str, Any]) -> None:
    explained = set(re.findall(r"`([a-z_ ]+)`", AUTHORS))

    assert set(table) <= explained


@pytest.mark.parametrize(
    "name", ["numbers", "part_times", *(f"{name}.{key}" for name in SECTIONS for key in SECTIONS[name][1])]
)
def test_an_editor_marks_a_key_of_moments_in_the_wrong_form(name: str) -> None:
    section, _, key = name.partition(".")
    text = f"{section}: {{{key}: wrong}}" if key else f"{section}: wrong"

    assert faults(f"{text}\n", "moments")


def test_the_keys_of_moments_are_those_that_the_reader_wants() -> None:
    text = (ROOT / "content" / "en" / "rules" / "moments.yaml").read_text(encoding="utf-8")
    node = read_source("moments.yaml", text.encode(), Notes())
    assert isinstance(node, Mapping)
    written = {key.text: value for key, value in node}

    assert set(written) == {*MOMENTS, *SECTIONS}
    for name, (_, table) in SECTIONS.items():
        section = written[name]
        assert isinstance(section, Mapping)
        assert {key.text for key, _ in section} == set(table)
