"""Who wants no reminders gets none, and what else they say is heard."""

from __future__ import annotations

from datetime import timedelta

from bot.engine.events import Reading
from tests.engine.building import Talk, library
from tests.engine.test_ticking import COMPANY, PLAN, REMINDER, SEND_BY, SENT, SENT_AT, drafting

NONE_AT_ALL = {"no_reminders": True}


def a_talk() -> Talk:
    slots = [SEND_BY, SENT_AT, COMPANY]
    talk = Talk(library(drafting(REMINDER), slots=slots, skills=[PLAN, SENT]))
    talk.says("draft", Reading("draft"))
    return talk


def test_two_words_end_what_is_armed_and_what_waits_is_asked_again() -> None:
    talk = a_talk()
    talk.picks("remind")

    assert talk.says("no reminders", Reading(command="no_reminders")) == ["repairs.reminders_off", "draft.later"]
    assert talk.waits(timedelta(days=3)) == []


def test_two_words_that_are_loosely_another_choice_end_it_all_the_same() -> None:
    talk = a_talk()
    talk.picks("remind")

    talk.says("no reminders", Reading(command="no_reminders", heard=(("draft.later", "other"),)))

    assert talk.conversation.timers == ()


def test_where_a_reminder_is_offered_two_words_are_the_choice_that_they_are_heard_as() -> None:
    talk = a_talk()

    said = talk.says("no reminder", Reading(command="no_reminders", heard=(("draft.next", "sent"),)))

    assert said == ["draft.bye"]


def test_what_else_is_said_is_heard() -> None:
    talk = a_talk()
    talk.picks("remind")

    said = talk.says("no reminders, I sent it", Reading(slots=NONE_AT_ALL, heard=(("draft.later", "sent"),)))

    assert said == ["repairs.reminders_off", "draft.bye"]


def test_a_sentence_is_a_no_to_the_reminder_that_is_offered() -> None:
    talk = a_talk()

    said = talk.says("do not write to me", Reading("no_reminders", slots=NONE_AT_ALL, refuses="sent"))

    assert said == ["repairs.reminders_off", "draft.bye"]


def test_with_nothing_open_it_is_said_and_nothing_is_asked() -> None:
    assert Talk(library()).says("no reminders", Reading(command="no_reminders")) == ["repairs.reminders_off"]
