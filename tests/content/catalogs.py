"""Small catalogs for tests: messages as an author would write them, small words from the shipped English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from bot.content.catalog import Catalog, ChoiceWords, Counted, Language, Mail, Template, Variant, Wording
from bot.content.template import parse_template
from bot.engine.conditions import Condition
from bot.engine.model import Choice, Message, Question
from bot.engine.values import Values
from tests.project import ROOT

SHIPPED: Mapping[str, Any] = yaml.safe_load((ROOT / "content" / "en" / "words.yaml").read_text(encoding="utf-8"))


def shipped_terms(**more: str) -> dict[str, Template]:
    terms = {name: parse_template(text) for name, text in _flat(SHIPPED["terms"])}
    return terms | {name: parse_template(text) for name, text in more.items()}


def _flat(tree: Mapping[str, Any], above: str = "") -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name, below in tree.items():
        pairs += _flat(below, f"{above}{name}.") if isinstance(below, dict) else [(above + name, below)]
    return pairs


def english(messages: Mapping[str, Wording], code: str = "en", **terms: str) -> Language:
    return Language(
        code=code,
        messages=messages,
        codes={"areas": {"detail": "more detail", "pace": "a calmer pace", "facts": "company facts"}},
        counted={"days": Counted(parse_template("{n} days"), parse_template("{n} day"))},
        terms=shipped_terms(**{name.replace("__", "."): text for name, text in terms.items()}),
    )


def catalog(messages: Mapping[str, Wording], operator: Values | None = None, **terms: str) -> Catalog:
    """English alone; ``roughly__send_by="yes"`` gives the term ``roughly.send_by``."""
    return Catalog({"en": english(messages, **terms)}, operator=operator or {})


def wording(
    *texts: str | tuple[Condition, str],
    choices: Mapping[str, ChoiceWords] | None = None,
    mail: Mail | None = None,
    preview: str | None = None,
) -> Wording:
    return Wording(
        variants=tuple(_variant(text) for text in texts),
        choices=choices or {},
        mail=mail,
        preview=None if preview is None else parse_template(preview),
    )


def _variant(text: str | tuple[Condition, str]) -> Variant:
    if isinstance(text, str):
        return Variant(parse_template(text))
    return Variant(parse_template(text[1]), text[0])


def choice(label: str | None, *heard_as: str, link: str | None = None) -> ChoiceWords:
    return ChoiceWords(
        label=None if label is None else parse_template(label),
        heard_as=heard_as,
        link=None if link is None else parse_template(link),
    )


def question(key: str, *codes: str, heard: tuple[str, ...] = ()) -> Question:
    return Question(key.split(".")[1], Message(key), tuple(Choice(code) for code in codes), heard)
