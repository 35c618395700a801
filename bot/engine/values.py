"""What a slot may hold, and how it is written as plain JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

Value = str | int | bool | datetime | tuple[str, ...]
"""A code or text, a whole number, yes or no, an aware moment, or a list of codes."""

Values = Mapping[str, Value]


def dump_value(value: Value) -> Any:
    """Return plain JSON for one value; a moment becomes ``{"at": ISO 8601 with offset}``."""
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    if isinstance(value, tuple):
        return list(value)
    return value


def load_value(plain: Any) -> Value:
    """Read back what ``dump_value`` wrote."""
    if isinstance(plain, dict):
        return datetime.fromisoformat(plain["at"])
    if isinstance(plain, list):
        return tuple(plain)
    if isinstance(plain, str | int | bool):
        return plain
    raise TypeError(f"a slot cannot hold {type(plain).__name__}")


def dump_values(values: Values) -> dict[str, Any]:
    return {name: value if type(value) is str else dump_value(value) for name, value in values.items()}


def load_values(plain: Mapping[str, Any]) -> dict[str, Value]:
    return {name: value if type(value) is str else load_value(value) for name, value in plain.items()}
