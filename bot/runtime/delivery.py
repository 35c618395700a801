"""Delivery: the port to a platform, and what can come of sending one message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.content.message import OutgoingMessage
from bot.runtime.ports import Address, Letter


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform took it."""


@dataclass(frozen=True, slots=True)
class NotNow:
    """Try again after ``seconds``; nothing was shown.

    ``tried`` is false where it only had to wait its turn: that says nothing of how it will fare.
    """

    seconds: float
    tried: bool = True


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The platform may or may not have shown it."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """It will never be taken; ``gone`` means that the person cannot be reached any more."""

    reason: str
    gone: bool = False


Delivery = Sent | NotNow | Ambiguous | Refused


class Platform(Protocol):
    """Sends one message; never raises for what the other side says.

    It may raise ``UnopenedError``, when what it needs to send anything does not open.
    """

    @property
    def name(self) -> str: ...

    async def send(self, address: Address, message: OutgoingMessage, letter: Letter) -> Delivery:
        """Send what travels in ``letter``.

        Its ``id`` stays, ``tries`` says whether it may have been sent before, and from ``due_at`` on it may be in
        somebody else's hands.
        """
