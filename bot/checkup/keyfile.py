"""The key file: whether it is for its owner's eyes alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.checkup.finding import Finding, warning

OTHERS = 0o077


def key_file(path: Path) -> Iterator[Finding]:
    """What is to be said of a key file that is there; whether it can be used is seen when the database is opened."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return
    if mode & OTHERS:
        yield warning("keys", f"others than its owner may read or change the key file; `chmod 600 {path}` mends it.")
