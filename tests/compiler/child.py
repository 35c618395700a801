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

from bot.bootstrap import Folders, check_all
from bot.compiler.library import Compiled, compile_folders
from bot.compiler.problems import BrokenLibraryError
from tests.compiler.soundness import unsound

MOST_MEMORY = 2 * 1024**3
"""Bytes of address space; more is a crash, which the parent sees. What is really used is reported."""


class Compiler:
    """Compiles the folder. What the coach knows is made ready again only after damage to the rules: it is the slow part."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._folders = Folders((folder / "dialogs",), (folder / "content",))
        self._skills = check_all(self._folders).library.skills

    def compile(self, file: str) -> Compiled:
        if "/rules/" in file or "/blocks/" in file:
            return check_all(self._folders)
        return compile_folders(self._folders.dialogs, self._folders.content, lambda rules: self._skills)

    def outcome(self, file: str) -> dict[str, Any]:
        """Compile and say what came of it, how long it took in CPU seconds, and the most memory so far in MB."""
        started = time.process_time()
        try:
            compiled = self.compile(file)
            found: dict[str, Any] = {"loaded": True, "version": compiled.library.version, "problems": []}
            found["unsound"] = unsound(compiled)
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
    compiler = Compiler(folder)
    for line in sys.stdin:
        damage = json.loads(line)
        path = folder / damage["file"]
        whole = path.read_bytes()
        path.write_bytes(base64.b64decode(damage["data"]))
        try:
            sys.stdout.write(json.dumps(compiler.outcome(damage["file"])) + "\n")
            sys.stdout.flush()
        finally:
            path.write_bytes(whole)


if __name__ == "__main__":
    main()
