"""Cards: one message as an activity of Teams, with an Adaptive Card where there is something to press or to copy; pure.

A card carries its own words along, hidden, so that what was pressed can be answered with the same card that shows the
choice in the place of the buttons. They come back by way of the person's client, and are read as theirs: only texts,
cleaned, and shown to nobody else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from bot.content.cleaning import clean
from bot.content.cutting import cut
from bot.content.message import Block, OutgoingMessage, Paragraph, Part, SmallPrint
from bot.content.wording import shown
from bot.platforms.teams.elements import (
    Element,
    attachment,
    card,
    execute,
    framed,
    hidden,
    is_link,
    lines,
    loosened,
    open_link,
    small,
    title,
    weight,
)

Activity = dict[str, Any]

CHOOSE = "choose"
"""The verb of a choice's button."""

WORDS = "words"
"""The hidden field in which a card carries its words."""

MOST_ACTIONS = 6
HEAVIEST_CARD = 9_000
"""All words of a card that asks; it carries them twice, and an activity may have 28 KB."""

HEAVIEST_SHOWN = 20_000
"""All words of a card that only shows, such as an export."""

HEAVIEST_TEXT = 20_000
LONGEST_SUMMARY = 150
LONGEST_WORDS = 30_000


def activity_of(message: OutgoingMessage, extra: Sequence[Element] = ()) -> Activity:
    """The message as an activity. ``extra`` are more actions, behind the choices.

    Of a reminder the notification shows the preview alone, which names no employer.
    """
    actions = [*_choices(message), *extra, *_links(message)][:MOST_ACTIONS]
    if not actions and message.preview is None and not any(isinstance(part, Block) for part in message.parts):
        return text_activity_of(message)
    parts = _fitted(message.parts, HEAVIEST_SHOWN if message.question is None else HEAVIEST_CARD)
    carried = [hidden(WORDS, _carried(parts))] if message.question is not None else []
    return {**_activity(message), "attachments": [attachment(card([*_body(parts), *carried], actions))]}


def text_activity_of(message: OutgoingMessage) -> Activity:
    """The message as plain text, with its choices by number; also where no card is taken."""
    choices = [button for button in message.buttons if button.link is None]
    labels = [f"[{number}] {button.label}" for number, button in enumerate(choices, start=1)]
    text = "\n".join([*(part.text for part in message.parts), *labels])
    return {**_activity(message), "text": cut(loosened(text), HEAVIEST_TEXT, _bytes) or "…"}


def notice_of(text: str) -> Activity:
    """One line of text outside of any conversation."""
    return {"type": "message", "textFormat": "plain", "text": loosened(text)}


def picked_card(words: object, label: object) -> Element | None:
    """The card whose words these are, with what was picked in the place of its buttons; ``None`` when it has none."""
    parts = _read_carried(words)
    if not parts or not isinstance(label, str):
        return None
    picked = f"✓ {title(clean(label))}"
    return card([*_body(_fitted(parts, HEAVIEST_CARD)), *lines(picked, weight="Bolder")], _mails(parts))


# ------------------------------------------------------------------------------------------------------ parts


def _activity(message: OutgoingMessage) -> Activity:
    return {"type": "message", "textFormat": "plain", "locale": message.language, "summary": _summary(message)}


def _summary(message: OutgoingMessage) -> str:
    """What a notification shows."""
    said = message.preview or next((part.text for part in message.parts if isinstance(part, Paragraph)), "")
    return cut(" ".join(loosened(said).split()), LONGEST_SUMMARY) or "…"


def _fitted(parts: Sequence[Part], heaviest: int) -> list[Part]:
    """The parts, the later ones shortened when all together weigh too much."""
    room, fitted = heaviest, list[Part]()
    for part in parts:
        text = cut(part.text, max(room, 0), weight)
        room -= weight(text)
        if text.strip():
            fitted.append(replace(part, text=text))
    return fitted


def _body(parts: Sequence[Part]) -> Iterator[Element]:
    for part in parts:
        match part:
            case Paragraph(text):
                yield from lines(text)
            case Block(text):
                yield framed(text)
            case SmallPrint(text):
                yield from small(text)


# ---------------------------------------------------------------------------------------------------- actions


def _choices(message: OutgoingMessage) -> Iterator[Element]:
    for button in message.buttons:
        if button.link is None and message.question is not None:
            data = {"question": message.question, "choice": button.code, "label": title(button.label)}
            yield execute(button.label, CHOOSE, data)


def _links(message: OutgoingMessage) -> Iterator[Element]:
    yield from _mails(message.parts)
    for button in message.buttons:
        if button.link is not None and is_link(button.link):
            yield open_link(button.label, button.link)


def _mails(parts: Sequence[Part]) -> Iterator[Element]:
    """A new mail for each text that has one to go into; none when its address grows too long to be opened."""
    for part in parts:
        if isinstance(part, Block) and part.mail_subject is not None and part.mail_label:
            text = shown(part.text).replace("\n", "\r\n")
            address = f"mailto:?subject={quote(shown(part.mail_subject))}&body={quote(text)}"
            if is_link(address):
                yield open_link(part.mail_label, address)


# ---------------------------------------------------------------------------------------------- carried words

_KINDS: dict[str, type[Paragraph] | type[SmallPrint]] = {"text": Paragraph, "small": SmallPrint}


def _carried(parts: Sequence[Part]) -> str:
    words = [_words(part) for part in parts]
    return json.dumps(words, ensure_ascii=False, separators=(",", ":"))


def _words(part: Part) -> list[str | None]:
    text = loosened(part.text)
    match part:
        case Paragraph():
            return ["text", text]
        case SmallPrint():
            return ["small", text]
        case Block(_, subject, label):
            return ["block", text, subject and loosened(subject), label and loosened(label)]


def _read_carried(words: object) -> list[Part]:
    """The parts that a card carried; none of what is not shaped like them."""
    try:
        read = json.loads(words) if isinstance(words, str) and len(words) <= LONGEST_WORDS else []
    except (ValueError, RecursionError):
        return []
    return [part for item in read if (part := _read_part(item)) is not None] if isinstance(read, list) else []


def _read_part(item: object) -> Part | None:
    match item:
        case [("text" | "small") as kind, str(text)]:
            return _KINDS[kind](clean(text))
        case ["block", str(text), (str() | None) as subject, (str() | None) as label]:
            return Block(clean(text), subject and clean(subject), label and clean(label))
        case _:
            return None


def _bytes(text: str) -> int:
    return len(json.dumps(text))
