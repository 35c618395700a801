"""Helplines: what nobody has checked for too long, what an overlay takes away, and a country that has none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from bot.coach.helplines import FRESH_FOR, country_code
from bot.compiler.content import REVIEWED_BY
from bot.compiler.folders import Source
from bot.compiler.nodes import Mapping, Node, Scalar, Sequence
from bot.compiler.overlays import Written
from bot.compiler.problems import Notes, Problem
from bot.compiler.rules import added, merged

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


def check_replaced(sources: Iterable[Source], notes: Notes) -> None:
    """Warn of an overlay whose lines stand in the place of others: somebody in a crisis is no longer given those.

    Whoever means it says who looked at the lines, as with the words of a crisis.
    """
    under: dict[str, Mapping] = {}
    for source in sorted((one for one in sources if one.stem == HELPLINES), key=lambda one: one.layer):
        below = under.get(source.language)
        if below is not None and source.node.get(REVIEWED_BY) is None:
            _note_replaced(below, source.node, notes)
        under[source.language] = source.node if below is None else merged(below, source.node)


def check_country(written: Written, notes: Notes) -> None:
    """Warn of an operator's country without helplines; where there is no such file, there is nothing to go by."""
    node = written.operator_keys.keys.get("country")
    helplines = written.languages[written.fallback].rules.get(HELPLINES)
    if node is None or helplines is None or not written.operator.country:
        return
    if country_code(written.operator.country) not in _countries(helplines):
        notes.warning(
            node,
            f"there are no helplines for `{written.operator.country}`, so in a crisis people are sent to an"
            f" international page, without an emergency number; write them in content/{written.fallback}/rules/"
            "helplines.yaml.",
        )


def _note_replaced(below: Mapping, above: Mapping, notes: Notes) -> None:
    there = _countries(below)
    for country, node in _countries(above).items():
        lines = node.get("lines") if isinstance(node, Mapping) else None
        gone = _lines(there.get(country))
        if gone and lines is not None and added(lines) is None:
            counted = "the line" if gone == 1 else f"the {gone} lines"
            notes.warning(
                lines,
                f"this replaces {counted} there are for `{country}`; to add to them, write `also:` below `lines:` and"
                f" yours below that. If it is meant, say who looked at it: `{REVIEWED_BY}` at the head of the file.",
            )


def _countries(helplines: Mapping) -> dict[str, Node]:
    countries = helplines.get("countries")
    return {key.text: node for key, node in countries} if isinstance(countries, Mapping) else {}


def _lines(country: Node | None) -> int:
    lines = country.get("lines") if isinstance(country, Mapping) else None
    return len(lines.items) if isinstance(lines, Sequence) else 0


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
