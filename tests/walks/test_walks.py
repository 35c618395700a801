"""Random walks over every shipped dialog, with leaps of time: nothing raises, and there is always a way to an end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.answers import is_long
from bot.engine.conversation import Conversation, Profile
from bot.engine.effects import Forget, Send
from bot.engine.events import (
    Arrived,
    ChoicePicked,
    Command,
    CommandGiven,
    Event,
    MessageReceived,
    ProfileChanged,
    Reading,
    Safety,
    Tick,
)
from bot.engine.listening import asked_for, listening
from bot.engine.model import Fill, Library, ManyOf, Moment, Number, OneOf, Slot, Text, YesNo
from bot.engine.record import dump, load
from bot.engine.step import step
from bot.engine.ticking import next_due
from bot.engine.values import Value
from tests.shipped import compiled
from tests.walks.manners import Manners

START = datetime(2026, 3, 4, 10, 10, tzinfo=UTC)
ZONES = ["Europe/London", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland"]
TEXTS = ["ok", "no", "I do not know", "They said my answers were short.", "Dear all, thank you. What could I improve?"]

LIBRARY: Library = compiled().library


def value_of(draw: st.DrawFn, slot: Slot, now: datetime) -> Value:
    """Some value that fits the slot."""
    match slot.kind:
        case OneOf(codes) | ManyOf(codes, _):
            return draw(st.sampled_from(codes))
        case Text():
            return draw(st.sampled_from(TEXTS))
        case Moment():
            return now + draw(st.timedeltas(timedelta(days=-3), timedelta(days=3)))
        case Number(least, most):
            return draw(st.integers(least, most))
        case YesNo():
            return draw(st.booleans())


def a_reading(draw: st.DrawFn, conversation: Conversation, now: datetime) -> Reading:
    """What a reader might have understood: any mixture of intent, slots, corrections and choices in words."""
    shared = [slot for slot in LIBRARY.slots.values() if slot.name != "safety"]
    said = draw(st.lists(st.sampled_from(shared), max_size=3, unique_by=lambda slot: slot.name))
    taken_back = draw(st.lists(st.sampled_from(shared), max_size=1))
    questions = [(one.message.key, choice.code) for one in listening(LIBRARY, conversation) for choice in one.choices]
    return Reading(
        intent=draw(st.sampled_from([*LIBRARY.starts, "unheard_of"])),
        sure=draw(st.booleans()),
        slots={slot.name: value_of(draw, slot, now) for slot in said},
        corrects={slot.name: value_of(draw, slot, now) for slot in taken_back},
        safety=draw(st.sampled_from([None] * 20 + list(get_args(Safety)))),
        command=draw(st.sampled_from([None] * 12 + list(get_args(Command)))),
        heard=tuple(draw(st.lists(st.sampled_from(questions), max_size=2))) if questions else (),
    )


def an_event(draw: st.DrawFn, conversation: Conversation, now: datetime) -> Event:
    waiting = conversation.stack[-1].waiting if conversation.stack else None
    kind = draw(st.sampled_from(["pick"] * 6 + ["write"] * 5 + ["plain", "command", "arrive", "move", "forged"]))
    if kind == "pick" and waiting is not None and waiting.choices:
        return ChoicePicked(waiting.number, draw(st.sampled_from(waiting.choices)))
    match kind:
        case "command":
            return CommandGiven(draw(st.sampled_from([*LIBRARY.starts, *get_args(Command), "nonsense"])))
        case "arrive":
            return Arrived()
        case "move":
            return ProfileChanged(timezone=draw(st.sampled_from(ZONES)))
        case "forged":
            return ChoicePicked(draw(st.integers(0, 9)), "forged")
        case "plain":
            return MessageReceived(draw(st.sampled_from(TEXTS)))
        case _:
            return MessageReceived(draw(st.sampled_from(TEXTS)), a_reading(draw, conversation, now))


class Walk:
    """One person wandering; every turn is checked as it is taken."""

    def __init__(self) -> None:
        self.conversation = Conversation(Profile("Sam", "Europe/London"))
        self.now = START
        self.manners = Manners(LIBRARY)

    def take(self, event: Event) -> None:
        turn = step(LIBRARY, self.conversation, event, self.now)
        after = load(dump(turn.conversation))
        assert after == turn.conversation, "a conversation must survive being stored"
        sends = [effect for effect in turn.effects if isinstance(effect, Send)]
        if not isinstance(event, Tick | ProfileChanged):
            assert sends, "whoever speaks is answered"
        self._check_nothing_known_is_filled(after)
        if any(isinstance(effect, Forget) for effect in turn.effects):
            after = Conversation(after.profile)
        if isinstance(event, MessageReceived) and event.reading.command == "stop" and event.reading.safety is None:
            assert after.timers == (), "stop leaves no timer"
        self.manners.watch(event, after, sends, self.now)
        self.conversation = after
        self._check_the_stack()

    def agree_to_be_asked(self) -> None:
        """Make a plan for another job, and say yes to being asked how it went."""
        company = f"Employer {self.conversation.asked}"
        self.take(MessageReceived("a no", Reading(intent="bad_news", sure=True, slots={"company": company})))
        self.take(CommandGiven("plan"))
        for _ in range(30):
            waiting = self.conversation.stack[-1].waiting if self.conversation.stack else None
            if waiting is None:
                return
            if waiting.key == "plan.plan_step":
                self.take(ChoicePicked(waiting.number, "remind"))
                return
            code = "answer_detail" if waiting.key == "choose_areas.area" else waiting.choices[0]
            self.take(ChoicePicked(waiting.number, code))

    def leap(self, length: timedelta) -> None:
        """Time goes by; every due moment is taken, and each must be done with when it was."""
        until = self.now + length
        for _ in range(200):
            due = next_due(self.conversation)
            if due is None or due > until:
                self.now = until
                return
            self.now = max(self.now, due)
            self.take(Tick(due))
            later = next_due(self.conversation)
            assert later is None or later > self.now, "a timer in the past would tick for ever"
        pytest.fail("time stands still")

    def _check_the_stack(self) -> None:
        stack = self.conversation.stack
        assert not stack or stack[-1].waiting is not None, "what is open must be waiting for something"

    def _check_nothing_known_is_filled(self, after: Conversation) -> None:
        if not after.stack or after.stack[-1].waiting is None:
            return
        frame = after.stack[-1]
        body = LIBRARY.dialogs[frame.dialog].states[frame.state].body
        asked_before = self.conversation.stack and self.conversation.stack[-1].waiting == frame.waiting
        if isinstance(body, Fill) and not asked_before:
            application = after.application(frame.application)
            kept: Mapping[str, Value] = application.slots if application is not None else {}
            known = {**after.slots, **kept, **frame.slots}
            assert frame.waiting is not None
            assert frame.waiting.slot not in known, "what was said is not asked"

    def walk_out(self) -> None:
        """From wherever it stands, plain answers lead to an end: last choices, some text, at last leaving it open."""
        for turn in range(60):
            if not self.conversation.stack:
                return
            waiting = self.conversation.stack[-1].waiting
            assert waiting is not None
            asked = asked_for(LIBRARY, self.conversation)
            if waiting.choices:
                self.take(ChoicePicked(waiting.number, waiting.choices[-1 - turn // 20 % len(waiting.choices)]))
            elif asked is not None and isinstance(asked.slot.kind, Text) and not is_long(asked.slot) and turn % 20 < 15:
                self.take(MessageReceived("ok"))
            else:
                self.take(MessageReceived("", Reading(command="skip")))
        pytest.fail(f"no way out of {self.conversation.stack[-1].dialog}")


@settings(max_examples=150)
@given(st.data())
def test_a_random_walk_never_raises_never_loses_and_always_finds_an_end(data: st.DataObject) -> None:
    walk = Walk()
    for _ in range(data.draw(st.integers(1, 25))):
        if data.draw(st.integers(0, 4)) == 0:
            walk.leap(timedelta(hours=data.draw(st.sampled_from([1, 7, 20, 30, 24 * 5, 24 * 8, 24 * 95]))))
        walk.take(an_event(data.draw, walk.conversation, walk.now))
    walk.walk_out()


@pytest.mark.parametrize("dialog", sorted(LIBRARY.dialogs))
@settings(max_examples=15)
@given(data=st.data())
def test_every_dialog_walked_from_its_start_finds_an_end(dialog: str, data: st.DataObject) -> None:
    walk = Walk()
    intents = LIBRARY.dialogs[dialog].starts_on
    walk.take(CommandGiven(intents[0] if intents else "help"))
    for _ in range(data.draw(st.integers(0, 12))):
        walk.take(an_event(data.draw, walk.conversation, walk.now))
    walk.walk_out()


@settings(max_examples=100)
@given(st.data())
def test_whoever_agreed_to_be_asked_is_asked_with_manners(data: st.DataObject) -> None:
    """Weeks of a plan with check-ins: mostly silence, now and then an answer, another plan, a pace, a stop."""
    walk = Walk()
    walk.agree_to_be_asked()
    for _ in range(data.draw(st.integers(1, 15))):
        walk.leap(timedelta(hours=data.draw(st.sampled_from([5, 25, 24 * 3, 24 * 8, 24 * 20]))))
        match data.draw(st.sampled_from(["quiet"] * 3 + ["plan", "stop", "pace", "any"])):
            case "plan":
                walk.agree_to_be_asked()
            case "stop":
                walk.take(MessageReceived("stop", Reading(command="stop")))
            case "pace":
                pace = data.draw(st.integers(0, 3))
                walk.take(MessageReceived("less", Reading(slots={"nudges_a_week": pace})))
            case "any":
                walk.take(an_event(data.draw, walk.conversation, walk.now))
