"""A conversation test as data: what is given, and line by line who says what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.compiler.nodes import Node, Scalar


@dataclass(frozen=True, slots=True)
class Given:
    """Who talks, and when it begins: ``now`` is a naive wall-clock time in ``timezone``."""

    now: datetime = datetime(2026, 3, 4, 10, 10)  # noqa: DTZ001 - a wall-clock time; the zone stands beside it
    timezone: str = "Europe/London"
    name: str = "Sam"
    language: str = "en"
    country: str = ""


@dataclass(frozen=True, slots=True)
class Writes:
    """The person writes this text."""

    node: Node
    text: str


@dataclass(frozen=True, slots=True)
class Picks:
    """The person presses the choice with this code."""

    node: Node
    code: str


@dataclass(frozen=True, slots=True)
class Arrives:
    """The person opens the chat and says nothing yet."""

    node: Node


@dataclass(frozen=True, slots=True)
class Waits:
    """Time passes; what falls due on the way happens."""

    node: Node
    length: timedelta


@dataclass(frozen=True, slots=True)
class Speaks:
    """The coach says a message that was joined from these keys, among others; ``nudge`` when it speaks first.

    ``choices`` are the codes shown, in order. ``shows`` must be found in a text to copy, ``says`` anywhere in the
    words, ``not_shows`` nowhere.
    """

    node: Node
    keys: tuple[Scalar, ...]
    nudge: bool = False
    choices: tuple[str, ...] | None = None
    shows: tuple[re.Pattern[str], ...] = ()
    says: tuple[re.Pattern[str], ...] = ()
    not_shows: tuple[re.Pattern[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Quiet:
    """The coach says nothing."""

    node: Node


@dataclass(frozen=True, slots=True)
class Finished:
    """No dialog is open any more."""

    node: Node


Line = Writes | Picks | Arrives | Waits | Speaks | Quiet | Finished


@dataclass(frozen=True, slots=True)
class Script:
    path: str
    title: str
    given: Given
    lines: tuple[Line, ...]
