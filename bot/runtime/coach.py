"""The coach as one value: what it does, what it says and how it reads. Pure from here inward."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.coach.setting import Setting
from bot.content.catalog import Catalog
from bot.content.cleaning import clean
from bot.content.hearing import agreement, choice_for_no, hear, refusal
from bot.content.message import OutgoingMessage
from bot.content.render import render
from bot.engine.commands import NO_REMINDERS
from bot.engine.conversation import Conversation
from bot.engine.effects import Effect, Send
from bot.engine.events import CommandGiven, Event, FormSubmitted, MessageReceived, ProfileChanged, Reading
from bot.engine.listening import asked_for, awaits_whole, known_slots, listening, visible_choices
from bot.engine.model import Library
from bot.engine.schedules import zone
from bot.engine.step import Turn, steady, step
from bot.engine.values import Value
from bot.runtime.ports import Reader


@dataclass(frozen=True, slots=True)
class Spoken:
    """A turn and its words; ``message`` is ``None`` when the coach stays silent."""

    turn: Turn
    message: OutgoingMessage | None


@dataclass(frozen=True, slots=True)
class Coach:
    """Library, catalog and reader together: the whole way from an event to words, without the world."""

    library: Library
    catalog: Catalog
    read: Reader

    def take_turn(self, conversation: Conversation, event: Event, now: datetime) -> Spoken:
        """Read the event, step, and put the turn into words."""
        moment = steady(now, conversation, event)
        turn = step(self.library, conversation, self._understood(conversation, event, moment), moment)
        return Spoken(turn, self.worded(turn.effects, turn.conversation, moment))

    def worded(self, effects: Sequence[Effect], conversation: Conversation, now: datetime) -> OutgoingMessage | None:
        """The sends among the effects as one message in the person's language."""
        return render(effects, self.catalog, conversation.profile, now)

    def repair(self, name: str, conversation: Conversation, now: datetime) -> OutgoingMessage | None:
        """One of the repairs in words, outside any turn."""
        return self.worded([Send(self.library.repairs[name].key)], conversation, now)

    def _understood(self, conversation: Conversation, event: Event, now: datetime) -> Event:
        match event:
            case MessageReceived(text):
                text = clean(text)
                return MessageReceived(text, self._reading(conversation, text, now))
            case CommandGiven(name, text):
                text = clean(text)
                return CommandGiven(clean(name), text, self._reading(conversation, text, now))
            case FormSubmitted():
                return replace(event, values={name: _cleaned(value) for name, value in event.values.items()})
            case ProfileChanged():
                return replace(event, name=clean(event.name))
            case _:
                return event

    def _reading(self, conversation: Conversation, text: str, now: datetime) -> Reading:
        language = conversation.profile.language
        questions = listening(self.library, conversation)
        visible = visible_choices(conversation)
        heard = hear(text, questions, visible, self.catalog, language)
        reading = self.read(text, self._setting(conversation, text, now))
        if heard or not questions:
            return replace(reading, heard=heard)
        if NO_REMINDERS in (reading.command, *reading.slots):
            return replace(reading, refuses=choice_for_no(questions[0], visible, self.catalog, language))
        place = (questions[0], visible, self.catalog, language)
        return replace(reading, refuses=refusal(text, *place), agrees=agreement(text, *place))

    def _setting(self, conversation: Conversation, text: str, now: datetime) -> Setting:
        profile = conversation.profile
        asked = asked_for(self.library, conversation)
        return Setting(
            now=now.astimezone(zone(profile.timezone)),
            language=profile.language,
            country=profile.country or self.library.country,
            name=profile.name,
            asking=asked.slot.name if asked else None,
            long_text=asked is not None and awaits_whole(asked, text),
            known=known_slots(conversation),
        )


def _cleaned(value: Value) -> Value:
    return clean(value) if isinstance(value, str) else value
