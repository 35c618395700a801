"""A message as lines of text: for a screen, or as a transcript that a program can read out.

The first line begins with ``coach:`` and every other one is indented, so that a reader knows where a message ends. A
text to copy stands between two cut lines; on a screen it is not indented, because it is copied with the mouse.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from bot.content.message import Block, Button, OutgoingMessage, Paragraph, Part, SmallPrint

SPEAKER = "coach: "
INDENT = "  "
CUT = "-----8<-----"


@dataclass(frozen=True, slots=True)
class Page:
    """A page for programs unless told otherwise.

    ``width`` is where lines are wrapped. On a ``screen`` parts stand apart and texts to copy are not indented;
    ``links`` says that it can hide addresses behind their labels.
    """

    width: int | None = None
    screen: bool = False
    links: bool = False


TRANSCRIPT = Page()


def lines(message: OutgoingMessage, page: Page = TRANSCRIPT) -> list[str]:
    """Return the message as lines without line ends."""
    groups = [*(list(_part(part, page)) for part in message.parts), list(_buttons(message.buttons, page))]
    groups = [group for group in groups if group]
    if not groups:
        return []
    body = [line for group in groups for line in ([*group, ""] if page.screen else group)]
    return [SPEAKER + body[0].removeprefix(INDENT), *body[1:]]


def note(text: str) -> str:
    """A line of the terminal itself, not of the coach."""
    return f"note: {text}"


def _part(part: Part, page: Page) -> Iterator[str]:
    match part:
        case Paragraph(text):
            yield from _wrapped(text, page)
        case SmallPrint(text):
            yield from _wrapped(f"({text})", page)
        case Block():
            yield from _block(part, page)


def _block(block: Block, page: Page) -> Iterator[str]:
    indent = "" if page.screen else INDENT
    yield INDENT + CUT
    for line in _printable(block.text).split("\n"):
        yield indent + line
    yield INDENT + CUT
    if page.links and block.mail_subject is not None and block.mail_label:
        address = f"mailto:?subject={quote(block.mail_subject)}&body={quote(block.text)}"
        yield INDENT + _link(block.mail_label, address)


def _buttons(buttons: tuple[Button, ...], page: Page) -> Iterator[str]:
    number = 0
    for button in buttons:
        label = _printable(button.label).replace("\n", " ")
        if button.link is not None:
            yield INDENT + (_link(label, button.link) if page.links else f"{label}: {_printable(button.link)}")
        else:
            number += 1
            yield f"{INDENT}[{number}] {label}"


def _wrapped(text: str, page: Page) -> Iterator[str]:
    for line in _printable(text).split("\n"):
        if page.width is None or not line.strip():
            yield INDENT + line
        else:
            yield from textwrap.wrap(
                line,
                page.width,
                initial_indent=INDENT,
                subsequent_indent=INDENT,
                break_long_words=False,
                break_on_hyphens=False,
            )


def _link(label: str, address: str) -> str:
    """A link by its label, as terminals understand it (OSC 8)."""
    return f"\x1b]8;;{_printable(address)}\x1b\\{_printable(label)}\x1b]8;;\x1b\\"


def _printable(text: str) -> str:
    """Without anything that a terminal would obey."""
    return "".join(mark for mark in text if mark == "\n" or unicodedata.category(mark) != "Cc")
