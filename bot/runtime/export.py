"""Everything kept about a person, for themselves to read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from bot.content.cutting import fitting
from bot.content.message import Block, OutgoingMessage
from bot.engine.conversation import Conversation
from bot.engine.record import dump

_MACHINERY = ("schema", "snapshots", "counts", "asked", "fired", "missed", "last_now", "planned_with", "finishes_on")
"""What only the machine needs; it says nothing about the person that the rest does not say."""

LONGEST_PIECE = 4_000
"""Characters of one message: well below what the strictest platform shows, where some signs count as five."""


def exported(conversation: Conversation) -> str:
    """Return indented JSON of all that is kept of the person's own; complete, and nothing of anybody else."""
    plain = json.loads(dump(conversation))
    return json.dumps({name: plain[name] for name in plain if name not in _MACHINERY}, ensure_ascii=False, indent=2)


def with_export(message: OutgoingMessage | None, conversation: Conversation) -> tuple[OutgoingMessage, ...]:
    """The message with the export as a text to copy; what does not fit follows in messages of its own, in order."""
    first = message or OutgoingMessage(parts=(), language=conversation.profile.language)
    begins, *more = _pieces(exported(conversation))
    return (
        replace(first, parts=(*first.parts, Block(begins))),
        *(OutgoingMessage(parts=(Block(piece),), language=first.language) for piece in more),
    )


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces that every platform shows whole, cut between two lines where there are any."""
    while len(text) > LONGEST_PIECE:
        end = text.rfind("\n", 1, LONGEST_PIECE + 1)
        cut = end if end > 0 else fitting(text, LONGEST_PIECE)
        yield text[:cut]
        text = text[cut:].removeprefix("\n")
    yield text
