"""The measure for every surface: the messages of all conversation tests, and what the terminal makes of each."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot.content.message import OutgoingMessage
from bot.platforms.terminal_page import CUT, lines
from bot.rehearsal.files import find_scripts, open_script
from bot.rehearsal.script import Script
from tests.platforms.overhearing import overheard
from tests.shipped import coach

SCRIPTS = Path(__file__).parents[1] / "conversations"
PATHS = [path.relative_to(SCRIPTS) for path in find_scripts([SCRIPTS])]


@cache
def messages(path: Path) -> list[OutgoingMessage]:
    """Every message of a conversation test."""
    script = open_script(SCRIPTS / path)
    assert isinstance(script, Script), "\n".join(map(str, script))
    return overheard(script, coach())


def in_the_terminal(message: OutgoingMessage) -> tuple[list[str], list[str]]:
    """Words without their form, and what can be chosen."""
    shown = [line.removeprefix("coach: ").strip() for line in lines(message)]
    choices = [line.partition("] ")[2] for line in shown if line.startswith("[")]
    links = [f"{button.label}: {button.link}" for button in message.buttons if button.link]
    said = [line for line in shown if line != CUT and not line.startswith("[") and line not in links]
    return bare(" ".join(said)), choices


def bare(text: str) -> list[str]:
    """The words of a text, without the brackets that only some surfaces put around small print."""
    return text.replace("(", "").replace(")", "").split()
