"""What becomes of a question while something else was talked about."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.engine.conditions import Clause, Condition
from bot.engine.events import Reading
from bot.engine.model import Do, Moment, OneOf, Skill, Slot
from tests.engine.building import Talk, asks, dialog, library, state

ANSWERED_AT = Slot("answered_at", Moment(), "application")
ANSWERED = Skill("answered", (), ("answered_at",), lambda values, facts: {"answered_at": facts.now})
SOON = Skill("soon", (), ("soon_at",), lambda values, facts: {"soon_at": facts.now + timedelta(hours=1)})

REQUEST = dialog(
    "request",
    state("start", Do("soon"), "offer"),
    state(
        "offer", asks("request", "next", "sent", "remind", needs={"remind": "soon_at"}), {"sent": "end", "else": "end"}
    ),
    slots=[Slot("next", OneOf(("sent", "remind"))), Slot("soon_at", Moment())],
    starts_on=("request",),
    opens=True,
)
ANSWER = dialog(
    "answer", state("start", Do("answered"), "thanks"), state("thanks", says=["answer.thanks"]), starts_on=("answer",)
)
OVER = (Condition((Clause("answered_at", "is known"),)),)


def a_talk(over_when: tuple[Condition, ...] = ()) -> Talk:
    request = replace(REQUEST, over_when=over_when)
    talk = Talk(library(request, ANSWER, slots=[ANSWERED_AT], skills=[ANSWERED, SOON]))
    talk.says("request", Reading("request"))
    return talk


def test_a_dialog_that_has_lost_its_point_is_left_without_a_word() -> None:
    talk = a_talk(OVER)

    assert talk.says("they answered", Reading("answer", sure=True)) == ["answer.thanks"]
    assert talk.conversation.stack == ()


def test_a_dialog_that_keeps_its_point_is_come_back_to() -> None:
    talk = a_talk(OVER)

    assert talk.says("help", Reading("help", sure=True)) == ["help.text", "repairs.back", "request.next"]


def test_a_moment_that_has_gone_by_is_given_anew() -> None:
    talk = a_talk()
    first = talk.conversation.stack[-1].slots["soon_at"]
    talk.waits(timedelta(hours=3))

    talk.arrives()

    assert talk.conversation.stack[-1].slots["soon_at"] == first + timedelta(hours=3)
    assert talk.waiting.choices == ("sent", "remind")


def test_a_moment_that_is_still_to_come_stays() -> None:
    talk = a_talk()
    first = talk.conversation.stack[-1].slots["soon_at"]
    talk.waits(timedelta(minutes=30))

    talk.arrives()

    assert talk.conversation.stack[-1].slots["soon_at"] == first


def test_who_comes_back_after_a_pause_has_not_been_misunderstood_yet() -> None:
    talk = a_talk()

    assert talk.says("hm")[0] == "repairs.rephrase"
    assert talk.says("hm")[0] == "repairs.buttons"
    talk.waits(timedelta(minutes=40))
    assert talk.says("hm")[0] == "repairs.rephrase"
