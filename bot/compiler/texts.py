"""Texts for people: templates that are filled by name, free of what a platform or a template engine would act on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.compiler.nodes import Node, Scalar
from bot.compiler.problems import Notes, quoted
from bot.compiler.shapes import read_text
from bot.content.catalog import Template
from bot.content.template import BadTemplateError, parse_template

LONGEST_LABEL = 75
"""Characters that the strictest platform shows on a button."""

LONGEST_TEXT = 2_900
"""Characters that fit in one part of a message on every platform."""

_BROADCAST = re.compile(r"<[!@#][^>]*>?|@(?:channel|here|everyone)\b")
_TEMPLATE_LANGUAGE = re.compile(r"\{\{|\{%|\{#|\$\{|<%")
_SAYS_SOMETHING = re.compile(r"[^\W\d_]|\{")


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A template with where it stands."""

    node: Scalar
    template: Template


def read_message_text(node: Node, what: str, notes: Notes) -> WrittenText | None:
    """Read what is said to a person: at least one word."""
    text = read_template(node, what, notes)
    if text is None:
        return None
    if not _SAYS_SOMETHING.search(text.node.text):
        notes.problem(text.node, f"{what} is only {quoted(text.node.text)}; say it in words.")
        return None
    return text


def read_template(node: Node, what: str, notes: Notes, most: int = LONGEST_TEXT) -> WrittenText | None:
    """Read a text with places like ``{company}``, at most ``most`` characters long."""
    scalar = read_text(node, what, notes)
    if scalar is None or not _is_harmless(scalar, notes):
        return None
    text = scalar.text.strip()
    try:
        template = parse_template(text)
    except BadTemplateError as fault:
        notes.problem(scalar, f"{what} {fault.message}.", fault.position)
        return None
    length = sum(map(len, template.pieces[::2]))
    if length > most:
        notes.problem(scalar, f"{what} has {length:,} characters; at most {most:,} can be shown.")
        return None
    return WrittenText(scalar, template)


def read_label(node: Node, what: str, notes: Notes) -> WrittenText | None:
    """Read what a button says: one short line."""
    text = read_template(node, what, notes, LONGEST_LABEL)
    if text is not None and "\n" in text.node.text.strip():
        notes.problem(text.node, f"{what} has several lines; a button has one.")
        return None
    return text


def _is_harmless(scalar: Scalar, notes: Notes) -> bool:
    broadcast = _BROADCAST.search(scalar.text)
    if broadcast:
        notes.problem(scalar, f"{quoted(broadcast[0])} would call people or a channel; take it out.", broadcast.start())
        return False
    foreign = _TEMPLATE_LANGUAGE.search(scalar.text)
    if foreign:
        message = f"{quoted(foreign[0])} belongs to a template language; a place is a slot's name, like `{{company}}`."
        notes.problem(scalar, message, foreign.start())
        return False
    return True
