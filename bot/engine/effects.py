"""Effects: what is to be done, as imperatives. The engine names a message; it never knows its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from bot.engine.conversation import NONE
from bot.engine.values import Value


class Send(NamedTuple):
    """Say one message. All sends of a turn are joined into one message on the platform.

    ``choices`` are the visible codes in order. ``nth`` counts visits of the key, so that variants rotate and a retry
    says the same. ``block`` is a text to copy. ``question`` numbers the question, for its buttons. What is ``urgent``
    has a lane of its own. ``nudge`` names the nudge that spoke, for the check before sending, and ``expires``
    is when it is too late for it (UTC).

    A named tuple, as the conversation's parts are: a turn makes several, and each costs a fifth of a dataclass.
    """

    key: str
    values: Mapping[str, Value] = NONE
    choices: tuple[str, ...] = ()
    nth: int = 0
    block: str | None = None
    question: int | None = None
    urgent: bool = False
    nudge: str | None = None
    expires: datetime | None = None


@dataclass(frozen=True, slots=True)
class DropNudges:
    """Delete nudges that wait in the outbox, in the same transaction."""


@dataclass(frozen=True, slots=True)
class Forget:
    """Delete everything kept about the person."""


@dataclass(frozen=True, slots=True)
class Export:
    """Hand the person everything that is kept about them."""


@dataclass(frozen=True, slots=True)
class OpenForm:
    """Open a form for a dialog's questions, where the platform has forms."""

    dialog: str
    application: int | None
    slots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RefreshHome:
    """The home page, where there is one, is out of date."""


Effect = Send | DropNudges | Forget | Export | OpenForm | RefreshHome
