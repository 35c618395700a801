"""Errors that a person at the command line can act on; each says what is wrong and what helps."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from traceback import extract_tb


class AfterwordError(Exception):
    """The command cannot do what it was asked; the message is one or more plain lines."""

    exit_code = 1


class UsageError(AfterwordError):
    """The command was asked in a way that it does not understand."""

    exit_code = 2


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `` Did you mean X?`` for the nearest known word, or nothing when none is near."""
    near = get_close_matches(word, list(known), n=1)
    return f" Did you mean {near[0]}?" if near else ""


def place_of(error: BaseException) -> str:
    """Name an error by its kind and where it came from, without its message, which may hold what a person wrote."""
    frame = extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(frame.filename).name}, line {frame.lineno}"
