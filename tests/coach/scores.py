"""Precision, recall and F over several labels at once, as the scorer of the sets counts them."""

from __future__ import annotations

from collections.abc import Iterable

Labels = frozenset[str]


def micro_f(answers: Iterable[tuple[Labels, Labels, Labels]]) -> float:
    """Return micro F1 over (right, given, also acceptable) labels."""
    hits = misses = wrong = 0
    for right, given, acceptable in answers:
        hits += len(right & given)
        misses += len(right - given)
        wrong += len(given - right - acceptable)
    return 2 * hits / (2 * hits + misses + wrong)
