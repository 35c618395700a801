"""What a conversation test can see of a message."""

from __future__ import annotations

from bot.content.message import Block, OutgoingMessage


def codes(message: OutgoingMessage) -> tuple[str, ...]:
    """The choices that can be pressed, in order; links answer nothing."""
    return tuple(button.code for button in message.buttons if button.link is None)


def copied(message: OutgoingMessage) -> str:
    """All that stands in texts to copy."""
    return "\n\n".join(part.text for part in message.parts if isinstance(part, Block))


def words(message: OutgoingMessage) -> str:
    """Everything said, texts to copy and small print among it."""
    return "\n\n".join(part.text for part in message.parts)


def shown(message: OutgoingMessage) -> str:
    """The message with its keys and the codes of its choices, indented, as a failure shows it."""
    keys = ", ".join(message.keys)
    lines = [f"      {line}".rstrip() for line in words(message).split("\n")]
    buttons = [f"      [{button.code}] {button.label}" for button in message.buttons]
    return "\n".join([f"    {'nudge ' if message.nudge else ''}{keys}", *lines, *buttons])
