"""Nudges speak when they were promised, with manners, at most once, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.engine.conditions import Clause, Condition
from bot.engine.effects import DropNudges, Forget, Send
from bot.engine.events import Reading, Tick
from bot.engine.model import Delay, Do, IfSilent, Message, Moment, Nudge, OneOf, Skill, Slot, Text, YesNo
from bot.engine.nudging import still_wanted
from bot.engine.ticking import next_due
from tests.engine.building import START, Talk, asks, dialog, library, state

AT = Slot("remind_at", Moment())
SEND_BY = Slot("send_by", Moment(), "application")
SENT_AT = Slot("sent_at", Moment(), "application")
COMPANY = Slot("company", Text(80), "application")
UNSENT = Condition((Clause("sent_at", "is unknown"),))

PLAN = Skill(
    "plan",
    (),
    ("remind_at", "send_by"),
    lambda values, facts: {
        "remind_at": facts.now + timedelta(hours=7),
        "send_by": facts.now + timedelta(hours=24),
    },
)
SENT = Skill("sent", (), ("sent_at",), lambda values, facts: {"sent_at": facts.now})


def drafting(nudge: Nudge, *more):
    """A draft with a reminder, whose consent is the choice ``remind``."""
    return dialog(
        "draft",
        state("start", Do("plan"), "offer"),
        state("offer", asks("draft", "next", "sent", "remind"), {"sent": "sent", "remind": "reminder"}),
        state("reminder", asks("draft", "later", "sent", "other"), {"sent": "sent", "other": "offer"}),
        state("sent", Do("sent"), "bye"),
        state("bye", says=["draft.bye"]),
        *more,
        slots=[
            AT,
            Slot("next", OneOf(("sent", "remind"))),
            Slot("later", OneOf(("sent", "other"))),
            Slot("by_now", OneOf(("sent", "leave"))),
            Slot("draft", Text(2000), starts_as="Dear all"),
        ],
        nudges=[nudge],
        starts_on=("draft",),
        opens=True,
    )


REMINDER = Nudge(
    "send_by",
    "draft",
    Message("draft.send_by"),
    at="remind_at",
    until="send_by",
    when=UNSENT,
    carries=("draft",),
    ignores=frozenset({"weekends"}),
)
WITH_STATE = Nudge(**{**{f: getattr(REMINDER, f) for f in Nudge.__slots__}, "state": "nudged"})
NUDGED = state(
    "nudged", asks("draft", "by_now", "sent", "leave"), {"sent": "sent", "leave": "end"}, says=["draft.send_by"]
)

OTHER = dialog(
    "other",
    state("start", asks("other", "colour", "red"), {"red": "end"}),
    slots=[Slot("colour", OneOf(("red",)))],
    starts_on=("other",),
)


def a_talk(nudge: Nudge = REMINDER, *more, zone: str = "Europe/London", now: datetime = START) -> Talk:
    compiled = library(drafting(nudge, *more), OTHER, slots=[SEND_BY, SENT_AT, COMPANY], skills=[PLAN, SENT])
    talk = Talk(compiled, zone, now)
    talk.says("draft", Reading("draft"))
    return talk


def test_without_consent_nothing_is_ever_sent() -> None:
    talk = a_talk()

    assert talk.conversation.timers == ()
    assert talk.waits(timedelta(days=80)) == []


def test_a_reminder_comes_when_it_was_promised_and_asks_what_waits_again() -> None:
    talk = a_talk()
    talk.picks("remind")

    assert talk.waits(timedelta(hours=6, minutes=59)) == []
    assert talk.waits(timedelta(minutes=1)) == ["draft.send_by", "draft.later"]
    assert talk.waits(timedelta(days=2)) == []


def test_a_condition_does_not_see_what_the_reminder_carries_so_none_is_begun_that_would_be_thrown_away() -> None:
    seen = (Clause("draft", "is known"),)
    talk = a_talk(Nudge(**{**{f: getattr(REMINDER, f) for f in Nudge.__slots__}, "when": Condition(seen)}))
    talk.picks("remind")

    assert talk.waits(timedelta(hours=7)) == []
    assert talk.conversation.fired == ()


def test_a_condition_sees_what_a_slot_holds_before_anything_is_known() -> None:
    wanted = Nudge(
        **{**{f: getattr(REMINDER, f) for f in Nudge.__slots__}, "when": Condition((Clause("wants", "is", "yes"),))}
    )
    wants = Slot("wants", YesNo(), scope="person", starts_as=True)
    compiled = library(drafting(wanted), OTHER, slots=[SEND_BY, SENT_AT, COMPANY, wants], skills=[PLAN, SENT])
    talk = Talk(compiled, "Europe/London", START)
    talk.says("draft", Reading("draft"))
    talk.picks("remind")

    assert "draft.send_by" in talk.waits(timedelta(hours=7))
    (mark,) = talk.conversation.fired
    assert still_wanted(compiled, talk.conversation, mark)


def test_a_reminder_with_a_state_of_its_own_moves_its_dialog_there() -> None:
    talk = a_talk(WITH_STATE, NUDGED)
    talk.picks("remind")

    assert talk.waits(timedelta(hours=7)) == ["draft.send_by", "draft.by_now"]
    assert len(talk.conversation.stack) == 1
    assert talk.picks("sent") == ["draft.bye"]


def test_a_reminder_starts_above_another_question_and_comes_back_to_it() -> None:
    talk = a_talk(WITH_STATE, NUDGED)
    talk.picks("remind")
    talk.says("something else", Reading("other", sure=True))

    assert talk.waits(timedelta(hours=7)) == ["draft.send_by", "draft.by_now"]
    assert talk.conversation.stack[-1].slots["draft"] == "Dear all"
    assert talk.picks("leave") == ["repairs.back", "other.colour"]


def test_a_reminder_that_is_no_longer_wanted_is_not_spoken() -> None:
    talk = a_talk()
    talk.picks("remind")
    talk.picks("sent")

    assert talk.waits(timedelta(days=3)) == []
    assert talk.conversation.missed == ("draft.send_by/1@2026-03-04T17:10:00 no longer wanted",)


def test_a_tick_that_comes_twice_speaks_once() -> None:
    talk = a_talk()
    talk.picks("remind")
    moment = next_due(talk.conversation)
    assert moment is not None
    talk.now = moment

    assert talk.happens(Tick(moment)) == ["draft.send_by", "draft.later"]
    assert talk.happens(Tick(moment)) == []


def test_a_reminder_waits_while_the_person_writes() -> None:
    talk = a_talk()
    talk.picks("remind")
    talk.waits(timedelta(hours=6, minutes=50))
    talk.says("hm")

    assert talk.waits(timedelta(minutes=29)) == []
    assert talk.waits(timedelta(minutes=1)) == ["draft.send_by", "draft.later"]


def test_what_the_live_talk_makes_too_late_is_missed() -> None:
    late = Skill("plan", (), ("remind_at", "send_by"), lambda values, facts: {
        "remind_at": facts.now + timedelta(minutes=40), "send_by": facts.now + timedelta(minutes=50)})  # fmt: skip
    talk = Talk(library(drafting(REMINDER), slots=[SEND_BY, SENT_AT], skills=[late, SENT]))
    talk.says("draft", Reading("draft"))
    talk.picks("remind")
    talk.waits(timedelta(minutes=35))
    talk.says("hm")

    assert talk.waits(timedelta(days=1)) == []
    assert talk.conversation.missed[0].endswith("person was writing")


def test_after_an_outage_a_reminder_past_its_time_is_missed_and_counted() -> None:
    talk = a_talk()
    talk.picks("remind")
    moment = next_due(talk.conversation)
    assert moment is not None
    talk.now = START + timedelta(hours=25)

    assert talk.happens(Tick(moment)) == []
    assert talk.conversation.missed == ("draft.send_by/1@2026-03-04T17:10:00 too late",)


def test_of_several_overdue_nudges_only_the_newest_speaks() -> None:
    first = Nudge("first", "draft", Message("draft.first"), after=Delay(plain=timedelta(hours=1)))
    second = Nudge("second", "draft", Message("draft.second"), after=Delay(plain=timedelta(hours=2)))
    both = drafting(first)
    both = type(both)(**{**{f: getattr(both, f) for f in both.__slots__}, "nudges": {"first": first, "second": second}})
    talk = Talk(library(both, slots=[SEND_BY, SENT_AT], skills=[PLAN, SENT]))
    talk.says("draft", Reading("draft"))
    talk.picks("remind")
    moment = next_due(talk.conversation)
    assert moment is not None
    talk.now = START + timedelta(hours=3)

    assert talk.happens(Tick(moment)) == ["draft.second", "draft.later"]
    assert [mark.rpartition(" ")[2] for mark in talk.conversation.missed] == ["superseded"]
    assert talk.waits(timedelta(days=3)) == []


def test_stop_ends_every_reminder_and_drops_what_waits_to_be_sent() -> None:
    talk = a_talk()
    talk.picks("remind")

    talk.says("stop", Reading(command="stop"))

    assert talk.conversation.timers == ()
    assert DropNudges() in talk.effects
    assert talk.waits(timedelta(days=80)) == []


def test_undo_does_not_take_back_a_consent() -> None:
    talk = a_talk()
    talk.picks("remind")

    talk.says("undo", Reading(command="undo"))

    assert len(talk.conversation.timers) == 1


def test_asking_twice_keeps_one_reminder() -> None:
    talk = a_talk()
    talk.picks("remind")
    talk.picks("other")
    talk.picks("remind")

    assert len(talk.conversation.timers) == 1


def test_a_new_zone_moves_the_reminder_to_the_same_time_on_the_wall() -> None:
    talk = a_talk()
    talk.picks("remind")

    talk.moves_to("America/New_York")

    assert talk.conversation.timers[0].due == datetime(2026, 3, 4, 22, 10, tzinfo=UTC)


def test_a_nudge_in_the_outbox_is_asked_about_again_before_it_is_sent() -> None:
    talk = a_talk()
    talk.picks("remind")
    talk.waits(timedelta(hours=7))
    mark = next(effect.nudge for effect in talk.effects if isinstance(effect, Send))
    assert mark is not None
    assert still_wanted(talk.library, talk.conversation, mark)

    talk.picks("sent")

    assert not still_wanted(talk.library, talk.conversation, mark)


@pytest.mark.parametrize("reading", [Reading(command="stop"), Reading(safety="self"), Reading("other")])
def test_a_nudge_in_the_outbox_is_not_sent_once_the_person_has_written(reading: Reading) -> None:
    talk = a_talk()
    talk.picks("remind")
    talk.waits(timedelta(hours=7))
    mark = next(effect.nudge for effect in talk.effects if isinstance(effect, Send))
    assert mark is not None

    talk.says("...", reading)

    assert not still_wanted(talk.library, talk.conversation, mark)


def test_a_nudge_says_until_when_it_is_worth_sending() -> None:
    talk = a_talk()
    talk.picks("remind")
    talk.waits(timedelta(hours=7))

    assert {effect.expires for effect in talk.sends} == {START + timedelta(hours=24)}


def test_open_dialogs_and_their_texts_are_dropped_after_a_week_without_a_word() -> None:
    talk = a_talk()

    talk.waits(timedelta(days=7))

    assert talk.conversation.stack == ()
    assert talk.conversation.snapshots == ()
    assert "Dear all" not in repr(talk.conversation)


def test_everything_is_forgotten_when_the_time_is_over() -> None:
    talk = a_talk()

    talk.waits(timedelta(days=89))
    assert Forget() not in talk.effects
    talk.waits(timedelta(days=1))

    assert talk.effects == (Forget(),)


def test_a_dialog_may_go_on_by_itself_after_a_silence() -> None:
    silent = dialog(
        "silent",
        state(
            "start",
            asks("silent", "colour", "red"),
            {"red": "end"},
            if_silent=IfSilent(timedelta(hours=2), "later"),
        ),
        state("later", says=["silent.later"]),
        slots=[Slot("colour", OneOf(("red",)))],
        starts_on=("silent",),
    )
    talk = Talk(library(silent))
    talk.says("silent", Reading("silent"))

    assert talk.waits(timedelta(hours=1)) == []
    assert talk.waits(timedelta(hours=1)) == ["silent.later"]


def test_a_tick_after_an_upgrade_works_out_when_reminders_are_due() -> None:
    talk = a_talk()
    talk.picks("remind")
    misplanned = talk.conversation.timers[0]._replace(due=START + timedelta(days=9))
    talk.conversation = talk.conversation._replace(timers=(misplanned,), planned_with="an older library")

    talk.happens(Tick(START))

    assert talk.conversation.timers[0].due == START + timedelta(hours=7)
    assert talk.conversation.planned_with == talk.library.version


def test_the_question_of_a_nudge_that_came_after_six_idle_days_is_not_dropped_the_next_day() -> None:
    late = Nudge(
        "late", "draft", Message("draft.late"), after=Delay(plain=timedelta(days=6)), consent="remind", state="nudged"
    )
    talk = a_talk(late, NUDGED)
    talk.picks("remind")
    talk.waits(timedelta(days=6))

    talk.waits(timedelta(days=2))

    assert talk.waiting is not None


def test_two_moments_that_were_promised_on_no_condition_both_come() -> None:
    promise = Nudge("send_by", "draft", Message("draft.send_by"), at="remind_at", ignores=frozenset({"quiet hours"}))
    talk = Talk(library(drafting(promise), slots=[SEND_BY, SENT_AT, COMPANY], skills=[PLAN, SENT]))
    talk.says("draft", Reading("draft"))
    talk.picks("remind")
    talk.picks("other")
    talk.conversation = talk.conversation._replace(
        stack=(talk.conversation.stack[0]._replace(slots={"remind_at": START + timedelta(hours=9)}),)
    )

    talk.picks("remind")

    assert talk.waits(timedelta(days=1)).count("draft.send_by") == len(["the first", "the second"])
