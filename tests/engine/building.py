"""Small libraries made by hand, and a talk with one of them that is stored and read back at every turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.engine.conversation import Conversation, Profile
from bot.engine.effects import Effect, Send
from bot.engine.events import Arrived, ChoicePicked, Event, MessageReceived, ProfileChanged, Reading, Tick
from bot.engine.model import (
    Ask,
    Body,
    Branch,
    ByAnswer,
    Choice,
    Dialog,
    Do,
    End,
    Fill,
    Go,
    Library,
    Message,
    Nudge,
    OneOf,
    Question,
    Show,
    Skill,
    Slot,
    State,
    Text,
    To,
)
from bot.engine.record import dump, load
from bot.engine.step import step
from bot.engine.ticking import next_due

START = datetime(2026, 3, 4, 10, 10, tzinfo=UTC)  # a Wednesday

REPAIRS = (
    "rephrase",
    "buttons",
    "left_open",
    "skipped",
    "undone",
    "nothing_to_undo",
    "corrected",
    "back",
    "again",
    "cancelled",
    "started_over",
    "reminders_off",
    "noted",
    "goodbye",
    "gone_by",
    "old_choice",
    "welcome_back",
    "moved",
    "small_print",
)


def asks(dialog: str, slot: str, *codes: str, needs: Mapping[str, str] | None = None, words: str | None = None) -> Ask:
    """A question whose key is ``dialog.slot``; ``needs`` names the slot that a choice's label needs."""
    choices = tuple(Choice(code, ((needs or {})[code],) if code in (needs or {}) else ()) for code in codes)
    return Ask(Question(slot, Message(f"{dialog}.{words or slot}"), choices))


def fills(dialog: str, *slots: str) -> Fill:
    return Fill(tuple(Question(slot, Message(f"{dialog}.{slot}")) for slot in slots))


def state(
    name: str,
    body: Body | None = None,
    go: str | Mapping[str, str] | Go = "end",
    says: Sequence[str] = (),
    shows: Sequence[Show] = (),
    **rest: object,
) -> State:
    if isinstance(go, str):
        way: Go = To(go) if go != "end" else End()
    elif isinstance(go, Mapping):
        codes = {code: target for code, target in go.items() if code not in ("else", "skip")}
        way = ByAnswer(codes, go.get("else"), go.get("skip"))
    else:
        way = go
    return State(name, way, tuple(Message(key) for key in says), tuple(shows), body, **rest)  # type: ignore[arg-type]


def dialog(
    name: str,
    *states: State,
    slots: Sequence[Slot] = (),
    nudges: Sequence[Nudge] = (),
    starts_on: tuple[str, ...] = (),
    opens: bool = False,
    structure: str = "1",
    renamed: Mapping[str, str] | None = None,
) -> Dialog:
    return Dialog(
        name,
        {one.name: one for one in states},
        {slot.name: slot for slot in slots},
        {nudge.name: nudge for nudge in nudges},
        starts_on,
        opens,
        renamed or {},
        structure,
    )


def library(*dialogs: Dialog, slots: Sequence[Slot] = (), skills: Sequence[Skill] = ()) -> Library:
    """The dialogs given, with the four that every library has, if they are not among them."""
    usual = (
        dialog("welcome", state("start", says=["welcome.hello"]), starts_on=("unclear",)),
        dialog("help", state("start", says=["help.text"]), starts_on=("help",)),
        dialog("stop", state("start", says=["stop.done"])),
        dialog(
            "crisis",
            state("start", asks("crisis", "what_now", "figure"), {"figure": "end", "else": "start"}),
            slots=[Slot("what_now", Text(2000))],
        ),
    )
    given = {one.name for one in dialogs}
    every = (*dialogs, *(one for one in usual if one.name not in given))
    return Library(
        dialogs={one.name: one for one in every},
        slots={slot.name: slot for slot in (*slots, Slot("safety", Text(20), "turn"))},
        skills={skill.name: skill for skill in skills},
        starts={intent: one.name for one in every for intent in one.starts_on},
        repairs={name: Message(f"repairs.{name}") for name in REPAIRS},
        version="1",
    )


class Talk:
    """A person and the engine; the conversation goes to JSON and back at every turn."""

    def __init__(self, library: Library, zone: str = "Europe/London", now: datetime = START) -> None:
        self.library = library
        self.now = now
        self.conversation = Conversation(Profile("Sam", zone), small_print_shown=True)
        self.effects: tuple[Effect, ...] = ()

    def happens(self, event: Event) -> list[str]:
        """One event; the keys of what is said."""
        turn = step(self.library, self.conversation, event, self.now)
        self.conversation = load(dump(turn.conversation))
        assert self.conversation == turn.conversation
        self.effects = turn.effects
        return [effect.key for effect in turn.effects if isinstance(effect, Send)]

    def says(self, text: str, reading: Reading | None = None) -> list[str]:
        return self.happens(MessageReceived(text, reading or Reading()))

    def picks(self, choice: str) -> list[str]:
        waiting = self.waiting
        assert waiting is not None, "nothing is asked"
        return self.happens(ChoicePicked(waiting.number, choice))

    def means(self, choice: str, key: str | None = None, **rest: object) -> list[str]:
        """Words that mean a choice of the waiting question, or of the question with the key."""
        assert self.waiting is not None, "nothing is asked"
        return self.says(choice, Reading(heard=((key or self.waiting.key, choice),), **rest))  # type: ignore[arg-type]

    def arrives(self) -> list[str]:
        return self.happens(Arrived())

    def moves_to(self, zone: str) -> list[str]:
        return self.happens(ProfileChanged(timezone=zone))

    def waits(self, length: timedelta) -> list[str]:
        """Time goes by; whatever is due meanwhile is said."""
        until, said = self.now + length, []
        while (moment := next_due(self.conversation)) is not None and moment <= until:
            self.now = max(self.now, moment)
            said += self.happens(Tick(moment))
        self.now = until
        return said

    @property
    def waiting(self):
        return self.conversation.stack[-1].waiting if self.conversation.stack else None

    @property
    def sends(self) -> list[Send]:
        return [effect for effect in self.effects if isinstance(effect, Send)]


CODES = OneOf(("a", "b"))

__all__ = ["CODES", "START", "Branch", "Do", "Talk", "asks", "dialog", "fills", "library", "replace", "state"]
