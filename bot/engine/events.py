"""Events: what happened, in the past tense; and the reading that rides on what a person wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.engine.values import Value

Safety = Literal["self", "other", "harm", "danger", "soft"]
"""Who is at risk: the person, someone else, someone through the person, the person through someone;
``soft`` asks for the check-in only."""

Command = Literal["stop", "no_reminders", "undo", "skip", "repeat", "help", "cancel", "start_over", "noted", "goodbye"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the pure reader understood of one text.

    ``sure`` means clear enough to leave an open question for ``intent``. ``slots`` are shared slots that the text
    filled in passing, ``corrects`` those that it takes back and gives anew. ``heard`` are (message key, choice) pairs
    of the questions listened for whose label, number or ``heard_as`` the text is. ``refuses`` is the choice of the
    waiting question that stands for a no, when the text begins with one and goes on; it counts where nothing else does.
    ``agrees`` is the one that stands for a yes, for a text that begins with that and goes on.
    """

    intent: str = "unclear"
    sure: bool = False
    slots: Mapping[str, Value] = field(default_factory=dict)
    corrects: Mapping[str, Value] = field(default_factory=dict)
    safety: Safety | None = None
    command: Command | None = None
    heard: tuple[tuple[str, str], ...] = ()
    refuses: str = ""
    agrees: str = ""


NOTHING_READ = Reading()


@dataclass(frozen=True, slots=True)
class MessageReceived:
    """The person wrote something; ``text`` is cleaned and at most 4,000 characters."""

    text: str
    reading: Reading = NOTHING_READ


@dataclass(frozen=True, slots=True)
class ChoicePicked:
    """A button was pressed; ``question`` is the number of the question that showed it."""

    question: int
    choice: str


@dataclass(frozen=True, slots=True)
class FormSubmitted:
    """A form came back; valid in any state because it names its dialog and application."""

    dialog: str
    application: int | None
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CommandGiven:
    """A slash command or menu entry: the name of an engine command or an intent, with the rest of the line read."""

    name: str
    text: str = ""
    reading: Reading = NOTHING_READ


@dataclass(frozen=True, slots=True)
class Arrived:
    """The person opened the chat without saying anything yet."""


@dataclass(frozen=True, slots=True)
class ProfileChanged:
    """The platform knows the person better; an empty field means no news."""

    name: str = ""
    timezone: str = ""
    language: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """A timer may be due; ``at`` is the moment for which it was kept."""

    at: datetime


Event = MessageReceived | ChoicePicked | FormSubmitted | CommandGiven | Arrived | ProfileChanged | Tick
