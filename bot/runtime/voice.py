"""Voice: the coach's words for one person outside of a turn, for pages and forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.content.message import OutgoingMessage, Paragraph
from bot.engine.conversation import Conversation
from bot.engine.effects import Send
from bot.engine.model import Facts
from bot.engine.schedules import manners_of, zone
from bot.engine.values import Value
from bot.runtime.coach import Coach


@dataclass(frozen=True, slots=True)
class Voice:
    """``now`` is aware. A new conversation stands for somebody of whom nothing is known, or not yet."""

    coach: Coach
    now: datetime
    conversation: Conversation = field(default_factory=Conversation)

    def say(self, key: str, values: Mapping[str, Value] | None = None, block: str | None = None) -> OutgoingMessage:
        """Word a message with all its choices, whether or not a dialog could ask it now.

        Raises:
            KeyError: the catalog has no words for the key.
        """
        choices = tuple(self.coach.catalog.wording(key, self.conversation.profile.language).choices)
        send = Send(key, values or {}, choices, block=block)
        message = self.coach.worded((send,), self.conversation, self.now)
        assert message is not None, "one send is one message"
        return message

    def text(self, key: str, values: Mapping[str, Value] | None = None) -> str:
        """Word a message that is nothing but text."""
        return "\n".join(part.text for part in self.say(key, values).parts if isinstance(part, Paragraph))

    @property
    def facts(self) -> Facts:
        """What a skill may know of the person."""
        profile, manners = self.conversation.profile, manners_of(self.conversation.slots)
        name = self.conversation.slots.get("first_name")
        return Facts(
            now=self.now.astimezone(zone(profile.timezone)),
            name=name if isinstance(name, str) else profile.name,
            language=profile.language,
            country=profile.country,
            working_days=manners.working_days,
            quiet_from=manners.quiet_from,
            quiet_to=manners.quiet_to,
        )
