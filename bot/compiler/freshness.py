"""Freshness: helplines that nobody has checked for too long, with the place where their date stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from bot.coach.helplines import FRESH_FOR
from bot.compiler.folders import Source
from bot.compiler.nodes import Mapping, Node, Scalar, Sequence
from bot.compiler.problems import Notes, Problem

HELPLINES = "helplines"


def stale_helplines(sources: Iterable[Source], today: date) -> tuple[Problem, ...]:
    """Return a warning for each helpline of any folder whose date is too old; dates that are none are left alone."""
    notes = Notes()
    for source in sources:
        if source.stem == HELPLINES:
            for name, checked_on in _dated(source.node):
                if today - date.fromisoformat(checked_on.text) > FRESH_FOR:
                    notes.warning(
                        checked_on,
                        f"`{name}` was last checked more than {FRESH_FOR.days} days ago; ring it or read its own page,"
                        f" then write `{today.isoformat()}` here.",
                    )
    return notes.all


def _dated(node: Node) -> Iterator[tuple[str, Scalar]]:
    """Every entry that has a date, with its name."""
    match node:
        case Scalar():
            return
        case Sequence():
            for item in node.items:
                yield from _dated(item)
        case Mapping():
            name, checked_on = node.get("name"), node.get("checked_on")
            if isinstance(name, Scalar) and isinstance(checked_on, Scalar) and _is_date(checked_on.text):
                yield name.text, checked_on
            for _, value in node:
                yield from _dated(value)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
