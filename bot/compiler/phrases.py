"""Small phrases inside values: conditions, lengths of time and times of day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, timedelta

from bot.compiler.nodes import Node, Scalar
from bot.compiler.problems import Notes, listed, quoted
from bot.compiler.shapes import is_name, kind_of
from bot.engine.conditions import Clause, Condition
from bot.engine.model import Delay

LONGEST = timedelta(days=366)
"""What any length of time may be at most."""

_CLAUSE = re.compile(
    r"(?P<slot>\S+) +(?:(?P<known>is +known|is +unknown)|(?P<test>is +not|is|has) +(?P<value>\S+))", re.ASCII
)
_LENGTH = re.compile(r"(?P<count>[0-9]{1,5}) (?P<unit>minutes?|hours?|days?|weeks?)", re.ASCII)
_WORKING_DAYS = re.compile(r"(?P<count>[0-9]{1,3}) working days?", re.ASCII)
_UNITS = {
    "minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class WrittenCondition:
    """A condition with where it stands; ``offsets`` say where in it each clause begins."""

    node: Scalar
    condition: Condition
    offsets: tuple[int, ...]


def read_condition(node: Node, notes: Notes) -> WrittenCondition | None:
    """Read clauses joined by ``and``: ``company is known and news_channel is not phone``."""
    if not isinstance(node, Scalar) or node.is_nothing:
        notes.problem(node, f"`when` should be a condition like `company is known`, but is {kind_of(node)}.")
        return None
    clauses: list[Clause] = []
    offsets: list[int] = []
    for offset, text in _split(node.text):
        clause = _clause(text)
        if clause is None:
            notes.problem(node, _bad_clause(text), offset)
            return None
        clauses.append(clause)
        offsets.append(offset)
    return WrittenCondition(node, Condition(tuple(clauses)), tuple(offsets))


def _split(text: str) -> list[tuple[int, str]]:
    """Return the clauses with where they begin."""
    pieces = re.split(r"(\band\b)", text)
    found, position = [], 0
    for number, piece in enumerate(pieces):
        if number % 2 == 0:
            found.append((position + len(piece) - len(piece.lstrip()), piece.strip()))
        position += len(piece)
    return found


def _clause(text: str) -> Clause | None:
    match = _CLAUSE.fullmatch(text)
    if match is None or not is_name(match["slot"]):
        return None
    if match["known"]:
        return Clause(match["slot"], "is unknown" if "unknown" in match["known"] else "is known")
    if not (is_name(match["value"]) or match["value"].isdecimal()):
        return None
    if match["test"] == "has":
        return Clause(match["slot"], "has", match["value"])
    return Clause(match["slot"], "is" if match["test"] == "is" else "is not", match["value"])


def _bad_clause(text: str) -> str:
    shown = quoted(text) if text else "nothing"
    forms = listed([f"slot {form}" for form in ("is code", "is not code", "is known", "is unknown", "has code")])
    return f"{shown} is not a condition; write {forms}, joined by `and`."


def read_length(node: Node, notes: Notes) -> timedelta | None:
    """Read ``2 days``, ``4 hours``, ``30 minutes`` or ``1 week``; at most a year."""
    length = _length(node.text) if isinstance(node, Scalar) else None
    if length is None:
        notes.problem(node, f"{_shown(node)} is not a length of time; write it like `2 days`.")
    elif length > LONGEST:
        notes.problem(node, f"{_shown(node)} is too long; at most {LONGEST.days} days can be waited.")
    return length


def _length(text: str) -> timedelta | None:
    match = _LENGTH.fullmatch(text)
    if match is None:
        return None
    return int(match["count"]) * _UNITS[match["unit"].removesuffix("s")] or None


def read_delay(node: Node, notes: Notes) -> Delay | None:
    """Read a length of time or working days, with a time of day if wanted: ``5 working days at 10:00``."""
    text = node.text if isinstance(node, Scalar) else ""
    length, separator, clock = text.partition(" at ")
    at = read_clock(clock)
    if separator and at is None:
        notes.problem(node, f"{quoted(clock)} is not a time of day; write it like `10:00`.", len(length) + 4)
        return None
    working = _WORKING_DAYS.fullmatch(length)
    plain = timedelta(days=int(working["count"])) if working else _length(length)
    if not plain:
        notes.problem(
            node, f"{_shown(node)} is not a length of time; write it like `2 days` or `5 working days at 10:00`."
        )
        return None
    if plain > LONGEST:
        notes.problem(node, f"{quoted(length)} is too long; at most {LONGEST.days} days can be waited.")
    return Delay(working_days=plain.days, at=at) if working else Delay(plain=plain, at=at)


def read_clock(text: str) -> time | None:
    """Return the time of day that ``10:00`` is, or ``None``."""
    match = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", text, re.ASCII)
    return time(int(match[1]), int(match[2])) if match else None


def _shown(node: Node) -> str:
    return quoted(node.text) if isinstance(node, Scalar) and node.text else kind_of(node)
