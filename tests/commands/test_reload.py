"""A SIGHUP loads dialogs and words again in the process that gets it and, through the database, in the others."""

from __future__ import annotations

import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.commands.test_serve import PATIENCE, SLACK, contact, free_port, running, wait_until_ready
from tests.project import ROOT

__all__ = ["contact"]


def _until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


def _note(data: Path, name: str) -> str:
    try:
        with closing(sqlite3.connect(f"file:{data}/afterword.db?mode=ro", uri=True)) as connection:
            found = connection.execute("SELECT value FROM reloads WHERE name = ?", (name,)).fetchone()
    except sqlite3.OperationalError:
        return ""
    return "" if found is None else str(found[0])


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="there is no SIGHUP here")
def test_a_sound_edit_is_published_and_a_broken_one_is_refused_with_its_place(tmp_path: Path, contact: str) -> None:
    dialogs = tmp_path / "dialogs"
    dialogs.mkdir()
    own = dialogs / "thanks.yaml"
    text = (ROOT / "dialogs" / "thanks.yaml").read_text(encoding="utf-8")
    own.write_text(text, encoding="utf-8")
    folders = ("--dialogs", str(dialogs), "--content", contact)
    port = free_port()
    with (
        running(tmp_path, SLACK, "serve", "--no-worker", "--port", str(port), *folders) as serving,
        running(tmp_path, SLACK, "work", *folders) as working,
    ):
        wait_until_ready(port, serving)
        _until(lambda: _note(tmp_path, "published") != "")
        first = _note(tmp_path, "published")

        own.write_text(f"{text}nudges: {{a: b}}\n", encoding="utf-8")
        serving.send_signal(signal.SIGHUP)
        _until(lambda: _note(tmp_path, "refused") != "")
        assert "thanks.yaml:" in _note(tmp_path, "refused")
        assert _note(tmp_path, "published") == first

        own.write_text(f"{text}# reworded\n", encoding="utf-8")
        serving.send_signal(signal.SIGHUP)
        _until(lambda: _note(tmp_path, "published") != first)
        assert _note(tmp_path, "refused") == ""

        time.sleep(0.2)
        assert serving.poll() is None
        assert working.poll() is None
