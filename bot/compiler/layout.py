"""Layout: boxes in rows and arrows between them, so that arrows lead down and cross little.

In the manner of Sugiyama: ways back are turned round, boxes ranked by their longest way from the top, long arrows given
a bend in every row that they pass, rows ordered by where their neighbours stand, and then pulled straight.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

BOX, BEND, GAP = 230, 24, 30
"""Widths of a box and of a passing arrow, and the room between two of them."""

_SWEEPS = 12

Node = str | tuple[int, int]
"""A box by its name, or a bend by its arrow's number and its row."""

Neighbours = Mapping[Node, list[Node]]


@dataclass(frozen=True, slots=True)
class Layout:
    """``rows`` are rows of boxes with the middle of each; ``bends`` the middles where each arrow passes, row by row.

    An arrow that is ``turned`` leads up; its bends stand in the order of the rows, from the top.
    """

    rows: tuple[Mapping[str, float], ...]
    bends: tuple[tuple[tuple[int, float], ...], ...]
    turned: frozenset[int]
    width: float


def lay_out(boxes: Sequence[str], arrows: Sequence[tuple[str, str]]) -> Layout:
    """Lay out boxes and arrows; the first box is at the top. An arrow from a box to itself has no bends."""
    turned = _ways_back(boxes, arrows)
    down = [(b, a) if number in turned else (a, b) for number, (a, b) in enumerate(arrows)]
    rank = _ranks(boxes, down)
    chains = [_chain(number, a, b, rank) for number, (a, b) in enumerate(down)]
    rows = _ordered(boxes, rank, chains)
    middle = _straightened(rows, _neighbours(chains))
    left = min((middle[node] - _width(node) / 2 for row in rows for node in row), default=0)
    right = max((middle[node] + _width(node) / 2 for row in rows for node in row), default=0)
    return Layout(
        rows=tuple({node: middle[node] - left for node in row if isinstance(node, str)} for row in rows),
        bends=tuple(
            tuple((node[1], middle[node] - left) for node in chain if isinstance(node, tuple)) for chain in chains
        ),
        turned=turned,
        width=right - left,
    )


def _bends(chain: Iterable[Node]) -> list[tuple[int, int]]:
    return [node for node in chain if isinstance(node, tuple)]


def _width(node: Node) -> int:
    return BOX if isinstance(node, str) else BEND


# ------------------------------------------------------------------------------------------------- ranks


def _ways_back(boxes: Sequence[str], arrows: Sequence[tuple[str, str]]) -> frozenset[int]:
    """The arrows that close a circle, found by walking on from each box as long as there is somewhere new to go."""
    leaving: dict[str, list[int]] = {box: [] for box in boxes}
    for number, (source, _) in enumerate(arrows):
        leaving[source].append(number)
    back: set[int] = set()
    done: set[str] = set()
    walk: list[str] = []
    for first in boxes:
        walk.append(first)
        while walk:
            box = walk[-1]
            if not leaving[box]:
                done.add(walk.pop())
                continue
            number = leaving[box].pop(0)
            target = arrows[number][1]
            if target in walk:
                back.add(number)
            elif target not in done:
                walk.append(target)
    return frozenset(back)


def _ranks(boxes: Sequence[str], down: Sequence[tuple[str, str]]) -> dict[str, int]:
    """The row of each box: below all that lead to it; a box that nothing leads to stands just above where it leads."""
    rank = dict.fromkeys(boxes, 0)
    edges = [(source, target) for source, target in down if source != target]
    for _ in boxes:
        for source, target in edges:
            rank[target] = max(rank[target], rank[source] + 1)
    led_to = {target for _, target in edges}
    for box in boxes[1:]:
        below = [rank[target] for source, target in edges if source == box]
        if box not in led_to and below:
            rank[box] = min(below) - 1
    return rank


def _chain(number: int, source: str, target: str, rank: Mapping[str, int]) -> list[Node]:
    """An arrow as boxes and the bends between them, from the top."""
    return [source, *((number, row) for row in range(rank[source] + 1, rank[target])), target]


