"""The shipped dialogs and words, compiled once, and their messages as a person would read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.coach.skills import skills_for
from bot.compiler.library import Compiled, compile_folders
from bot.content.catalog import Language, Template, Wording
from bot.content.template import fill
from bot.engine.model import Question
from tests.compiler.soundness import questions_of
from tests.project import ROOT

SAMPLES = {
    "company": "Acme",
    "role": "analyst",
    "consultant": "Priya",
    "first_name": "Sam",
    "send_by": "tomorrow morning",
    "remind_at": "today at 17:00",
    "reply_check_at": "on Wednesday at 10:00",
    "tomorrow_at": "tomorrow at 09:00",
    "days_kept": "90 days",
    "emergency": "999",
    "human_contact": "the careers desk",
    "service_name": "Afterword",
}
TEXTS = frozenset({"findings_text", "helplines", "lines", "praise", "questions", "sorted_text"})
"""Places that hold whole sentences from elsewhere; they are left out, and checked where they are written."""


def sample(name: str) -> str:
    """What stands in a place: a usual value, nothing for a text of its own, otherwise a short word."""
    return "" if name in TEXTS else SAMPLES.get(name, "noon")


@dataclass(frozen=True, slots=True)
class Line:
    """One text as it is read. ``kind`` is message, label, or block (what is handed over to be sent or said)."""

    key: str
    kind: str
    text: str
    language: str


@cache
def shipped() -> Compiled:
    return compile_folders([ROOT / "dialogs"], [ROOT / "content"], skills_for)


def questions() -> list[Question]:
    """Every question of every dialog, once for each key."""
    states = [state for dialog in shipped().library.dialogs.values() for state in dialog.states.values()]
    return list({question.message.key: question for state in states for question in questions_of(state)}.values())


def lines(*kinds: str) -> list[Line]:
    return [line for line in _lines() if line.kind in kinds]


@cache
def _lines() -> tuple[Line, ...]:
    catalog = shipped().catalog
    messages = [
        line
        for language in catalog.languages.values()
        for key, wording in language.messages.items()
        for line in _texts_of(key, wording, language.code)
    ]
    return (*messages, *(line for language in catalog.languages.values() for line in _blocks(language)))


def _texts_of(key: str, wording: Wording, language: str) -> Iterator[Line]:
    for variant in wording.variants:
        if any(piece.strip() for piece in variant.text.pieces[::2]):
            yield Line(key, "message", _filled(variant.text), language)
    for choice in wording.choices.values():
        if choice.label is not None and choice.link is None:
            yield Line(key, "label", _filled(choice.label), language)


def _blocks(language: Language) -> Iterator[Line]:
    folder = ROOT / "content" / "en" / "blocks"
    for stem in sorted(path.stem for path in folder.glob("*.yaml")):
        for text in _texts(shipped().rules[language.code][stem]):
            yield Line(f"blocks/{stem}", "block", text, language.code)


def _texts(tree: Any) -> Iterator[str]:
    match tree:
        case str():
            yield tree
        case dict():
            yield from (text for below in tree.values() for text in _texts(below))
        case list() | tuple():
            yield from (text for below in tree for text in _texts(below))


def _filled(template: Template) -> str:
    return fill(template, {name: sample(name) for name in template.names}).strip()
