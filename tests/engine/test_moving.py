"""A nudge moves to the moment that the person asks for."""

from __future__ import annotations

from datetime import timedelta

from bot.engine.effects import Send
from bot.engine.events import Reading
from bot.engine.model import Message, Moment, Slot, State, To, YesNo
from tests.engine.building import START, Talk, dialog, library, state
from tests.engine.test_ticking import COMPANY, PLAN, REMINDER, SEND_BY, SENT, SENT_AT, drafting

ASKED_AT = Slot("asked_at", Moment(), "turn")
MOVED_TO = Slot("moved_to", Moment(), "turn")
HELD_BACK = Slot("held_back", YesNo(), "turn")
LATER = dialog(
    "later",
    state("start", go="say", acts=("move_nudge",)),
    State("say", To("end"), says=(Message("later.moved", ("moved_to", "held_back")),)),
    starts_on=("later",),
)


def a_talk() -> Talk:
    slots = [SEND_BY, SENT_AT, COMPANY, ASKED_AT, MOVED_TO, HELD_BACK]
    talk = Talk(library(drafting(REMINDER), LATER, slots=slots, skills=[PLAN, SENT]))
    talk.says("draft", Reading("draft"))
    return talk


def asks_for(talk: Talk, after: timedelta) -> Send:
    talk.says("later", Reading("later", sure=True, slots={"asked_at": START + after}))
    return next(effect for effect in talk.effects if isinstance(effect, Send) and effect.key == "later.moved")


def test_a_nudge_comes_at_the_moment_that_was_asked_for_and_not_before() -> None:
    talk = a_talk()
    talk.picks("remind")

    said = asks_for(talk, timedelta(days=2))

    assert said.values == {"moved_to": START + timedelta(days=2)}
    assert talk.waits(timedelta(days=2) - timedelta(minutes=1)) == []
    assert "draft.send_by" in talk.waits(timedelta(minutes=1))


def test_what_is_said_is_when_it_will_really_come() -> None:
    talk = a_talk()
    talk.picks("remind")

    said = asks_for(talk, timedelta(hours=13))  # 23:10 is in the quiet hours

    assert said.values == {"moved_to": talk.conversation.timers[0].due}
    assert said.values["moved_to"] != START + timedelta(hours=13)


def test_without_a_nudge_to_come_nothing_moves() -> None:
    talk = a_talk()

    said = asks_for(talk, timedelta(days=2))

    assert said.values == {}
    assert talk.conversation.timers == ()


def test_a_nudge_can_be_brought_forward() -> None:
    talk = a_talk()
    talk.picks("remind")

    asks_for(talk, timedelta(hours=1))

    assert talk.waits(timedelta(minutes=59)) == []
    assert "draft.send_by" in talk.waits(timedelta(minutes=1))
