"""The peer: the measured conversation with its states, ways and guards kept by the library ``transitions``.

Everything around them, the JSON, undo's snapshots and the words, is the floor's own, so the difference to the floor is
what the library costs.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from transitions import Machine

from benchmarks.floor import STATES, Talk, take_turn
from bot.content.message import OutgoingMessage
from bot.engine.events import Event

WAYS: list[Any] = [
    {"trigger": "answer", "source": "start", "dest": "company"},
    {"trigger": "answer", "source": "company", "dest": "role"},
    {"trigger": "answer", "source": "role", "dest": "by_phone", "conditions": "is_by_phone"},
    {"trigger": "answer", "source": "role", "dest": "offer", "conditions": "is_complete"},
    {"trigger": "answer", "source": "role", "dest": "company"},
    {"trigger": "answer", "source": "offer", "dest": "thanked", "conditions": "is_sent"},
    {"trigger": "answer", "source": "offer", "dest": "tone", "conditions": "is_change"},
    {"trigger": "answer", "source": "offer", "dest": "note"},
    {"trigger": "answer", "source": "tone", "dest": "offer"},
    {"trigger": "answer", "source": "note", "dest": "offer"},
    {"trigger": "answer", "source": ["thanked", "by_phone"], "dest": "start", "conditions": "is_another"},
    {"trigger": "answer", "source": ["thanked", "by_phone"], "dest": "goodbye"},
]


class Model:
    """What ``transitions`` moves: the conversation of the turn and the answer that it got."""

    talk: Talk
    given: str

    def is_by_phone(self) -> bool:
        return bool(self.talk.slots().get("channel") == "phone")

    def is_complete(self) -> bool:
        slots = self.talk.slots()
        return "company" in slots and "role" in slots

    def is_sent(self) -> bool:
        return self.given == "sent"

    def is_change(self) -> bool:
        return self.given == "change"

    def is_another(self) -> bool:
        return self.given == "another"

    def speak(self) -> None:
        STATES[self.state](self.talk)  # type: ignore[attr-defined]


MODEL = Model()
MACHINE = Machine(
    model=MODEL,
    states=[*STATES, "by_phone"],
    transitions=WAYS,
    initial="start",
    auto_transitions=False,
    after_state_change="speak",
)


def move(talk: Talk, answer: str) -> None:
    """Move by one trigger. One model serves every conversation, which is the cheapest way the library has."""
    MODEL.talk, MODEL.given = talk, answer
    MACHINE.set_state(talk.plain["stack"][-1]["state"])
    MODEL.answer()  # type: ignore[attr-defined]


def take_peer_turn(text: str, event: Event, now: datetime) -> tuple[str, OutgoingMessage]:
    """Take the floor's turn with the library in the place of its own states."""
    return take_turn(text, event, now, move)
