"""The screen: what a person reads in blocks, which buttons they see, and how they fill in fields."""

from __future__ import annotations

from typing import Any

from tests.standins.slack_world import View

Blocks = list[dict[str, Any]]


def words_of(blocks: Blocks) -> str:
    """What a person reads in blocks, escapes resolved, a line for each piece."""
    return "\n".join(_words(blocks))


def labels_of(blocks: Blocks) -> list[str]:
    """The buttons of a message or view, by label."""
    return [unescaped(one["text"]["text"]) for one in _buttons(blocks)]


def unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _words(blocks: Blocks) -> list[str]:
    found: list[str] = []
    for block in blocks:
        match block["type"]:
            case "section" | "header":
                found.append(unescaped(block["text"]["text"]))
            case "context":
                found += [unescaped(one["text"]) for one in block["elements"]]
            case "rich_text":
                found += ["".join(run["text"] for run in one["elements"]) for one in block["elements"]]
            case "input":
                found.append(unescaped(block["label"]["text"]))
    return found


def _buttons(blocks: Blocks) -> Blocks:
    rows = [block for block in blocks if block["type"] == "actions"]
    return [
        {"block_id": row.get("block_id"), **one} for row in rows for one in row["elements"] if one["type"] == "button"
    ]


def button_of(blocks: Blocks, label: str) -> dict[str, Any] | None:
    return next((one for one in _buttons(blocks) if unescaped(one["text"]["text"]) == label), None)


def fill(view: View, block_id: str, answer: str) -> None:
    """Type into a field, or choose an option by its label."""
    element = next(one["element"] for one in view.body["blocks"] if one.get("block_id") == block_id)
    kind, action = element["type"], element["action_id"]
    if kind == "plain_text_input":
        assert len(answer) <= element.get("max_length", 3_000), "Slack would not let them type so much"
        view.values[block_id] = {action: {"type": kind, "value": answer or None}}
    else:
        options = {unescaped(one["text"]["text"]): one for one in element["options"]}
        assert answer in options, f"no option {answer!r}; there are {list(options)}"
        view.values[block_id] = {action: {"type": kind, "selected_option": options[answer]}}


def check_filled(view: View) -> None:
    for block in view.body["blocks"]:
        if block["type"] == "input" and not block.get("optional"):
            value = view.values[block["block_id"]][block["element"]["action_id"]]
            assert value.get("value") or value.get("selected_option"), "Slack would not let them leave it empty"
