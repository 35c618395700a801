"""YAML is read as it was typed, with its places, and never further than its limits."""

from __future__ import annotations

import time

import pytest

from bot.compiler.decoding import MOST_BYTES
from bot.compiler.nodes import Mapping, Scalar, Sequence
from bot.compiler.problems import Notes
from bot.compiler.source import MOST_NODES, read_source


def read(text: str | bytes) -> tuple[Mapping | None, list[str]]:
    notes = Notes()
    data = text.encode() if isinstance(text, str) else text
    node = read_source("dialogs/note.yaml", data, notes)
    return node, [problem.message for problem in notes.all]


def value(text: str) -> Scalar:
    node, problems = read(f"key: {text}\n")
    assert node is not None, problems
    found = node.get("key")
    assert isinstance(found, Scalar)
    return found


@pytest.mark.parametrize("typed", ["on", "no", "10:30", "2026-01-01", "1_000", "0x1F", "1e3", "true", "=", "NaN"])
def test_a_word_is_the_text_that_was_typed(typed: str) -> None:
    assert (value(typed).text, value(typed).plain) == (typed, True)


def test_quotes_are_remembered() -> None:
    assert (value('"~"').is_nothing, value("'~'").is_nothing, value("~").is_nothing) == (False, False, True)


def test_every_node_knows_its_place() -> None:
    node, _ = read("states:\n  start:\n    say: [hello, bye]\n")

    assert node is not None
    start = node.get("states")
    assert isinstance(start, Mapping)
    say = start.entries[0][1]
    assert isinstance(say, Mapping)
    words = say.get("say")
    assert isinstance(words, Sequence)
    assert [(item.line, item.column) for item in words.items] == [(3, 11), (3, 18)]


def test_columns_count_characters_and_not_bytes() -> None:
    node, _ = read("{é: 𝄞, key: x}\n")

    assert node is not None
    found = node.get("key")
    assert found is not None
    assert found.column == 13


@pytest.mark.parametrize(
    "data",
    [b"\xef\xbb\xbfkey: x\n", b"key: x\r\n", b"key: x\r", b"---\nkey: x\n", b"--- # a comment\nkey: x\n...\n"],
)
def test_what_editors_leave_in_a_file_changes_nothing(data: bytes) -> None:
    node, problems = read(data)

    assert node is not None
    assert [(key.text, item.text) for key, item in node if isinstance(item, Scalar)] == [("key", "x")]
    assert problems == []


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_another_encoding_is_named_with_what_to_do(encoding: str) -> None:
    node, problems = read("dialog: note\nformat: 1\n".encode(encoding))

    assert node is None
    assert problems == ["the file is not UTF-8 (it looks like UTF-16); save as UTF-8."]


def test_a_byte_that_is_not_utf_8_is_pointed_at() -> None:
    notes = Notes()

    read_source("dialogs/note.yaml", "dialog: note\nabout: café\n".encode("latin-1"), notes)

    assert [(problem.line, problem.column) for problem in notes.all] == [(2, 11)]


def test_all_odd_parts_of_a_file_are_shown_in_one_run() -> None:
    _, problems = read("a: !one x\na: y\nb: &two z\n<<: {c: d}\n")

    assert len(problems) == 4


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{a: " * 100_000,
        "- " * 100_000,
        "? " * 100_000,
        "".join(" " * depth + "a:\n" for depth in range(800)),
        "a: " + "'" * 200_001,
        "a: &a " * 5_000,
        "a: *a\n" * 5_000,
        "[" + "a, " * 100_000 + "]",
        "x" * MOST_BYTES,
        ": " * 100_000,
        "!" * 100_000,
        "a: |\n" + " x\n" * 100_000 + "b: '",
    ],
    ids=range(13),
)
def test_a_file_made_to_hurt_is_refused_at_once(text: str) -> None:
    started = time.process_time()

    node, problems = read(text[:MOST_BYTES])

    assert node is None
    assert problems
    assert time.process_time() - started < 2, "a twentieth of that on a machine that does nothing else"


def test_a_file_that_is_too_large_is_not_looked_at() -> None:
    _, problems = read(b"\xff" * (MOST_BYTES + 1))

    assert problems == ["the file has 400,001 bytes; at most 400,000 are read. Split it."]


def test_a_file_of_too_many_parts_is_stopped_there() -> None:
    _, problems = read("a: [" + "x, " * MOST_NODES + "]\n")

    assert problems == [f"the file has more than {MOST_NODES:,} parts; split it."]
