"""The parent of the child that compiles damaged files, in a copy of the shipped folders."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


class Workshop:
    """A copy of the shipped folders and a child process that compiles it, started again only after a crash."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("dialogs", "content"):
            shutil.copytree(ROOT / name, folder / name)
        self._child: subprocess.Popen[str] | None = None

    def try_out(self, file: str, data: bytes) -> dict[str, Any]:
        """Compile with the file's content replaced."""
        child = self._running()
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(json.dumps({"file": file, "data": base64.b64encode(data).decode()}) + "\n")
        child.stdin.flush()
        answer = child.stdout.readline()
        assert answer, f"the compiler's process died with {child.wait()} over {file}"
        found: dict[str, Any] = json.loads(answer)
        return found

    def close(self) -> None:
        if self._child is not None:
            assert self._child.stdin is not None
            with self._child:
                self._child.stdin.close()

    def _running(self) -> subprocess.Popen[str]:
        if self._child is None:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "tests.compiler.child", str(self.folder)],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        return self._child
