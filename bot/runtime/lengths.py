"""Lengths of time as people write them: ``20 hours``, ``2 days``."""

from __future__ import annotations

import re
from datetime import timedelta

_UNITS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
_LENGTH = re.compile(r"([0-9]{1,4})\s*(minute|hour|day|week)s?", re.IGNORECASE)


class BadLengthError(ValueError):
    """Not a length of time; the message says how to write one."""


def length_of(text: str) -> timedelta:
    """Read a length of time; a day is 24 hours.

    Raises:
        BadLengthError: it is not one.
    """
    match = _LENGTH.fullmatch(text.strip())
    if match is None:
        raise BadLengthError(f"`{text.strip()[:40]}` is not a length of time; write it like `20 hours` or `2 days`")
    return int(match[1]) * _UNITS[match[2].lower()]
