"""Compares what the coach says with what a script says it would."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.compiler.nodes import Node, Scalar
from bot.compiler.problems import listed
from bot.content.message import OutgoingMessage
from bot.rehearsal.messages import codes, copied, shown, words
from bot.rehearsal.script import Speaks


@dataclass(frozen=True, slots=True)
class Fix:
    """Another message key that would make the line true."""

    key: Scalar
    says: str


class NotAsWrittenError(Exception):
    """A line of the script is not true."""

    def __init__(self, node: Node, message: str, fix: Fix | None = None) -> None:
        self.node = node
        self.fix = fix
        super().__init__(message)


def check(line: Speaks, message: OutgoingMessage | None, reworded: bool) -> None:
    """Compare a message with its line; ``reworded`` leaves aside what depends on wording.

    Raises:
        NotAsWrittenError: they differ.
    """
    if message is None:
        keys = listed([key.text for key in line.keys], "and")
        raise NotAsWrittenError(line.node, f"expected {keys}, but the coach says nothing.")
    if line.nudge and message.nudge is None:
        raise NotAsWrittenError(line.node, f"expected a nudge, but the coach answers:\n{shown(message)}")
    _check_keys(line, message)
    _check_choices(line, message)
    _must_be_found(line, line.shows, copied(message), "in a text to copy", message)
    if not reworded:
        _must_be_found(line, line.says, words(message), "in the words", message)
    for pattern in line.not_shows:
        if pattern.search(copied(message) if reworded else words(message)):
            raise NotAsWrittenError(line.node, f"/{pattern.pattern}/ should not be in it:\n{shown(message)}")


def there_are(visible: Iterable[str]) -> str:
    """Which choices there are, as the end of a sentence."""
    named = listed(visible, "and")
    return f"there are {named}." if named else "there are none."


def _check_keys(line: Speaks, message: OutgoingMessage) -> None:
    for key in line.keys:
        if key.text not in message.keys:
            told = f"expected `{key.text}`, but the coach says:\n{shown(message)}"
            raise NotAsWrittenError(key, told, Fix(key, _main_key(message)))


def _main_key(message: OutgoingMessage) -> str:
    """The key that a script would name: the last of a dialog, rather than one of the engine's own."""
    return next((key for key in reversed(message.keys) if not key.startswith("repairs.")), message.keys[-1])


def _check_choices(line: Speaks, message: OutgoingMessage) -> None:
    visible = codes(message)
    if line.choices is not None and line.choices != visible:
        expected = listed(line.choices, "and") or "none"
        raise NotAsWrittenError(
            line.node, f"expected the choices {expected}, but {there_are(visible)}\n{shown(message)}"
        )


def _must_be_found(
    line: Speaks, patterns: Iterable[re.Pattern[str]], text: str, where: str, message: OutgoingMessage
) -> None:
    for pattern in patterns:
        if not pattern.search(text):
            raise NotAsWrittenError(line.node, f"/{pattern.pattern}/ is not found {where}:\n{shown(message)}")
