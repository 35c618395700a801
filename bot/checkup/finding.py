"""Findings: what was looked at, how it is, and what helps."""

from __future__ import annotations

from typing import Literal, NamedTuple

Level = Literal["ok", "warning", "problem"]


class Finding(NamedTuple):
    """One sentence on one thing."""

    level: Level
    about: str
    text: str

    def __str__(self) -> str:
        return f"{self.level:<8} {self.about}: {self.text}"


def ok(about: str, text: str) -> Finding:
    return Finding("ok", about, text)


def warning(about: str, text: str) -> Finding:
    """It works, and somebody should know."""
    return Finding("warning", about, text)


def problem(about: str, text: str) -> Finding:
    """It does not work, or not for long."""
    return Finding("problem", about, text)
