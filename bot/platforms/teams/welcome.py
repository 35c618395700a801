"""Welcome: what stands below the first message besides its buttons: commands that may be pressed instead of typed."""

from __future__ import annotations

from typing import Any

from bot.content.message import OutgoingMessage
from bot.runtime.ports import Address

WELCOME = "welcome.first_need"
"""The message key of the first thing that the coach says to somebody new."""

SUGGESTED = ("draft", "feedback", "help")


def suggestions(address: Address, message: OutgoingMessage) -> dict[str, Any]:
    """The suggested actions of a message, as a part of its activity; nothing for any but the first."""
    if WELCOME not in message.keys:
        return {}
    actions = [{"type": "imBack", "title": command.capitalize(), "value": command} for command in SUGGESTED]
    return {"suggestedActions": {"to": [address.route.get("user", "")], "actions": actions}}
