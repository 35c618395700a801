"""The coach speaks first seldom, thins out, and falls silent when nobody answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.engine.conditions import ALWAYS, Clause, Condition
from bot.engine.conversation import Conversation
from bot.engine.effects import Send
from bot.engine.events import Reading
from bot.engine.model import Delay, Message, Moment, Nudge, Number, OneOf, Slot, Text
from tests.engine.building import Talk, asks, dialog, library, state

DAYS = (1, 3, 7, 14, 30)
MONDAY = datetime(2026, 3, 2, 10, 10, tzinfo=UTC)


def check_in(*days: int, dialog: str = "plan", last: str | None = "last", when: Condition = ALWAYS) -> Nudge:
    first, *rest = (Delay(plain=timedelta(days=day)) for day in days)
    return Nudge(
        "check_in",
        dialog,
        Message(f"{dialog}.check_in"),
        after=first,
        then=tuple(rest),
        lateness=timedelta(days=2),
        when=when,
        state="check_in",
        last=None if last is None else Message(f"{dialog}.{last}"),
    )


def plan(nudge: Nudge, name: str = "plan"):
    """A plan whose check-ins are asked for by the choice ``remind``; a check-in may drop what it is about."""
    return dialog(
        name,
        state("start", asks(name, "wish", "remind", "no"), {"remind": "kept", "no": "end"}, saves=("card",)),
        state("kept", says=[f"{name}.kept"]),
        state("check_in", asks(name, "how", "did", "drop"), {"did": "end", "drop": "dropped"}),
        state("dropped", says=[f"{name}.dropped"], forgets=("card",)),
        slots=[
            Slot("wish", OneOf(("remind", "no"))),
            Slot("how", OneOf(("did", "drop"))),
            Slot("card", Text(80), starts_as="Ten minutes"),
        ],
        nudges=[nudge],
        starts_on=(name,),
        opens=True,
    )


def a_talk(*dialogs, now: datetime = MONDAY) -> Talk:
    slots = [Slot("nudges_a_week", Number(0, 7), "person"), Slot("company", Text(80), "application")]
    talk = Talk(library(*dialogs, slots=slots), now=now)
    for one in dialogs:
        talk.says(one.name, Reading(one.name, slots={"company": one.name}))
        talk.picks("remind")
    return talk


def spoken_on(talk: Talk, days: int, answer: str | None = None) -> list[tuple[int, str]]:
    """What is said first on each of so many days, by day; ``answer`` is what the person picks then."""
    began, said = talk.now, []
    for _ in range(days):
        keys = talk.waits(timedelta(days=1))
        said += [((talk.now - began).days, key) for key in keys]
        if answer is not None and talk.waiting is not None:
            talk.picks(answer)
    return said


def test_check_ins_thin_out_as_long_as_they_are_answered() -> None:
    talk = a_talk(plan(check_in(*DAYS)))

    said = spoken_on(talk, 60, answer="did")

    assert said == [(day, "plan.how") for day in (1, 3, 7, 14, 30)]
    assert talk.conversation.timers == ()


def test_two_that_stay_unanswered_are_followed_by_one_last_line_and_silence() -> None:
    talk = a_talk(plan(check_in(*DAYS)))

    said = spoken_on(talk, 80)

    assert said == [(1, "plan.how"), (3, "plan.how"), (7, "plan.last")]
    assert talk.conversation.timers == ()


def test_without_a_last_line_it_falls_silent_without_a_word() -> None:
    talk = a_talk(plan(check_in(*DAYS, last=None)))

    assert spoken_on(talk, 80) == [(1, "plan.how"), (3, "plan.how")]


def test_an_answer_to_one_of_them_begins_the_count_anew() -> None:
    talk = a_talk(plan(check_in(*DAYS)))
    spoken_on(talk, 1)
    talk.waits(timedelta(days=2))
    talk.picks("did")

    assert [key for _, key in spoken_on(talk, 60)] == ["plan.how", "plan.how", "plan.last"]


def test_a_question_that_nobody_answered_is_not_asked_a_second_time_after_the_newer_one() -> None:
    talk = a_talk(plan(check_in(*DAYS)))
    spoken_on(talk, 3)

    assert [frame.dialog for frame in talk.conversation.stack] == ["plan"]
    assert talk.picks("did") == ["repairs.cancelled"]


def test_check_ins_end_with_what_they_are_about() -> None:
    talk = a_talk(plan(check_in(*DAYS, when=Condition((Clause("card", "is known"),)))))
    spoken_on(talk, 1)
    talk.picks("drop")

    assert spoken_on(talk, 60) == []


def test_several_plans_together_stay_under_the_cap_of_a_week() -> None:
    talk = a_talk(*(plan(check_in(1, 2, 3, 4, dialog=name), name) for name in ("plan", "other", "third")))

    assert len(spoken_on(talk, 7, answer="did")) == 3


@pytest.mark.parametrize("pace", [0, 1, 2])
def test_a_person_may_say_how_many_a_week(pace: int) -> None:
    talk = a_talk(plan(check_in(1, 2, 3, 4)))
    talk.conversation = talk.conversation._replace(slots={"nudges_a_week": pace})

    assert len(spoken_on(talk, 7, answer="did")) == pace


def test_a_reminder_at_a_moment_that_was_picked_is_neither_counted_nor_held_back() -> None:
    promised = Nudge("note", "note", Message("note.note"), at="at")
    at = Slot("at", Moment(), starts_as=None)
    note = dialog(
        "note",
        state("start", asks("note", "wish", "remind"), {"remind": "end"}),
        slots=[Slot("wish", OneOf(("remind",))), at],
        nudges=[promised],
        starts_on=("note",),
    )
    talk = a_talk(plan(check_in(*DAYS)))
    talk.library = library(plan(check_in(*DAYS)), note, slots=[*talk.library.slots.values()])
    talk.conversation = talk.conversation._replace(slots={"nudges_a_week": 0})
    talk.says("note", Reading("note"))
    frame = talk.conversation.stack[-1]
    asked = frame._replace(slots={"at": MONDAY + timedelta(days=1, hours=2)})
    talk.conversation = talk.conversation._replace(stack=(asked,))
    talk.picks("remind")

    assert spoken_on(talk, 7) == [(2, "note.note")]


def test_what_a_weekend_pushes_together_is_said_once() -> None:
    friday = MONDAY + timedelta(days=4)
    talk = a_talk(plan(check_in(1, 2, 3)), now=friday)

    assert spoken_on(talk, 10, answer="did") == [(3, "plan.how")]


def test_stop_ends_a_series_for_good() -> None:
    talk = a_talk(plan(check_in(*DAYS)))
    spoken_on(talk, 1)
    talk.says("stop", Reading(command="stop"))

    assert spoken_on(talk, 80) == []


def test_what_speaks_names_its_nudge_so_that_it_is_asked_again_before_it_is_sent() -> None:
    talk = a_talk(plan(check_in(*DAYS)))

    talk.waits(timedelta(days=1))

    assert [send.nudge for send in talk.effects if isinstance(send, Send)] == [talk.conversation.last_nudge]
    assert talk.conversation.spoken == (talk.conversation.last_now,)
    assert isinstance(talk.conversation, Conversation)
