"""The keyboard: what somebody types or pastes at a real terminal."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import termios
from collections.abc import Iterator

import pytest

from bot.platforms.terminal_keyboard import EDITABLE, PROMPT
from tests.project import ROOT

READ = "from bot.platforms.terminal_keyboard import *\nwith keyboard():\n    print('read', ascii(read_line()))"

pytestmark = pytest.mark.skipif(not EDITABLE, reason="this Python cannot edit lines")


class Desk:
    """A child process at a terminal of its own; ``types`` presses keys and ``sees`` waits until it shows a text.

    A text that never comes ends in an error of the terminal, because the child ends.
    """

    def __init__(self) -> None:
        self.ours, theirs = pty.openpty()
        self.settings = termios.tcgetattr(theirs)
        self._theirs = theirs
        self._child = subprocess.Popen(
            [sys.executable, "-c", READ],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=ROOT,
            env={**os.environ, "TERM": "xterm", "INPUTRC": os.devnull},
            start_new_session=True,
        )

    def types(self, keys: str) -> None:
        os.write(self.ours, keys.encode())

    def sees(self, text: str) -> str:
        shown = ""
        while text not in shown:
            shown += os.read(self.ours, 4096).decode()
        return shown

    def leave(self) -> list[object]:
        """Wait for the end; the settings that the terminal is left with."""
        self._child.wait(timeout=20)
        return termios.tcgetattr(self._theirs)

    def close(self) -> None:
        self._child.kill()
        self._child.wait()
        os.close(self.ours)
        os.close(self._theirs)


@pytest.fixture
def desk() -> Iterator[Desk]:
    sitting = Desk()
    yield sitting
    sitting.close()


def test_a_line_can_be_mended_while_it_is_typed(desk: Desk) -> None:
    desk.sees(PROMPT)

    desk.types("helo\x1b[Dl\r")

    assert desk.sees("read 'hello'")


def test_a_letter_pasted_with_its_line_breaks_is_one_message(desk: Desk) -> None:
    desk.sees(PROMPT)

    desk.types("\x1b[200~Hello,\nThank you.\nSam\x1b[201~\r")

    assert desk.sees("read 'Hello,\\nThank you.\\nSam'")


def test_the_end_of_input_is_no_line(desk: Desk) -> None:
    desk.sees(PROMPT)

    desk.types("\x04")

    assert desk.sees("read None")


def test_the_terminal_is_left_as_it_was_found(desk: Desk) -> None:
    desk.sees(PROMPT)
    desk.types("hello\r")
    desk.sees("read 'hello'")

    assert desk.leave() == desk.settings
