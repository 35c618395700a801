"""A person at a screen: a prompt, line editing where the system offers it, and letters pasted whole."""

from __future__ import annotations

import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager

try:
    import readline as editing
except ImportError:  # not every Python is built with it; then lines can be typed but not edited
    EDITABLE = False
else:
    EDITABLE = True

PROMPT = "you: "

_NO_BRACKETED_PASTE = "\x1b[?2004l"
_ERASE_LINE = "\r\x1b[K"


def read_line() -> str | None:
    """Ask for one line; a letter pasted with its line breaks comes as one."""
    try:
        return input(PROMPT)
    except EOFError:
        return None


def interrupted(text: str) -> str:
    """What to write to show ``text`` while somebody is typing, without losing what they typed."""
    typed = editing.get_line_buffer() if EDITABLE else ""
    return f"{_ERASE_LINE}{text}{PROMPT}{typed}"


@contextmanager
def keyboard() -> Iterator[None]:
    """Take care of the terminal's settings, which a line left unfinished would leave changed."""
    before = termios.tcgetattr(sys.stdin)
    if EDITABLE:
        editing.parse_and_bind("set enable-bracketed-paste on")
    try:
        yield
    finally:
        sys.stdout.write(_NO_BRACKETED_PASTE if EDITABLE else "")
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
