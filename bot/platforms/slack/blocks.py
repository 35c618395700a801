"""Blocks: one message as Block Kit, and as the text that stands in for it in a notification or a screen reader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from bot.content.cutting import cut
from bot.content.message import Block, Button, OutgoingMessage, Paragraph, SmallPrint
from bot.content.wording import shown
from bot.platforms.slack.elements import (
    LINK,
    LONGEST_LINK,
    LONGEST_TEXT,
    LONGEST_VALUE,
    Element,
    actions,
    button,
    context,
    escape,
    is_web_link,
    link_button,
    link_line,
    preformatted,
    sections,
    unescape,
    weight,
)

CHOICE = "choice"
"""How the ``action_id`` of a choice's button begins, and the ``block_id`` of their row."""

MOST_BLOCKS = 50
MOST_BUTTONS = 25
LONGEST_MESSAGE = 9_000
"""All text of a message together; Slack refuses blocks from about 13,200 on, and a mail's address may have 3,000."""

_VALUE = re.compile(r"([0-9]{1,9}):([A-Za-z0-9_.-]{1,100})")


def blocks_of(message: OutgoingMessage, person_key: str) -> list[Element]:
    """The message as blocks. ``person_key`` goes into the id of the buttons' row: whose buttons they are."""
    small = [part for part in message.parts if isinstance(part, SmallPrint)]
    said = [part for part in message.parts if not isinstance(part, SmallPrint)]
    tail = [*_pressable(message, person_key), *(context(part.text) for part in small)]
    room = LONGEST_MESSAGE - sum(weight(part.text) for part in small)
    return [*_body(said, room)][: MOST_BLOCKS - len(tail)] + tail


def fallback(message: OutgoingMessage) -> str:
    """The message as text, never empty. Of a nudge it is the preview alone, which names no employer."""
    if message.preview is not None:
        return escape(cut(message.preview, LONGEST_TEXT, weight)) or "…"
    labels = [f"[{number}] {label}" for number, label in enumerate(_labels(message.buttons), start=1)]
    text = "\n".join(filter(None, [*(shown(part.text) for part in message.parts), *labels]))
    return escape(cut(text, LONGEST_TEXT, weight)) or "…"


def picked(blocks: Sequence[Element], label: str) -> list[Element]:
    """The blocks of a message as Slack handed them back, with what was chosen in the place of the choices.

    Links beside them stay. ``label`` is the button's own text, as Slack hands it back or as it was sent.
    """
    return [shown_block for block in blocks for shown_block in _picked(block, label)]


def read_value(value: object) -> tuple[int, str] | None:
    """The number of the question and the code that a button stands for; ``None`` for what no button of ours says."""
    match = _VALUE.fullmatch(value) if isinstance(value, str) else None
    return None if match is None else (int(match[1]), match[2])


def presser(block_id: object) -> str | None:
    """The ``person_key`` of the row of choices with this id; ``None`` when it is no such row."""
    return block_id.removeprefix(f"{CHOICE}:") if isinstance(block_id, str) and _is_row(block_id) else None


# -------------------------------------------------------------------------------------------------------- body


def _body(parts: Sequence[Paragraph | Block], room: int) -> Iterator[Element]:
    """The parts, the last of them shortened when all together take more than the room."""
    for part in parts:
        text = cut(part.text, max(room, 0), weight)
        room -= weight(text)
        if text.strip():
            yield from _part(replace(part, text=text))


def _part(part: Paragraph | Block) -> Iterator[Element]:
    if isinstance(part, Paragraph):
        yield from sections(part.text)
        return
    yield preformatted(part.text)
    address = _mail(part)
    if address is not None and part.mail_label:
        yield link_line(part.mail_label, address)


def _mail(block: Block) -> str | None:
    """A new mail with the text in it; none when its address grows longer than Slack takes."""
    if block.mail_subject is None:
        return None
    body = block.text.replace("\n", "\r\n")
    address = f"mailto:?subject={quote(block.mail_subject)}&body={quote(body)}"
    return address if len(address) <= LONGEST_LINK else None


# ----------------------------------------------------------------------------------------------------- buttons


def _pressable(message: OutgoingMessage, person_key: str) -> Iterator[Element]:
    """What can be pressed: first what Slack takes only as a link in text, then the row of buttons."""
    row: list[Element] = []
    for number, one in enumerate(message.buttons[:MOST_BUTTONS]):
        if one.link is None:
            row.extend(_choice(one, number, message.question))
        elif is_web_link(one.link):
            row.append(link_button(one.label, f"{LINK}:{number}", one.link))
        elif one.link.startswith(("mailto:", "tel:")) and len(one.link) <= LONGEST_LINK:
            yield link_line(one.label, one.link)
    if row:
        yield actions(row, f"{CHOICE}:{person_key}")


def _choice(one: Button, number: int, question: int | None) -> Iterator[Element]:
    value = f"{question}:{one.code}"
    if question is not None and len(value) <= LONGEST_VALUE:
        yield button(one.label, f"{CHOICE}:{number}", value)


def _labels(buttons: Sequence[Button]) -> Iterator[str]:
    return (shown(one.label) for one in buttons if one.link is None)


# ------------------------------------------------------------------------------------------------------ picked


def _picked(block: Mapping[str, Any], label: str) -> Iterator[Element]:
    if block.get("type") != "actions" or not _is_row(str(block.get("block_id", ""))):
        yield dict(block)
        return
    yield context(f"✓ {unescape(label)}")
    links = [one for one in block.get("elements", ()) if "url" in one]
    if links:
        yield actions(links)


def _is_row(block_id: str) -> bool:
    return block_id.startswith(f"{CHOICE}:")
