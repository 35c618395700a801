"""What a slot may hold, and how it is written as plain JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

Value = str | int | bool | datetime | tuple[str, ...]
"""A code or text, a whole number, yes or no, an aware moment, or a list of codes."""

Values = Mapping[str, Value]


def plain_value(value: object) -> Any:
    """Return plain JSON for what JSON has no form for: a moment becomes ``{"at": ISO 8601 with offset}``."""
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    raise TypeError(f"a conversation cannot hold {type(value).__name__}")


def load_moment(plain: Any) -> datetime:
    return datetime.fromisoformat(plain["at"])


def load_value(plain: Any) -> Value:
    """Read back one value; what ``plain_value`` wrote, or what JSON has a form for."""
    if isinstance(plain, dict):
        return load_moment(plain)
    if isinstance(plain, list):
        return tuple(plain)
    if isinstance(plain, str | int | bool):
        return plain
    raise TypeError(f"a slot cannot hold {type(plain).__name__}")


def load_values(plain: Mapping[str, Any]) -> Values:
    """Read back all values of a mapping; it is left as it is where JSON has a form for each, as it mostly has."""
    for value in plain.values():
        if type(value) is not str:
            return {name: load_value(value) for name, value in plain.items()}
    return plain
