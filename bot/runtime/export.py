"""Everything kept about a person, for themselves to read."""

from __future__ import annotations

import json
from dataclasses import replace

from bot.content.message import Block, OutgoingMessage
from bot.engine.conversation import Conversation
from bot.engine.record import dump

_MACHINERY = ("schema", "snapshots", "counts", "asked", "fired", "missed", "last_now", "planned_with")
"""What only the machine needs; it says nothing about the person that the rest does not say."""


def exported(conversation: Conversation) -> str:
    """Return indented JSON of all that is kept of the person's own; complete, and nothing of anybody else."""
    plain = json.loads(dump(conversation))
    return json.dumps({name: plain[name] for name in plain if name not in _MACHINERY}, ensure_ascii=False, indent=2)


def with_export(message: OutgoingMessage | None, conversation: Conversation) -> OutgoingMessage:
    """The message with the export as a text to copy."""
    spoken = message or OutgoingMessage(parts=(), language=conversation.profile.language)
    return replace(spoken, parts=(*spoken.parts, Block(exported(conversation))))
