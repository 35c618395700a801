"""Connections that fail, or end the process, at a chosen statement."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any


class Fuse:
    """Counts statements, or those that begin with ``only``. At the one it is armed for, does what it was made for.

    ``for_good``: and at all that follow, until it is disarmed.
    """

    def __init__(self, blow: Callable[[str], None], only: str = "", for_good: bool = False) -> None:
        self.blow = blow
        self.only = only
        self.for_good = for_good
        self.blows_at = 0
        self.counted = 0

    def arm(self, blows_at: int) -> None:
        self.counted, self.blows_at = 0, blows_at

    def disarm(self) -> bool:
        """Return whether it has blown since it was armed."""
        blown = 0 < self.blows_at <= self.counted
        self.arm(0)
        return blown

    def burn(self, statement: str) -> None:
        if not statement.startswith(self.only):
            return
        self.counted += 1
        if self.counted == self.blows_at or (self.for_good and 0 < self.blows_at < self.counted):
            self.blow(statement)

    def connect(self, path: Path) -> sqlite3.Connection:
        """Make a connection on this fuse; give it to ``open_database``."""
        return sqlite3.connect(path, timeout=0.1, isolation_level=None, check_same_thread=False, factory=_fused(self))


def fail(statement: str) -> None:
    """What a failing disk looks like."""
    raise sqlite3.OperationalError(f"disk I/O error at {statement.split()[0]}")


def die(statement: str) -> None:
    """``kill -9`` on this very line."""
    os.kill(os.getpid(), signal.SIGKILL)


def _fused(fuse: Fuse) -> type[sqlite3.Connection]:
    class Fused(sqlite3.Connection):
        def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
            fuse.burn(statement)
            return super().execute(statement, *values)

        def executemany(self, statement: str, *values: Any) -> sqlite3.Cursor:
            fuse.burn(statement)
            return super().executemany(statement, *values)

    return Fused
