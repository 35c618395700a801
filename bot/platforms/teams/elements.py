"""Elements: the small pieces of an Adaptive Card, with nothing in a text read as markup, mention or expression.

Texts go into rich text runs, the one element whose text is no Markdown. What a client or a template engine might still
take for a tag or an expression is loosened by a space. What is given here is clean already.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.content.cutting import cut
from bot.content.wording import shown

Element = dict[str, Any]
"""A piece of a card, or an action, as JSON."""

VERSION = "1.5"
LONGEST_TITLE = 75
LONGEST_LINK = 2_000
ROOM = "220px"
LEAVES = "↗"
"""Behind the title of what opens outside of Teams."""

_EXPRESSION = re.compile(r"\$(?=\{)|\{(?=\{(?:DATE|TIME)\()|<(?=[A-Za-z/!?])")
_LINE = 120
"""About what one line of text takes beside its characters."""


def loosened(text: str) -> str:
    """The text with nothing in it that reads as a tag or an expression."""
    return _EXPRESSION.sub(r"\g<0> ", shown(text))


def weight(text: str) -> int:
    """About how many bytes a text takes in a card."""
    return len(json.dumps(text)) + _LINE * (text.count("\n") + 1)


def lines(text: str, **look: object) -> Iterator[Element]:
    """A text as one element a line, which is how line breaks look the same in every client; ``look`` is of the run."""
    spacing = "Default"
    for line in loosened(text).split("\n"):
        if line.strip():
            run = {"type": "TextRun", "text": line, **look}
            yield {"type": "RichTextBlock", "inlines": [run], "spacing": spacing}
            spacing = "None"
        else:
            spacing = "Medium"


def small(text: str) -> Iterator[Element]:
    """Small print."""
    return lines(text, size="Small", isSubtle=True)


def framed(text: str) -> Element:
    """A text to copy as it stands, set off from what is said about it."""
    return {"type": "Container", "style": "emphasis", "items": list(lines(text))}


def roomy(field: Element) -> Element:
    """A field for a long text, with room for a letter; of itself it would show two lines of it."""
    return {"type": "Container", "minHeight": ROOM, "items": [{**field, "height": "stretch"}]}


def hidden(name: str, value: str) -> Element:
    """A value that comes back with whatever is pressed."""
    return {"type": "Input.Text", "id": name, "value": value, "isVisible": False}


def title(text: str) -> str:
    """What stands on a button; never nothing."""
    return cut(" ".join(loosened(text).split()), LONGEST_TITLE) or "…"


def execute(label: str, verb: str, data: Mapping[str, Any]) -> Element:
    """A button that is answered in place; where a client knows no such thing, it writes its label into the chat."""
    shown_title = title(label)
    return {
        "type": "Action.Execute",
        "title": shown_title,
        "verb": verb,
        "data": dict(data),
        "fallback": {
            "type": "Action.Submit",
            "title": shown_title,
            "data": {
                "msteams": {
                    "type": "messageBack",
                    "text": shown_title,
                    "displayText": shown_title,
                    "value": dict(data),
                },
            },
        },
    }


def open_dialog(label: str, data: Mapping[str, Any]) -> Element:
    """A button that opens a dialog of ours in Teams."""
    return {"type": "Action.Submit", "title": title(label), "data": {**data, "msteams": {"type": "task/fetch"}}}


def submit(label: str, data: Mapping[str, Any]) -> Element:
    """The button of a dialog that hands its fields in."""
    return {"type": "Action.Submit", "title": title(label), "data": dict(data)}


def open_link(label: str, address: str) -> Element:
    return {"type": "Action.OpenUrl", "title": f"{title(label)} {LEAVES}", "url": address}


def is_link(address: str) -> bool:
    """Whether an address may stand behind a button."""
    return address.startswith(("https://", "http://", "mailto:", "tel:")) and len(address) <= LONGEST_LINK


def card(body: Iterable[Element], actions: Iterable[Element] = ()) -> Element:
    """A card with whatever it holds; without actions it has no row for them."""
    pressable = list(actions)
    whole: Element = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": VERSION,
        "body": list(body),
    }
    return {**whole, "actions": pressable} if pressable else whole


def attachment(content: Element) -> Element:
    """A card as it travels in an activity."""
    return {"contentType": "application/vnd.microsoft.card.adaptive", "content": content}
