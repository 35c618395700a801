"""Hostile texts: what somebody may paste, and what must never come of it in anything that is sent."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

_FILE = Path(__file__).parent / "texts.jsonl"

_NOT_SHOWN = frozenset({"action_id", "block_id", "value", "channel", "type", "id", "ts", "user", "serviceUrl"})
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufffe\uffff]")
_OPENS, _CLOSES = "\u202a\u202b\u202d\u202e", "\u202c"
_ISOLATES, _ENDS = "\u2066\u2067\u2068", "\u2069"
_SLACK_MENTION = re.compile(r"<([!@#][^>\s]*)>?")
_SLACK_LINK = re.compile(r"<((?:https?|mailto|tel|slack|javascript|data|ftp):[^>|]*)")
_TEAMS_TAG = re.compile(r"<at\b|<attachment\b|<script|<img|<a\s", re.IGNORECASE)
_CARD_EXPRESSION = re.compile(r"\$\{|\{\{(DATE|TIME)\(")


@dataclass(frozen=True, slots=True)
class HostileText:
    """One text; ``expect`` are the codes of what has to hold for it."""

    id: str
    text: str
    expect: frozenset[str]


@cache
def hostile_texts() -> tuple[HostileText, ...]:
    """All of them, the long ones written out."""
    return tuple(_read())


def _read() -> Iterator[HostileText]:
    for line in _FILE.read_text(encoding="ascii").splitlines():
        item = json.loads(line)
        made = item.get("gen")
        text = made["prefix"] + made["repeat"] * made["times"] + made["suffix"] if made else item["text"]
        yield HostileText(item["id"], text, frozenset(item["expect"]))


def faults_in(
    hostile: HostileText, payloads: Sequence[Mapping[str, Any]], platform: Literal["slack", "teams"] = "slack"
) -> list[str]:
    """What is wrong with the JSON bodies that were sent because of a text; none is good."""
    found: list[str] = []
    for payload in payloads:
        try:
            json.dumps(payload, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            found.append("cannot be encoded")
            continue
        for name, shown in strings(payload):
            found += _faults_of(shown, name)
            found += _slack_faults(shown, name) if platform == "slack" else _teams_faults(shown, name, payload)
            if "no_eval" in hostile.expect and "7*7" in hostile.text and re.search(r"(?<!\d)49(?!\d)", shown):
                found.append("a template was evaluated")
    return sorted(set(found))


def strings(node: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a payload that somebody may see, with its key."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield from strings(value, key)
    elif isinstance(node, Sequence) and not isinstance(node, str):
        for value in node:
            yield from strings(value, name)
    elif isinstance(node, str) and name not in _NOT_SHOWN:
        yield name, node


def _faults_of(shown: str, name: str) -> Iterator[str]:
    if _CONTROLS.search(shown):
        yield f"a control character in {name}"
    if _count(shown, _OPENS) != _count(shown, _CLOSES) or _count(shown, _ISOLATES) != _count(shown, _ENDS):
        yield f"an unclosed text direction in {name}"


def _slack_faults(shown: str, name: str) -> Iterator[str]:
    if _SLACK_MENTION.search(shown):
        yield f"a mention in {name}"
    if _SLACK_LINK.search(shown):
        yield f"a link in {name}"
    if name == "text" and len(shown) > 3_000:
        yield f"{name} is longer than Slack takes"


def _teams_faults(shown: str, name: str, payload: Mapping[str, Any]) -> Iterator[str]:
    if _TEAMS_TAG.search(shown):
        yield f"a tag in {name}"
    if payload.get("textFormat", "markdown") != "plain" and re.search(r"!?\[[^\]]*\]\(", shown):
        yield f"a markdown link in {name}"
    if _CARD_EXPRESSION.search(shown):
        yield f"an expression in {name}"
    if len(json.dumps(payload).encode()) > 28 * 1024:
        yield "the activity is over 28 KB"


def _count(text: str, marks: str) -> int:
    return sum(text.count(mark) for mark in marks)
