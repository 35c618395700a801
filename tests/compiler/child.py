"""A process of its own that compiles damaged files: JSON lines in, JSON lines out; a crash is seen by who started it.

    python -m tests.compiler.child FOLDER

``FOLDER`` holds ``dialogs`` and ``content``. A line ``{"file": ..., "data": BASE64}`` puts the data into the file,
compiles, and puts back what was there.
"""

from __future__ import annotations

import base64
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from bot.coach.skills import skills_for
from bot.compiler.library import Compiled, compile_folders
from bot.compiler.problems import BrokenLibraryError

MOST_MEMORY = 2 * 1024**3
"""Bytes of address space; more is a crash, which the parent sees. What is really used is reported."""


def compiled(folder: Path) -> Compiled:
    return compile_folders([folder / "dialogs"], [folder / "content"], skills_for)


def outcome(folder: Path) -> dict[str, Any]:
    """Compile and say what came of it, how long it took in CPU seconds, and the most memory so far in MB."""
    started = time.process_time()
    try:
        found: dict[str, Any] = {"loaded": True, "version": compiled(folder).library.version, "problems": []}
    except BrokenLibraryError as broken:
        found = {"loaded": False, "problems": [str(problem) for problem in broken.problems]}
    found["seconds"] = time.process_time() - started
    found["megabytes"] = peak_memory()
    return found


def peak_memory() -> float:
    """The most memory so far in MB. What ``getrusage`` says would include the parent's from before the start."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    folder = Path(sys.argv[1])
    for line in sys.stdin:
        damage = json.loads(line)
        path = folder / damage["file"]
        whole = path.read_bytes()
        path.write_bytes(base64.b64decode(damage["data"]))
        try:
            sys.stdout.write(json.dumps(outcome(folder)) + "\n")
            sys.stdout.flush()
        finally:
            path.write_bytes(whole)


if __name__ == "__main__":
    main()
