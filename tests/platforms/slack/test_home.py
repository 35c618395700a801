"""The home page: what it is about, when the coach writes first, what is kept, and who helps."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.cleaning import clean
from bot.engine.commands import COMMANDS
from bot.engine.conversation import Conversation
from bot.platforms.slack.home import home_view
from bot.runtime.coach import Coach
from tests.hostile.texts import HostileText, faults_in, hostile_texts
from tests.platforms.slack.people import NEW, NOW, waiting, working
from tests.shipped import coach
from tests.standins.slack_checks import faults_of_view
from tests.standins.slack_screen import button_of, labels_of, words_of


def home(conversation: Conversation, by: Coach | None = None) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = home_view(conversation, by or coach(), NOW)["blocks"]
    return blocks


@pytest.mark.parametrize("conversation", [NEW, working(), waiting()], ids=["new", "working", "waiting"])
def test_slack_takes_the_page_of_everybody(conversation: Conversation) -> None:
    assert faults_of_view(home_view(conversation, coach(), NOW)) == []


@pytest.mark.parametrize("hostile", hostile_texts(), ids=lambda hostile: hostile.id)
def test_nothing_in_a_text_breaks_out_of_the_page(hostile: HostileText) -> None:
    text = clean(hostile.text)

    view = home_view(working(text[:80], text[:80], text), coach(), NOW)

    assert faults_in(hostile, [view]) == []
    assert faults_of_view(view) == []


@given(st.text(max_size=80), st.text(max_size=2_000))
def test_slack_takes_the_page_whatever_is_known(company: str, draft: str) -> None:
    assert faults_of_view(home_view(working(company, company, draft), coach(), NOW)) == []


def test_somebody_who_never_wrote_learns_what_it_is_and_how_to_begin() -> None:
    shown = home(NEW)

    assert "three small steps" in words_of(shown)
    assert labels_of(shown)[:3] == ["They turned me down", "Check my draft", "They ring me soon"]


def test_it_says_where_the_answers_appear() -> None:
    assert "answered under Messages" in words_of(home(NEW))
    assert "answered under Messages" in words_of(home(working()))


def test_the_current_application_stands_first_in_soft_words() -> None:
    shown = words_of(home(working())).lower()

    assert shown.startswith("where you are\nthis is about acme, analyst. nothing is sent yet.")
    assert not any(word in shown for word in ("reject", "fail", "unsuccessful"))


def test_the_note_being_worked_on_is_there_to_copy_edit_or_tick_off() -> None:
    shown = home(working())

    assert "Thank you for your time." in words_of(shown)
    assert {"Edit and check it", "I sent it"} <= set(labels_of(shown))


def test_what_was_sent_and_what_was_kept_is_told() -> None:
    shown = words_of(home(waiting()))

    assert "You wrote to Acme yesterday at 10:10." in shown
    assert "One to prepare: more detail in the project example." in shown


def test_writing_the_note_is_offered_until_there_is_one() -> None:
    begun = working()._replace(stack=())

    assert "Write the note" in labels_of(home(begun))
    assert "Write the note" not in labels_of(home(working()))
    assert "No answer yet" in labels_of(home(waiting()))


def test_reminders_are_listed_with_their_local_moments() -> None:
    assert "A reminder to send your note: today at 17:10." in words_of(home(working()))


def test_reminders_of_a_dialog_without_words_for_them_are_listed_too() -> None:
    conversation = working()
    strange = conversation.timers[0]._replace(nudge="own_dialog.own_nudge")

    shown = words_of(home(conversation._replace(timers=(strange,))))

    assert "A reminder that you asked for: today at 17:10." in shown


def test_it_says_when_none_is_set_and_when_they_are_paused() -> None:
    assert "None is set." in words_of(home(waiting()))
    assert "Reminders are paused." in words_of(home(working()._replace(nudges_paused=True)))


def test_quiet_hours_are_named_with_the_zone_once_it_is_known() -> None:
    own = working()._replace(slots={"quiet_from": "20:00", "quiet_to": "09:30"})

    assert "Your time zone is Europe/London. I never write between 20:00 and 09:30" in words_of(home(own))
    assert "between 21:00 and 08:00, and not" in words_of(home(NEW))


def test_privacy_and_a_person_to_talk_to_are_always_there() -> None:
    shown = home(NEW)

    assert "until 90 days after your last message" in words_of(shown)
    assert "careers@example.org" in words_of(shown)
    assert {"Show what you keep", "Delete it all", "Privacy page", "Book a talk"} <= set(labels_of(shown))


def test_a_link_that_the_operator_does_not_have_is_no_button() -> None:
    catalog = coach().catalog
    bare = {name: value for name, value in catalog.operator.items() if name != "booking_link"}

    shown = home(NEW, replace(coach(), catalog=replace(catalog, operator=bare)))

    assert "Book a talk" not in labels_of(shown)


def test_a_dialog_that_the_operator_switched_off_has_no_button() -> None:
    library = coach().library
    starts = {intent: dialog for intent, dialog in library.starts.items() if intent not in ("practise", "check_draft")}

    shown = labels_of(home(working(), replace(coach(), library=replace(library, starts=starts))))

    assert not {"Take a first step", "Edit and check it"} & set(shown)


@pytest.mark.parametrize("conversation", [NEW, working(), waiting()], ids=["new", "working", "waiting"])
def test_every_button_does_something_that_the_coach_can_do(conversation: Conversation) -> None:
    shown = home(conversation)

    pressed = [button_of(shown, label) for label in labels_of(shown)]

    assert all(one and ("url" in one or one["value"] in {*coach().library.starts, *COMMANDS}) for one in pressed)
