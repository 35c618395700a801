"""Random walks through the shipped dialogs, edited at random in the middle: nobody is stuck, and nothing is raised."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.conversation import Conversation
from bot.engine.events import Arrived, ChoicePicked, CommandGiven, Event, MessageReceived, Tick
from bot.engine.finishing import finishing
from bot.engine.mending import fits
from bot.engine.model import END, Branch, ByAnswer, Dialog, End, Go, Library, State, To
from bot.engine.record import dump, load
from bot.engine.ticking import next_due
from bot.runtime.coach import Coach
from tests.shipped import coach

START = datetime(2026, 3, 4, 10, 10, tzinfo=UTC)
TEXTS = ("acme said no, email this morning", "yes", "no", "tomorrow at 10", "why bother", "help", "stop", "more detail")
EDITS = ("rename", "rename with a map", "remove the state", "switch off", "remove nudges", "new contract", "words")


def edited(library: Library, name: str, state: str, edit: str, nth: int) -> Library:
    """The library with one dialog changed as an author might, and as the compiler would let pass."""
    dialog = library.dialogs[name]
    structure = f"{nth}"
    match edit:
        case "rename" | "rename with a map" if state != "start":
            dialog = _leading(dialog, state, f"{state}_{nth}")
            dialog = replace(dialog, renamed={state: f"{state}_{nth}"} if edit.endswith("map") else {})
        case "remove the state" if state != "start":
            dialog = _leading(dialog, state, END)
        case "switch off" if name not in ("welcome", "help", "crisis", "stop", "unclear"):
            dialog = replace(dialog, states={"start": State("start", End())}, nudges={})
        case "remove nudges":
            dialog = replace(dialog, nudges={})
        case "new contract":
            structure = f"{nth}/write_draft={nth + 2}"
        case _:
            structure = dialog.structure
    dialogs = {**library.dialogs, name: replace(dialog, structure=structure)}
    return replace(library, dialogs=dialogs, version=f"v{nth}")


def _leading(dialog: Dialog, old: str, new: str) -> Dialog:
    """The dialog with all that led to one state leading to another, which the state becomes unless that is the end."""
    states = {
        name: replace(
            state,
            go=_turned(state.go, old, new),
            if_silent=state.if_silent and replace(state.if_silent, to=_other(state.if_silent.to, old, new)),
        )
        for name, state in dialog.states.items()
    }
    moved = states.pop(old)
    nudges = {name: nudge for name, nudge in dialog.nudges.items() if new != END or nudge.state != old}
    nudges = {name: replace(nudge, state=new if nudge.state == old else nudge.state) for name, nudge in nudges.items()}
    kept = states if new == END else {**states, new: replace(moved, name=new)}
    return replace(dialog, states=kept, nudges=nudges)


def _turned(go: Go, old: str, new: str) -> Go:
    match go:
        case To(target):
            return To(_other(target, old, new)) if target != old or new != END else End()
        case Branch(ways):
            return Branch(tuple((when, _other(target, old, new)) for when, target in ways))
        case ByAnswer(ways, otherwise, skipped):
            by_code = {code: _other(target, old, new) for code, target in ways.items()}
            return ByAnswer(by_code, otherwise and _other(otherwise, old, new), skipped and _other(skipped, old, new))
        case End():
            return go


def _other(target: str, old: str, new: str) -> str:
    return new if target == old else target


class Walk:
    """One person; ``kept`` are the versions that the database still has."""

    def __init__(self) -> None:
        self.newest: Coach = coach()
        self.kept: dict[str, Library] = {}
        self.conversation = Conversation()
        self.now = START

    def edit(self, library: Library, forgets: bool) -> None:
        if not forgets:
            self.kept[self.newest.library.version] = self.newest.library
        self.newest = replace(self.newest, library=library)

    def takes(self, event: Event) -> None:
        self.now += timedelta(minutes=40)
        stored = load(dump(self.conversation))
        spoken = self._coach_for(stored).take_turn(stored, event, self.now)
        self.conversation = spoken.turn.conversation
        if not isinstance(event, Tick):
            assert spoken.message is not None, "whoever speaks is answered"
        for frame in self.conversation.stack[-1:]:
            assert frame.waiting is not None, "whatever is on top waits for somebody"

    def _coach_for(self, conversation: Conversation) -> Coach:
        old = self.kept.get(conversation.finishes_on or conversation.planned_with)
        if fits(self.newest.library, conversation) or old is None:
            return self.newest
        blended = finishing(self.newest.library, old)
        return replace(self.newest, library=blended) if fits(blended, conversation) else self.newest


@given(data=st.data())
@settings(deadline=None, max_examples=60)
def test_an_edit_in_the_middle_never_raises_and_always_leaves_a_way_on(data: st.DataObject) -> None:
    walk = Walk()
    walk.takes(Arrived())
    for nth in range(data.draw(st.integers(2, 8))):
        stack = walk.conversation.stack
        if stack and data.draw(st.booleans()):
            frame = data.draw(st.sampled_from(stack))
            library = walk.newest.library
            if frame.dialog in library.dialogs and frame.state in library.dialogs[frame.dialog].states:
                edit = data.draw(st.sampled_from(EDITS))
                walk.edit(edited(library, frame.dialog, frame.state, edit, nth), data.draw(st.booleans()))
        walk.takes(_event(walk, data))

    walk.takes(CommandGiven("help", ""))
    walk.takes(MessageReceived("I want to end my life"))
    assert walk.conversation.stack[-1].dialog == "crisis"
    walk.takes(CommandGiven("stop", ""))
    assert not walk.conversation.timers


def _event(walk: Walk, data: st.DataObject) -> Event:
    top = walk.conversation.stack[-1] if walk.conversation.stack else None
    choices = top.waiting.choices if top is not None and top.waiting is not None else ()
    if top is not None and top.waiting is not None and choices and data.draw(st.booleans()):
        return ChoicePicked(top.waiting.number, data.draw(st.sampled_from(choices)))
    due = next_due(walk.conversation)
    if due is not None and data.draw(st.booleans()):
        return Tick(due)
    return MessageReceived(data.draw(st.sampled_from(TEXTS)))
