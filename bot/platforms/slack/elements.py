"""Elements: the small pieces of Block Kit, with Slack's limits kept and its control characters escaped last.

Text is plain wherever Slack takes plain text, so nothing in it becomes a mention, a link, a style or an emoji. What is
given here is clean already (see ``bot/content/cleaning.py``), so cutting and escaping are all that is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from bot.content.cutting import cut, fitting
from bot.content.wording import shown

Element = dict[str, Any]
"""A piece of Block Kit, or a whole block, as JSON."""

LONGEST_TEXT = 3_000
LONGEST_LABEL = 75
LONGEST_HEADER = 150
LONGEST_VALUE = 2_000
LONGEST_LINK = 3_000
LONGEST_ID = 255

MOST_RUNS = 30

_MARKUP = re.compile(r"(?<=<)(?=[!@#]|[A-Za-z]{2,20}:)")
"""Where a ``<`` would begin a mention or a link."""

LINK = "link"
"""How the ``action_id`` of a button begins that only opens an address; Slack reports it all the same."""


def escape(text: str) -> str:
    """Write Slack's three control characters as text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """Read back what Slack hands back escaped."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def weight(text: str) -> int:
    """How long a text is once it is escaped, which is what Slack's limits are held against."""
    return len(text) + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))


def plain(text: str, most: int = LONGEST_TEXT) -> Element:
    """A plain text object; an empty one is not allowed, so there ``…`` stands for it."""
    return {"type": "plain_text", "text": escape(cut(shown(text), most, weight)) or "…", "emoji": False}


def sections(text: str) -> Iterator[Element]:
    """A text of any length as sections, one after the other."""
    return ({"type": "section", "text": plain(piece)} for piece in pieces(shown(text)))


def header(text: str) -> Element:
    return {"type": "header", "text": plain(text, LONGEST_HEADER)}


def context(text: str) -> Element:
    """Small print."""
    return {"type": "context", "elements": [plain(text)]}


def preformatted(text: str) -> Element:
    """A text to copy as it stands.

    Rich text is not escaped: Slack reads nothing in it as markup, and what is copied is what was written. It is only
    taken apart where it would spell a mention or a link, so that no string of ours does, whoever reads it.
    """
    runs = [{"type": "text", "text": run} for run in _runs(shown(text))]
    return {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": runs}]}


def link_line(label: str, address: str) -> Element:
    """A link on a line of its own, for addresses that Slack takes in text but not behind a button."""
    link = {"type": "link", "url": address, "text": cut(shown(label), LONGEST_LABEL)}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [link]}]}


def actions(elements: Iterable[Element], block_id: str | None = None) -> Element:
    row: Element = {"type": "actions", "elements": list(elements)}
    return row if block_id is None else {**row, "block_id": block_id[:LONGEST_ID]}


def button(label: str, action: str, value: str) -> Element:
    return {"type": "button", "text": plain(label, LONGEST_LABEL), "action_id": action, "value": value}


def link_button(label: str, action: str, address: str) -> Element:
    return {"type": "button", "text": plain(label, LONGEST_LABEL), "action_id": action, "url": address}


def editable(text: str, most: int) -> str:
    """A text for a field to begin with.

    Slack takes it as it is, so nothing is escaped; what would be a mention or a link elsewhere is loosened by a space.
    """
    return cut(_MARKUP.sub(" ", shown(text)), most)


def is_web_link(address: str) -> bool:
    """Whether Slack takes the address behind a button."""
    return address.startswith(("https://", "http://")) and len(address) <= LONGEST_LINK


def pieces(text: str, most: int = LONGEST_TEXT) -> Iterator[str]:
    """A text in pieces that Slack takes, cut at a line's or a word's end where there is one near."""
    while weight(text) > most:
        end = fitting(text, most, weight)
        near = max(text.rfind("\n", end // 2, end), text.rfind(" ", end - end // 8, end))
        yield text[: near if near > 0 else end]
        text = text[near if near > 0 else end :].lstrip()
    if text:
        yield text


def _runs(text: str) -> Iterator[str]:
    """The text in few runs that Slack takes; one full of control characters has them loosened instead."""
    runs = _MARKUP.split(text)
    for run in runs if len(runs) <= MOST_RUNS else [_MARKUP.sub(" ", text)]:
        yield from (run[start : start + LONGEST_TEXT] for start in range(0, len(run), LONGEST_TEXT))
