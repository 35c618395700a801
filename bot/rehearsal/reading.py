"""Reads conversation tests from YAML; every fault is noted with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from pathlib import Path

from bot.compiler.nodes import Mapping as MappingNode
from bot.compiler.nodes import Node, Scalar, Sequence
from bot.compiler.phrases import read_length
from bot.compiler.problems import Notes, did_you_mean, listed, quoted
from bot.compiler.shapes import kind_of, read_items, read_mapping, read_text
from bot.compiler.source import read_source
from bot.rehearsal.script import Arrives, Finished, Given, Line, Picks, Quiet, Script, Speaks, Waits, Writes
from bot.settings import is_timezone

_TOP = ("conversation", "given", "script")
_GIVEN = ("now", "timezone", "name", "language", "country")
_DETAILS = ("choices", "shows", "says", "not_shows")
_PATTERN = re.compile(r"/(.*)/([ims]*)", re.DOTALL)
_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL}


def read_script(path: Path, notes: Notes) -> Script | None:
    """Read one file; ``None`` when it has a problem, which is then among the notes."""
    root = read_source(str(path), path.read_bytes(), notes)
    if root is None:
        return None
    _only(root, _TOP, "a conversation test", notes)
    title, script = root.get("conversation"), root.get("script")
    if title is None or script is None:
        notes.problem(root, "a conversation test needs `conversation` (what it shows) and `script`.")
        return None
    named = read_text(title, "`conversation`", notes)
    given = _given(root.get("given"), notes)
    lines = [_line(item, notes) for item in read_items(script, "`script`", notes)]
    if named is None or not notes.clean:
        return None
    return Script(str(path), named.text, given, tuple(line for line in lines if line is not None))


def _only(node: MappingNode, known: Collection[str], what: str, notes: Notes) -> None:
    for key, _ in node:
        if key.text not in known:
            notes.problem(key, f"{quoted(key.text)} is not a key of {what}{did_you_mean(key.text, known)}")


def _given(node: Node | None, notes: Notes) -> Given:
    mapping = None if node is None else read_mapping(node, "`given`", notes)
    if mapping is None:
        return Given()
    _only(mapping, _GIVEN, "`given`", notes)
    texts = {key.text: read_text(value, f"`{key.text}`", notes) for key, value in mapping if key.text in _GIVEN}
    said = {name: scalar for name, scalar in texts.items() if scalar is not None}
    usual = Given()
    if "timezone" in said and not is_timezone(said["timezone"].text):
        notes.problem(said["timezone"], "this is not a time zone; write it like `Europe/London`.")
    others = {name: scalar.text for name, scalar in said.items() if name != "now"}
    return Given(now=_now(said["now"], notes) if "now" in said else usual.now, **others)


def _now(scalar: Scalar, notes: Notes) -> datetime:
    try:
        return datetime.fromisoformat(scalar.text).replace(tzinfo=None)
    except ValueError:
        notes.problem(scalar, f"{quoted(scalar.text)} is not a date and time; write it like `2026-03-04 10:10`.")
        return Given().now


# ---------------------------------------------------------------------------------------------------- lines


def _line(node: Node, notes: Notes) -> Line | None:
    """Read a line: one word, or one key with what it holds, then details of what the coach says."""
    word, value = _word(node)
    if word is None:
        notes.problem(node, f"a line should be {listed(_WORDS)} with what it holds, but is {kind_of(node)}.")
        return None
    if word.text not in _WORDS:
        notes.problem(word, f"{quoted(word.text)} is not a line of a script{did_you_mean(word.text, _WORDS)}")
        return None
    if isinstance(node, MappingNode):
        _only(node, (word.text, *(_DETAILS if word.text in ("bot", "nudge") else ())), f"a `{word.text}` line", notes)
    return _WORDS[word.text](word, value, node, notes)


def _word(node: Node) -> tuple[Scalar | None, Node]:
    if isinstance(node, Scalar):
        return node, node
    if isinstance(node, MappingNode) and node.entries:
        return node.entries[0]
    return None, node


def _person(word: Scalar, value: Node, node: Node, notes: Notes) -> Line | None:
    text = read_text(value, "`person`", notes)
    if text is None:
        return None
    picked = re.fullmatch(r"\[(\w+)\]", text.text)
    return Picks(word, picked[1]) if picked else Writes(word, text.text)


def _bot(word: Scalar, value: Node, node: Node, notes: Notes) -> Line | None:
    items = tuple(read_items(value, f"`{word.text}`", notes)) if isinstance(value, Sequence) else (value,)
    keys = tuple(key for item in items if (key := read_text(item, "a message key", notes)))
    details = node if isinstance(node, MappingNode) else None
    return Speaks(
        node=word,
        keys=keys,
        nudge=word.text == "nudge",
        choices=_codes(details.get("choices") if details else None, notes),
        shows=_patterns(details.get("shows") if details else None, notes),
        says=_patterns(details.get("says") if details else None, notes),
        not_shows=_patterns(details.get("not_shows") if details else None, notes),
    )


def _wait(word: Scalar, value: Node, node: Node, notes: Notes) -> Line | None:
    length = read_length(value, notes)
    return None if length is None else Waits(word, length)


def _codes(node: Node | None, notes: Notes) -> tuple[str, ...] | None:
    if node is None:
        return None
    items = node.items if isinstance(node, Sequence) else (node,)
    return tuple(text.text for item in items if (text := read_text(item, "a choice", notes)))


def _patterns(node: Node | None, notes: Notes) -> tuple[re.Pattern[str], ...]:
    if node is None:
        return ()
    items = node.items if isinstance(node, Sequence) else (node,)
    return tuple(pattern for item in items if (pattern := _pattern(item, notes)))


def _pattern(node: Node, notes: Notes) -> re.Pattern[str] | None:
    """Read ``/a regular expression/is``, or plain words that must be there as they stand."""
    scalar = read_text(node, "what is shown", notes)
    if scalar is None:
        return None
    written = _PATTERN.fullmatch(scalar.text)
    if written is None:
        return re.compile(re.escape(scalar.text))
    try:
        return re.compile(written[1], sum(_FLAGS[flag] for flag in set(written[2])))
    except re.error as error:
        notes.problem(scalar, f"{quoted(scalar.text)} is not a regular expression: {error}.")
        return None


_WORDS: Mapping[str, Callable[[Scalar, Node, Node, Notes], Line | None]] = {
    "person": _person,
    "bot": _bot,
    "nudge": _bot,
    "wait": _wait,
    "arrives": lambda word, value, node, notes: Arrives(word),
    "quiet": lambda word, value, node, notes: Quiet(word),
    "finished": lambda word, value, node, notes: Finished(word),
}
