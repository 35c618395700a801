"""Drawing: a picture of a dialog as SVG, without any program beside this one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from bot.compiler import labels
from bot.compiler.graph import Arrow, Box, Picture
from bot.compiler.labels import Point
from bot.compiler.layout import BOX, Layout, lay_out

HEIGHT, DOWN, MARGIN = 46, 84, 30
_HEAD = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {high}" width="{wide:.0f}" height="{high}" \
font-family="sans-serif" font-size="12" role="img" aria-label="The dialog {title}">
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">\
<path d="M0 0 L8 4 L0 8 z" fill="#555"/></marker></defs>
<rect width="{wide:.0f}" height="{high}" fill="#fff"/>"""


@dataclass(frozen=True, slots=True)
class _Route:
    """An arrow with the points that it runs through, from its source to its target."""

    arrow: Arrow
    points: tuple[Point, ...]


def svg(drawn: Picture) -> str:
    """Return the picture as SVG."""
    laid = lay_out([box.name for box in drawn.boxes], [(arrow.source, arrow.target) for arrow in drawn.arrows])
    places = {name: (MARGIN + x, _top(row)) for row, boxes in enumerate(laid.rows) for name, x in boxes.items()}
    routes = _routes(drawn, laid, places)
    wide, high = laid.width + 2 * MARGIN + 40, _top(len(laid.rows)) - DOWN + MARGIN
    return "\n".join(
        [
            _HEAD.format(wide=wide, high=high, title=escape(drawn.title)),
            *(_line(route) for route in routes),
            *(_box(box, *places[box.name]) for box in drawn.boxes),
            *map(labels.drawn, labels.placed(_stretches(routes))),
            "</svg>\n",
        ]
    )


def _top(row: int) -> int:
    return MARGIN + row * (HEIGHT + DOWN)


# ------------------------------------------------------------------------------------------------ arrows


def _routes(drawn: Picture, laid: Layout, places: Mapping[str, Point]) -> list[_Route]:
    bends = [[(MARGIN + x, _top(row) + HEIGHT / 2) for row, x in one] for one in laid.bends]
    for number in laid.turned:
        bends[number].reverse()
    leaves, arrives = _ports(drawn.arrows, bends, laid.turned, places)
    routes = []
    for number, arrow in enumerate(drawn.arrows):
        if arrow.source == arrow.target:
            x, y = places[arrow.source]
            right = x + BOX / 2
            points = [(right, y + 12), (right + 30, y + HEIGHT / 2), (right, y + HEIGHT - 12)]
        else:
            points = [leaves[number], *bends[number], arrives[number]]
        routes.append(_Route(arrow, tuple(points)))
    return routes


def _ports(
    arrows: Sequence[Arrow], bends: Sequence[Sequence[Point]], turned: Iterable[int], places: Mapping[str, Point]
) -> tuple[dict[int, Point], dict[int, Point]]:
    """Where each arrow leaves its box and where it comes in: side by side, in the order of what is next on its way."""
    sides: dict[tuple[str, float], list[tuple[float, int, bool]]] = defaultdict(list)
    up = set(turned)
    for number, arrow in enumerate(arrows):
        if arrow.source != arrow.target:
            source, target = places[arrow.source], places[arrow.target]
            first, last = (bends[number] or [target])[0], (bends[number] or [source])[-1]
            sides[arrow.source, 0 if number in up else HEIGHT].append((first[0], number, True))
            sides[arrow.target, HEIGHT if number in up else 0].append((last[0], number, False))
    leaves: dict[int, Point] = {}
    arrives: dict[int, Point] = {}
    for (name, down), ends in sides.items():
        x, y = places[name]
        room = (BOX - 40) / len(ends)
        for index, (_, number, is_source) in enumerate(sorted(ends)):
            port = (x + (index + 0.5) * room - (BOX - 40) / 2, y + down)
            (leaves if is_source else arrives)[number] = port
    return leaves, arrives


def _line(route: _Route) -> str:
    """A curve that is upright at every point it passes."""
    (x, y), *rest = route.points
    parts = [f"M{x:.0f} {y:.0f}"]
    loops = route.arrow.source == route.arrow.target
    for next_x, next_y in rest:
        if loops:
            parts.append(f"L{next_x:.0f} {next_y:.0f}")
        else:
            bend = (next_y - y) / 2
            parts.append(f"C{x:.0f} {y + bend:.0f} {next_x:.0f} {next_y - bend:.0f} {next_x:.0f} {next_y:.0f}")
        x, y = next_x, next_y
    return f'<path d="{" ".join(parts)}" fill="none" stroke="#555" marker-end="url(#tip)"/>'


def _stretches(routes: Iterable[_Route]) -> Iterator[tuple[str, Point, Point]]:
    """What stands beside each arrow, and its first stretch; beside a loop it stands at the outmost point."""
    for route in routes:
        if route.arrow.label:
            begin, end = route.points[:2]
            yield route.arrow.label, end if route.arrow.source == route.arrow.target else begin, end


# ------------------------------------------------------------------------------------------------- boxes


def _box(box: Box, x: float, y: float) -> str:
    fill, radius = ("#eef3ee", 22) if box.ends else ("#f4f6fb", 6)
    frame = (
        f'<rect x="{x - BOX / 2:.0f}" y="{y:.0f}" width="{BOX}" height="{HEIGHT}" rx="{radius}" '
        f'fill="{fill}" stroke="#667"/>'
    )
    if not box.about:
        return f'{frame}<text x="{x:.0f}" y="{y + 28:.0f}" text-anchor="middle">{escape(box.name)}</text>'
    return (
        f'{frame}<text x="{x:.0f}" y="{y + 19:.0f}" text-anchor="middle" font-weight="bold">{escape(box.name)}</text>'
        f'<text x="{x:.0f}" y="{y + 36:.0f}" text-anchor="middle" fill="#333">{escape(box.about)}</text>'
    )
