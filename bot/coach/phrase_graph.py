"""The graph of a phrase: the words that may stand at each place, and the ways on from there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class One:
    """One word: one of ``forms``, or one that begins with one of ``stems``; then on."""

    forms: frozenset[str]
    stems: tuple[str, ...]
    number: bool
    asked: bool
    then: Node

    def fits(self, word: str, asked: bool) -> bool:
        """Whether a word may stand here; ``asked`` says that a question mark follows it."""
        if self.asked and not asked:
            return False
        return word in self.forms or word.startswith(self.stems) or (self.number and word[:1].isdigit())


@dataclass(frozen=True, slots=True, eq=False)
class Skipped:
    """Any word; then on."""

    then: Node


@dataclass(frozen=True, slots=True, eq=False)
class Either:
    """Several ways on; of two that lead to an end, the earlier counts."""

    ways: tuple[Node, ...]


Place = One | Skipped
Node = Place | Either | None
"""A place in a phrase; ``None`` is its end."""


def gap(most: int, then: Node) -> Node:
    """Return the way on that skips as few words as will do."""
    node = then
    for _ in range(most):
        node = Either((then, Skipped(node)))
    return node


def ahead(node: Node) -> tuple[Place | None, ...]:
    """Return the places that the next word may stand at, in order, and ``None`` where the phrase may end."""
    if not isinstance(node, Either):
        return (node,)
    return tuple(dict.fromkeys(place for way in node.ways for place in ahead(way)))


def places(nodes: Iterable[Node]) -> Iterator[Place]:
    """Yield every place of some phrases once."""
    seen: set[Node] = {None}
    left = list(nodes)
    while left:
        node = left.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        if isinstance(node, Either):
            left.extend(node.ways)
        else:
            yield node
            left.append(node.then)
