"""Pictures of a dialog: its states as boxes, its ways as arrows, and as Mermaid text."""

from __future__ import annotations

from dataclasses import dataclass

from bot.content.catalog import Catalog, Template
from bot.engine.conditions import Condition
from bot.engine.model import END, Ask, Branch, ByAnswer, Dialog, Do, End, Fill, Go, Run, State, To

MOST_WORDS = 34
"""Characters of a message that a box shows."""


@dataclass(frozen=True, slots=True)
class Box:
    """A state: its name, what it does in a few words, and whether the dialog ends with it."""

    name: str
    about: str = ""
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Arrow:
    """A way from one box to another; ``label`` is the answer or the condition."""

    source: str
    target: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    title: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def picture(dialog: Dialog, catalog: Catalog) -> Picture:
    """Return the dialog as boxes and arrows; a state that only ends is an end itself."""
    boxes = [Box(name, _about(state, catalog), isinstance(state.go, End)) for name, state in dialog.states.items()]
    arrows = [arrow for state in dialog.states.values() for arrow in _arrows(state)]
    named = {box.name for box in boxes}
    ends = dict.fromkeys(arrow.target for arrow in arrows if arrow.target not in named)
    nudges = [Arrow(f"({name})", nudge.state, "when due") for name, nudge in dialog.nudges.items() if nudge.state]
    spoken = [Box(arrow.source, "reminder") for arrow in nudges]
    return Picture(dialog.name, (*boxes, *spoken, *(Box(name, ends=True) for name in ends)), (*arrows, *nudges))


def mermaid(drawn: Picture) -> str:
    """Return a flowchart in Mermaid's language."""
    number = {box.name: f"s{index}" for index, box in enumerate(drawn.boxes)}
    lines = ["flowchart TD"]
    for box in drawn.boxes:
        text = _quoted(f"{box.name}<br/>{box.about}" if box.about else box.name)
        lines.append(f"  {number[box.name]}{f'([{text}])' if box.ends else f'[{text}]'}")
    for arrow in drawn.arrows:
        label = f"|{_quoted(arrow.label)}|" if arrow.label else ""
        lines.append(f"  {number[arrow.source]} -->{label} {number[arrow.target]}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "#quot;") + '"'


# ----------------------------------------------------------------------------------------- from the dialog


def _about(state: State, catalog: Catalog) -> str:
    match state.body:
        case Ask(question):
            return _words(question.message.key, catalog)
        case Fill(questions):
            return "fills " + ", ".join(question.slot for question in questions)
        case Do(skill):
            return f"does {skill}"
        case Run(dialog):
            return f"runs {dialog}"
        case None:
            return _words(state.says[0].key, catalog) if state.says else ""


def _words(key: str, catalog: Catalog) -> str:
    text = " ".join(_plain(catalog.wording(key, catalog.fallback).variants[0].text).split())
    return text if len(text) <= MOST_WORDS else text[: MOST_WORDS - 1].rstrip() + "…"


def _plain(template: Template) -> str:
    return "".join(piece if index % 2 == 0 else f"{{{piece}}}" for index, piece in enumerate(template.pieces))


def _arrows(state: State) -> list[Arrow]:
    silent = [] if state.if_silent is None else [Arrow(state.name, _target(state.if_silent.to), "no answer")]
    return [*(Arrow(state.name, target, label) for target, label in _ways(state.go)), *silent]


def _ways(go: Go) -> list[tuple[str, str]]:
    match go:
        case To(state):
            return [(_target(state), "")]
        case Branch(ways):
            return _joined([(state, _condition(when)) for when, state in ways], " or ")
        case ByAnswer(ways, otherwise, skipped):
            extra = [(otherwise, "else"), (skipped, "skip")]
            named = [(state, label) for label, state in ways.items()]
            return _joined([*named, *((state, label) for state, label in extra if state is not None)], ", ")
        case End():
            return []


def _joined(ways: list[tuple[str, str]], word: str) -> list[tuple[str, str]]:
    """One arrow for all answers or conditions that lead to the same state."""
    labels: dict[str, list[str]] = {}
    for state, label in ways:
        labels.setdefault(_target(state), []).append(label)
    return [(state, word.join(words)) for state, words in labels.items()]


def _target(state: str) -> str:
    return "end: done" if state == END else state


def _condition(when: Condition) -> str:
    if not when.clauses:
        return "else"
    return " and ".join(f"{clause.slot} {clause.test} {clause.value}".strip() for clause in when.clauses)
