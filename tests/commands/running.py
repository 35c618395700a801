"""The real command in a child process, with a data folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.project import ROOT


def afterword(
    *words: str, data: Path, typed: str | bytes = b"", cwd: Path = ROOT
) -> subprocess.CompletedProcess[bytes]:
    """Run it to its end; it must not take a minute."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        input=typed.encode() if isinstance(typed, str) else typed,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, "AFTERWORD_DATA": str(data), "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"},
        timeout=60,
        check=False,
    )
