"""``operator.yaml``: who runs this coach, and what they switch off."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.compiler.keys import OPERATOR
from bot.compiler.nodes import Mapping as MappingNode
from bot.compiler.nodes import Node, Scalar, Sequence
from bot.compiler.problems import Notes, quoted
from bot.compiler.shapes import read_items, read_keys, read_name, read_number
from bot.compiler.texts import read_template
from bot.engine.values import Value

LONGEST_KEPT = 3650

_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LINKS = ("booking_link", "privacy_link", "reading_link")


@dataclass(frozen=True, slots=True)
class Operator:
    """What the operator says. ``values`` fill places in every message; the first language is the fallback."""

    values: Mapping[str, Value] = field(default_factory=dict)
    country: str = ""
    languages: tuple[str, ...] = ("en",)
    days_kept: int = 90
    off: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WrittenOperator:
    """The operator's settings as nodes by key, so that an overlay may give some of them only."""

    keys: Mapping[str, Node] = field(default_factory=dict)

    def over(self, other: WrittenOperator) -> WrittenOperator:
        return WrittenOperator({**other.keys, **self.keys})


def read_operator_keys(source: MappingNode, notes: Notes) -> WrittenOperator:
    """Read the keys of one file; none is required, because another folder may give it."""
    optional = {name: replace(key, required=False) for name, key in OPERATOR.items()}
    return WrittenOperator(read_keys(source, optional, "`operator.yaml`", notes) or {})


def read_operator(written: WrittenOperator, notes: Notes) -> Operator:
    """Read what the keys hold; what is missing has its default."""
    keys = written.keys
    texts = {key: _text(key, keys[key], notes) for key in ("service_name", "human_contact") if key in keys}
    links = {key: _link(key, keys[key], notes) for key in _LINKS if key in keys}
    days = read_number(keys["days_kept"], 1, LONGEST_KEPT, "`days_kept`", notes) if "days_kept" in keys else None
    country = _country(keys["country"], notes) if "country" in keys else ""
    values: dict[str, Value] = {key: value for key, value in {**texts, **links}.items() if value}
    return Operator(
        values={**values, "days_kept": days or Operator().days_kept},
        country=country,
        languages=_languages(keys["languages"], notes) if "languages" in keys else Operator().languages,
        days_kept=days or Operator().days_kept,
        off=_off(keys["off"], notes) if "off" in keys else (),
    )


def _text(key: str, node: Node, notes: Notes) -> str:
    text = read_template(node, f"`{key}`", notes)
    if text is not None and text.template.names:
        notes.problem(text.node, f"`{key}` fills places in messages and has none itself.")
    return "" if text is None else text.template.pieces[0]


def _link(key: str, node: Node, notes: Notes) -> str:
    """Read an address; an empty one means that there is none."""
    if isinstance(node, Scalar) and (node.is_nothing or not node.text):
        return ""
    if isinstance(node, Scalar) and _ADDRESS.fullmatch(node.text):
        return node.text
    notes.problem(node, f"`{key}` should be an address like `https://example.org/book`.")
    return ""


def _country(node: Node, notes: Notes) -> str:
    if isinstance(node, Scalar) and re.fullmatch("[A-Z]{2}", node.text):
        return node.text
    notes.problem(node, "`country` should be two capital letters, like `GB`.")
    return ""


def _languages(node: Node, notes: Notes) -> tuple[str, ...]:
    languages = []
    for item in read_items(node, "`languages`", notes):
        if isinstance(item, Scalar) and _LANGUAGE.fullmatch(item.text):
            languages.append(item.text)
        else:
            shown = quoted(item.text) if isinstance(item, Scalar) else "this"
            notes.problem(item, f"{shown} is not a language; write its code, like `en`.")
    return tuple(dict.fromkeys(languages)) or Operator().languages


def _off(node: Node, notes: Notes) -> tuple[str, ...]:
    if isinstance(node, Sequence) and not node.items:
        return ()
    names = [name for item in read_items(node, "`off`", notes) if (name := read_name(item, "a dialog", notes))]
    return tuple(name.text for name in names)
