"""What Teams refuses in activities and cards: the published schemas, and our own reading of its limits."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

SCHEMAS = Path(__file__).parent.parent.parent.parent / "shared" / "schemas"
"""Where the published schemas lie beside a checkout; without them our own checks remain."""

HEAVIEST = 28 * 1024
MOST_ACTIONS = 6
MARKUP = re.compile(r"<at\b|<attachment\b|<script|<img|<a\s|\$\{|\{\{(DATE|TIME)\(", re.IGNORECASE)


def faults_of_activity(activity: Mapping[str, Any]) -> list[str]:
    """Everything that is wrong with an activity that we post; none is good."""
    found = [*_schema("bot-connector-swagger.json", "Activity", activity)]
    if len(json.dumps(activity).encode()) > HEAVIEST:
        found.append("heavier than 28 KB")
    if "text" in activity and activity.get("textFormat") != "plain":
        found.append("a text that is not plain")
    found += [f"markup in {text[:40]!r}" for text in _strings(activity) if MARKUP.search(text)]
    for attached in activity.get("attachments") or ():
        if attached.get("contentType") == "application/vnd.microsoft.card.adaptive":
            found += faults_of_card(attached["content"])
    return found


def faults_of_card(card: Mapping[str, Any]) -> list[str]:
    """Everything that is wrong with an Adaptive Card."""
    found = [*_schema("adaptive-card-1.5.0.json", "AdaptiveCard", card)]
    actions = card.get("actions", [])
    if card.get("version") != "1.5":
        found.append("not version 1.5")
    if len(actions) > MOST_ACTIONS:
        found.append("more than six actions")
    found += [f"a title of {len(one['title'])} characters" for one in actions if not 0 < len(one["title"]) <= 80]
    found += ["text that is Markdown" for one in elements(card) if one.get("type") == "TextBlock"]
    found += ["an input without a label" for one in elements(card) if _is_unlabelled(one)]
    return found


def _is_unlabelled(element: Mapping[str, Any]) -> bool:
    is_input = str(element.get("type", "")).startswith("Input.")
    return is_input and not element.get("label") and element.get("isVisible") is not False


def elements(piece: object) -> Iterator[Mapping[str, Any]]:
    """Every object in a piece of JSON, itself first."""
    if isinstance(piece, dict):
        yield piece
        for value in piece.values():
            yield from elements(value)
    elif isinstance(piece, list):
        for value in piece:
            yield from elements(value)


def _strings(piece: object) -> Iterator[str]:
    if isinstance(piece, str):
        yield piece
    elif isinstance(piece, dict):
        for value in piece.values():
            yield from _strings(value)
    elif isinstance(piece, list):
        for value in piece:
            yield from _strings(value)


def _schema(file: str, definition: str, value: object) -> Iterator[str]:
    validator = _validator(file, definition)
    if validator is not None:
        yield from (f"{definition}: {error.json_path}: {error.message[:120]}" for error in validator.iter_errors(value))


@cache
def _validator(file: str, definition: str) -> jsonschema.Draft4Validator | None:
    path = SCHEMAS / file
    if not path.is_file():
        return None
    document = json.loads(path.read_text(encoding="utf-8"))
    if "CardAction" in document["definitions"]:
        # The service takes any JSON here, and for `imBack` only text makes sense; the document says "object" for both.
        document["definitions"]["CardAction"]["properties"]["value"] = {}
    root = {"$ref": f"#/definitions/{definition}", "definitions": document["definitions"]}
    kind = jsonschema.Draft4Validator if definition == "Activity" else jsonschema.Draft6Validator
    return kind(root)  # type: ignore[return-value]
