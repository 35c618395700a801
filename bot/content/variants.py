"""Variants: which way of saying a message fits what is known, and whose turn it is."""

from __future__ import annotations

from collections.abc import Sequence

from bot.content.catalog import Template, Variant
from bot.engine.conditions import holds
from bot.engine.values import Values

BLANK = (None, "", ())
"""What there is nothing to say of."""


def choose(variants: Sequence[Variant], values: Values, nth: int) -> Variant:
    """Return the variant to say: of those that fit the one with most clauses in ``when``; equals take turns by ``nth``.

    A catalog has one that always fits. Should none, because an operator's own line went missing, the nearest is said.
    """
    if len(variants) == 1:
        return variants[0]
    best: list[Variant] = []
    most = 0
    for variant in variants:
        clauses = len(variant.when.clauses)
        if clauses < most or (variant.text.names and not is_complete(variant.text, values)):
            continue
        if not clauses or holds(variant.when, values):
            if clauses > most:
                best, most = [], clauses
            best.append(variant)
    return best[nth % len(best)] if best else min(variants, key=lambda variant: len(_missing(variant.text, values)))


def is_complete(template: Template, values: Values) -> bool:
    """Whether every place can be filled."""
    for name in template.names:  # noqa: SIM110 - asked of every variant of every message: half the cost of `all`
        if values.get(name) in BLANK:
            return False
    return True


def _missing(template: Template, values: Values) -> list[str]:
    return [name for name in template.names if values.get(name) in BLANK]
