"""What Slack refuses in blocks and views: our own reading of its limits, the published schema, the SDK's models."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.basic_objects import JsonObject
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

SCHEMAS = Path(__file__).parent.parent.parent.parent / "shared" / "schemas"
"""Where the published schemas lie beside a checkout; without them the other two checks remain."""

MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
MOST_IN_ALL = 13_200
LONGEST_METADATA = 3_000
SURFACES = {
    "message": {
        "section",
        "context",
        "actions",
        "divider",
        "header",
        "image",
        "rich_text",
        "file",
        "video",
        "markdown",
    },
    "modal": {"section", "context", "actions", "divider", "header", "image", "rich_text", "input", "video"},
    "home": {"section", "context", "actions", "divider", "header", "image", "rich_text", "input", "video"},
}
_LONGEST = {
    ("section", "text"): 3_000,
    ("header", "text"): 150,
    ("button", "text"): 75,
    ("option", "text"): 75,
    ("input", "label"): 2_000,
    ("modal", "title"): 24,
    ("modal", "submit"): 24,
    ("modal", "close"): 24,
}
_LONGEST_STRING = {"action_id": 255, "block_id": 255, "callback_id": 255, "value": 2_000, "url": 3_000}
_BUTTON_LINKS = ("https://", "http://")
_TEXT_LINKS = (*_BUTTON_LINKS, "mailto:", "tel:")


def faults_of_blocks(blocks: object, surface: str = "message") -> list[str]:
    """Everything that Slack would refuse in the blocks of a message, modal or home page; none is good."""
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        return ["blocks are a list of objects"]
    found = [
        *_counted(blocks, surface),
        *(fault for block in blocks for fault in _walked(block)),
        *_schema(
            {"blocks": blocks} if surface == "message" else {surface: {"type": surface, **_titled(surface, blocks)}}
        ),
        *_models(Block.parse_all(blocks), len(blocks)),
    ]
    return list(dict.fromkeys(found))


def faults_of_view(view: object) -> list[str]:
    """Everything that Slack would refuse in a view."""
    if not isinstance(view, dict) or view.get("type") not in ("modal", "home"):
        return ["a view is an object of type modal or home"]
    blocks = view.get("blocks")
    found = faults_of_blocks(blocks, view["type"])
    if not found:
        found = [*_schema({view["type"]: view}), *_models([View(**view)], 1), *_walked({**view, "blocks": []})]
    has_input = any(block.get("type") == "input" for block in blocks or [] if isinstance(block, dict))
    if view["type"] == "modal" and has_input and "submit" not in view:
        found.append("a modal with an input needs a submit")
    if len(view.get("private_metadata", "")) > LONGEST_METADATA:
        found.append("private_metadata is too long")
    return found


def _titled(surface: str, blocks: Sequence[object]) -> dict[str, Any]:
    title = {"title": {"type": "plain_text", "text": "x"}} if surface == "modal" else {}
    return {"blocks": blocks, **title}


def _counted(blocks: Sequence[Mapping[str, Any]], surface: str) -> Iterator[str]:
    if len(blocks) > MOST_BLOCKS[surface]:
        yield f"more than {MOST_BLOCKS[surface]} blocks"
    if len(json.dumps(blocks, ensure_ascii=False)) > MOST_IN_ALL and surface == "message":
        yield "msg_blocks_too_long"
    for block in blocks:
        if block.get("type") not in SURFACES[surface]:
            yield f"unsupported block: {block.get('type')}"
        ids = Counter(one.get("action_id") for one in block.get("elements", ()) if one.get("action_id"))
        yield from (f"action_id {name} stands twice in a block" for name, times in ids.items() if times > 1)
    ids = Counter(block["block_id"] for block in blocks if "block_id" in block)
    yield from (f"block_id {name} stands twice" for name, times in ids.items() if times > 1)


def _walked(node: object, kind: str = "") -> Iterator[str]:
    """Own limits, all the way down; ``kind`` is what the node stands in."""
    if isinstance(node, list):
        for one in node:
            yield from _walked(one, kind)
    if not isinstance(node, dict):
        return
    own = str(node.get("type", "option" if "value" in node and "text" in node else ""))
    yield from _own_faults(node, own)
    for key, value in node.items():
        if isinstance(value, str) and len(value) > _LONGEST_STRING.get(key, MOST_IN_ALL):
            yield f"{key} is too long"
        if isinstance(value, dict) and len(str(value.get("text", ""))) > _LONGEST.get((own, key), 3_000):
            yield f"{own}.{key} is too long"
        yield from _walked(value, own)


def _own_faults(node: Mapping[str, Any], own: str) -> Iterator[str]:
    if own in ("plain_text", "mrkdwn", "text") and not node.get("text"):
        yield f"an empty {own}"
    if own in ("actions", "context", "rich_text") and not node.get("elements"):
        yield f"{own} without elements"
    if own == "button" and "url" in node and not node["url"].startswith(_BUTTON_LINKS):
        yield "a button's url is http or https"
    if own == "link" and not node.get("url", "").startswith(_TEXT_LINKS):
        yield "a link's url is of another kind"
    if own == "plain_text_input" and len(node.get("initial_value", "")) > node.get("max_length", 3_000):
        yield "initial_value is longer than max_length"


@cache
def _validator() -> jsonschema.protocols.Validator | None:
    path = SCHEMAS / "slack-surfaces.schema.json"
    return jsonschema.Draft7Validator(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else None


def _schema(surfaces: Mapping[str, object]) -> Iterator[str]:
    validator = _validator()
    if validator is not None:
        yield from (f"schema: {error.json_path}" for error in validator.iter_errors(surfaces))


def _models(parsed: Sequence[object], expected: int) -> Iterator[str]:
    """The SDK validates one object at a time, so each of its children is asked too."""
    if len(parsed) != expected:
        yield "the SDK knows no such block"
    for one in _children(list(parsed)):
        try:
            one.validate_json()
        except SlackObjectFormationError as error:
            yield f"SDK: {error}"


def _children(node: object) -> Iterator[JsonObject]:
    if isinstance(node, JsonObject):
        yield node
        for value in vars(node).values():
            yield from _children(value)
    elif isinstance(node, list | tuple):
        for one in node:
            yield from _children(one)
