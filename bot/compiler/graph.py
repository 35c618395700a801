"""Pictures of a dialog: its states as boxes, its ways as arrows; as Mermaid text, or laid out in rows as SVG."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from itertools import pairwise

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
            return [(_target(state), _condition(when)) for when, state in ways]
        case ByAnswer(ways, otherwise, skipped):
            extra = [(otherwise, "else"), (skipped, "skip")]
            named = [(state, label) for label, state in ways.items()]
            return _joined([*named, *((state, label) for state, label in extra if state is not None)])
        case End():
            return []


def _joined(ways: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """One arrow for all answers that lead to the same state."""
    labels: dict[str, list[str]] = {}
    for state, label in ways:
        labels.setdefault(_target(state), []).append(label)
    return [(state, ", ".join(words)) for state, words in labels.items()]


def _target(state: str) -> str:
    return "end: done" if state == END else state


def _condition(when: Condition) -> str:
    if not when.clauses:
        return "else"
    return " and ".join(f"{clause.slot} {clause.test} {clause.value}".strip() for clause in when.clauses)


# --------------------------------------------------------------------------------------------------- as SVG

WIDTH, HEIGHT, ACROSS, DOWN, MARGIN = 230, 46, 40, 74, 40

_HEAD = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" \
font-family="sans-serif" font-size="12" role="img" aria-label="The dialog {title}">
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">\
<path d="M0 0 L8 4 L0 8 z" fill="#555"/></marker></defs>
<rect width="{wide}" height="{high}" fill="#fff"/>"""


def svg(drawn: Picture) -> str:
    """Return the picture as SVG: rows by distance from the start, arrows as curves with their labels."""
    rows = _rows(drawn)
    places = _places(rows)
    wide = max(len(row) for row in rows) * (WIDTH + ACROSS) - ACROSS + 2 * MARGIN + 60
    high = len(rows) * (HEIGHT + DOWN) - DOWN + 2 * MARGIN
    parts = [_HEAD.format(wide=wide, high=high, title=escape(drawn.title))]
    parts += [_arrow(arrow, places, wide) for arrow in drawn.arrows]
    parts += [_box(box, *places[box.name]) for box in drawn.boxes]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _rows(drawn: Picture) -> list[list[str]]:
    """Boxes by their distance from the entries; an order within a row that keeps arrows short."""
    depth: dict[str, int] = {}
    targets = {arrow.target for arrow in drawn.arrows}
    waiting = [(box.name, 0) for box in drawn.boxes if box.name == "start" or box.name not in targets]
    while waiting:
        name, level = waiting.pop(0)
        if name not in depth:
            depth[name] = level
            waiting += [(arrow.target, level + 1) for arrow in drawn.arrows if arrow.source == name]
    rows: list[list[str]] = [[] for _ in range(max(depth.values(), default=0) + 1)]
    last = [box.name for box in drawn.boxes if box.ends and not box.about]
    for box in drawn.boxes:
        if box.name not in last:
            rows[depth.get(box.name, len(rows) - 1)].append(box.name)
    rows = [row for row in (*rows, last) if row]
    for upper, lower in pairwise(rows):
        lower.sort(key=lambda name: _pull(name, upper, drawn))
    return rows


def _pull(name: str, upper: list[str], drawn: Picture) -> float:
    above = [upper.index(arrow.source) for arrow in drawn.arrows if arrow.target == name and arrow.source in upper]
    return sum(above) / len(above) if above else len(upper)


def _places(rows: list[list[str]]) -> Mapping[str, tuple[int, int]]:
    widest = max(len(row) for row in rows)
    places = {}
    for level, row in enumerate(rows):
        left = MARGIN + (widest - len(row)) * (WIDTH + ACROSS) // 2
        for index, name in enumerate(row):
            places[name] = (left + index * (WIDTH + ACROSS), MARGIN + level * (HEIGHT + DOWN))
    return places


def _box(box: Box, x: int, y: int) -> str:
    fill, radius = ("#eef3ee", 22) if box.ends else ("#f4f6fb", 6)
    frame = f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="{radius}" fill="{fill}" stroke="#667"/>'
    middle = x + WIDTH // 2
    if not box.about:
        return f'{frame}<text x="{middle}" y="{y + 28}" text-anchor="middle">{escape(box.name)}</text>'
    return (
        f'{frame}<text x="{middle}" y="{y + 19}" text-anchor="middle" font-weight="bold">{escape(box.name)}</text>'
        f'<text x="{middle}" y="{y + 36}" text-anchor="middle" fill="#333">{escape(box.about)}</text>'
    )


def _arrow(arrow: Arrow, places: Mapping[str, tuple[int, int]], wide: int) -> str:
    (x1, y1), (x2, y2) = places[arrow.source], places[arrow.target]
    start, tip = x1 + WIDTH // 2, x2 + WIDTH // 2
    if y2 > y1:
        top, bottom = y1 + HEIGHT, y2
        bend = (bottom - top) // 2
        path = f"M{start} {top} C{start} {top + bend} {tip} {bottom - bend} {tip} {bottom}"
        label_x, label_y = (start + 2 * tip) // 3, bottom - DOWN // 3
    else:
        # Back up, or along the row: a curve around the right-hand side.
        start, tip = x1 + WIDTH, x2 + WIDTH
        out = min(max(start, tip) + 40, wide - 8)
        path = (
            f"M{start} {y1 + HEIGHT // 2} C{out} {y1 + HEIGHT // 2} {out} {y2 + HEIGHT // 2} {tip} {y2 + HEIGHT // 2}"
        )
        label_x, label_y = out - 4, (y1 + y2 + HEIGHT) // 2
    line = f'<path d="{path}" fill="none" stroke="#555" marker-end="url(#tip)"/>'
    if not arrow.label:
        return line
    return (
        f'{line}<text x="{label_x}" y="{label_y}" text-anchor="middle" font-size="11" fill="#14467a" stroke="#fff" '
        f'stroke-width="3" paint-order="stroke">{escape(arrow.label)}</text>'
    )
