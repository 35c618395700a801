"""Labels: where the words beside an arrow stand, each clear of those before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import NamedTuple

Point = tuple[float, float]

LINE = 14
"""Height of a line of a label."""

WIDEST_LABEL = 24
"""Characters in a line of a label."""

_LETTER = 6.2
"""Width of a letter, roughly."""

_GAP = 6
"""Room between two labels."""

_PARTS = (0.42, 0.28, 0.56, 0.35, 0.5, 0.18, 0.66, 0.74)
"""How far along an arrow's first stretch a label may stand, the best place first."""


class Label(NamedTuple):
    """Lines of words around a middle point."""

    x: float
    y: float
    lines: tuple[str, ...]

    def meets(self, other: Label) -> bool:
        """Whether the two would be read through one another."""
        beside = abs(self.x - other.x) < (self._width + other._width) / 2 + _GAP
        return beside and abs(self.y - other.y) < LINE * (len(self.lines) + len(other.lines)) / 2

    @property
    def _width(self) -> float:
        return max(map(len, self.lines)) * _LETTER


def placed(arrows: Iterable[tuple[str, Point, Point]]) -> Iterator[Label]:
    """Yield a label for each text with the ends of its arrow's first stretch, where it meets the fewest before it."""
    taken: list[Label] = []
    for text, begin, end in arrows:
        places = [_at(part, text, begin, end) for part in _PARTS]
        label = min(places, key=lambda one: sum(one.meets(other) for other in taken))
        taken.append(label)
        yield label


def _at(part: float, text: str, begin: Point, end: Point) -> Label:
    # The curve stays near its beginning for a while, so its middle is not where a straight line would have it.
    weight = part * part * (3 - 2 * part)
    (x1, y1), (x2, y2) = begin, end
    return Label(x1 + (x2 - x1) * weight, y1 + (y2 - y1) * part, tuple(wrapped(text)))


def wrapped(text: str) -> list[str]:
    """Return the text in lines of at most ``WIDEST_LABEL`` characters, cut at blanks."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= WIDEST_LABEL:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def drawn(label: Label) -> str:
    """Return the label as SVG."""
    x, y = label.x, label.y - LINE * (len(label.lines) - 1) / 2 + 4
    spans = "".join(
        f'<tspan x="{x:.0f}" dy="{LINE if index else 0}">{escape(line)}</tspan>'
        for index, line in enumerate(label.lines)
    )
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="middle" font-size="11" '
        f'fill="#14467a" stroke="#fff" stroke-width="3" paint-order="stroke">{spans}</text>'
    )