# ------------------------------------------------------------------------------------------------- order


def _neighbours(chains: Iterable[Sequence[Node]]) -> dict[Node, list[Node]]:
    found: dict[Node, list[Node]] = defaultdict(list)
    for chain in chains:
        for upper, lower in pairwise(chain):
            if upper != lower:
                found[upper].append(lower)
                found[lower].append(upper)
    return found


def _ordered(boxes: Sequence[str], rank: Mapping[str, int], chains: Sequence[Sequence[Node]]) -> list[list[Node]]:
    """Rows whose order follows the middle of the neighbours above, then below, and so on."""
    row_of: dict[Node, int] = {box: rank[box] for box in boxes}
    row_of |= {bend: bend[1] for chain in chains for bend in _bends(chain)}
    rows: list[list[Node]] = [[] for _ in range(max(row_of.values(), default=-1) + 1)]
    for node, row in row_of.items():
        rows[row].append(node)
    neighbours = _neighbours(chains)
    best, fewest = [list(row) for row in rows], _crossings(rows, neighbours, row_of)
    for sweep in range(_SWEEPS):
        _sweep(rows, neighbours, row_of, downwards=sweep % 2 == 0)
        crossings = _crossings(rows, neighbours, row_of)
        if crossings < fewest:
            best, fewest = [list(row) for row in rows], crossings
    return best


def _sweep(rows: list[list[Node]], neighbours: Neighbours, row_of: Mapping[Node, int], downwards: bool) -> None:
    step = 1 if downwards else -1
    for row in rows[1:] if downwards else rows[-2::-1]:
        if not row:
            continue
        fixed = rows[row_of[row[0]] - step]
        place = {node: index / max(len(fixed) - 1, 1) for index, node in enumerate(fixed)}
        own = {node: index / max(len(row) - 1, 1) for index, node in enumerate(row)}
        row.sort(key=lambda node: _mean([place[one] for one in neighbours[node] if one in place], own[node]))


def _crossings(rows: Sequence[Sequence[Node]], neighbours: Neighbours, row_of: Mapping[Node, int]) -> int:
    count = 0
    for upper, lower in pairwise(rows):
        place = {node: index for index, node in enumerate(lower)}
        ends = [sorted(place[one] for one in neighbours[node] if row_of[one] == row_of[node] + 1) for node in upper]
        passed: list[int] = []
        for row in ends:
            count += sum(1 for end in row for before in passed if before > end)
            passed += row
    return count


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


# ------------------------------------------------------------------------------------------------ places


def _straightened(rows: Sequence[Sequence[Node]], neighbours: Neighbours) -> dict[Node, float]:
    """The middle of every node: as near to its neighbours' as its place in the row allows."""
    middle: dict[Node, float] = {}
    for row in rows:
        _place(row, dict.fromkeys(row, 0.0), middle)
    for sweep in range(_SWEEPS):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wanted = {node: _mean([middle[one] for one in neighbours[node]], middle[node]) for node in row}
            _place(row, wanted, middle)
    return middle


def _place(row: Sequence[Node], wanted: Mapping[Node, float], middle: dict[Node, float]) -> None:
    """Put a row's nodes where they want to be; those that would meet share the room that they want together."""
    groups: list[tuple[list[Node], float]] = []
    for node in row:
        group, left = [node], wanted[node] - _width(node) / 2
        while groups and groups[-1][1] + _span(groups[-1][0]) + GAP > left:
            before, _ = groups.pop()
            group = before + group
            left = _mean([wanted[one] - _offset(group, one) for one in group], 0)
        groups.append((group, left))
    for group, left in groups:
        for node in group:
            middle[node] = left + _offset(group, node)


def _span(group: Sequence[Node]) -> float:
    return sum(map(_width, group)) + GAP * (len(group) - 1)


def _offset(group: Sequence[Node], node: Node) -> float:
    """From the left of a group to the middle of one of its nodes."""
    before = group[: group.index(node)]
    return sum(map(_width, before)) + GAP * len(before) + _width(node) / 2
