"""The example of the design page compiles word for word, and means what its comments say."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from bot.compiler.library import Compiled
from bot.engine.conditions import ALWAYS, Clause, Condition
from bot.engine.model import (
    Ask,
    Branch,
    ByAnswer,
    Choice,
    Delay,
    Dialog,
    Do,
    End,
    Fill,
    Moment,
    OneOf,
    Run,
    Slot,
    Text,
    To,
)
from tests.compiler.example import compile_with


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return compile_with()


@pytest.fixture(scope="module")
def draft(compiled: Compiled) -> Dialog:
    return compiled.library.dialogs["draft"]


def test_slots_keep_their_kind_and_scope(compiled: Compiled, draft: Dialog) -> None:
    assert compiled.library.slots["company"] == Slot("company", Text(80), "application")
    assert compiled.library.slots["remind_at"] == Slot("remind_at", Moment(roughly=True), "application")
    assert draft.slots["tone"] == Slot("tone", OneOf(("warm", "formal")), "dialog", "warm")


def test_a_list_of_ways_ends_with_one_that_always_holds(draft: Dialog) -> None:
    by_recruiter = Condition((Clause("news_channel", "is", "recruiter"),))

    assert draft.states["start"].go == Branch(((by_recruiter, "talk"), (ALWAYS, "details")))


def test_a_map_of_ways_goes_by_the_answer(draft: Dialog) -> None:
    assert draft.states["offer"].go == ByAnswer({"sent": "thanked", "change": "what_change", "remind": "reminder"})


def test_each_thing_that_a_state_may_do_is_told_apart(draft: Dialog) -> None:
    states = draft.states

    assert (states["write"].body, states["write"].go) == (Do("write_draft"), To("offer"))
    assert states["check"].body == Run("check_draft", ("draft",), ("draft",))
    assert (states["talk"].body, states["talk"].go) == (Run("consultant_talk"), End("done"))
    assert [show.message.key for show in states["offer"].shows] == ["draft.show_draft"]


def test_a_question_is_worded_by_its_slot_or_by_the_words_named(draft: Dialog) -> None:
    own, offer = draft.states["own"].body, draft.states["offer"].body

    assert isinstance(own, Ask)
    assert isinstance(offer, Ask)
    assert (own.question.slot, own.question.message.key) == ("draft", "draft.own_draft")
    assert offer.question.message.key == "draft.next_step"


def test_a_shared_slot_is_asked_for_in_shared_words(draft: Dialog) -> None:
    fill = draft.states["details"].body

    assert isinstance(fill, Fill)
    assert [question.message.key for question in fill.questions] == ["slots.news_channel"]


def test_a_code_without_a_label_is_only_heard(draft: Dialog) -> None:
    fill = draft.states["details"].body

    assert isinstance(fill, Fill)
    assert [choice.code for choice in fill.questions[0].choices] == ["recruiter", "phone", "email"]
    assert fill.questions[0].heard == ("other",)


def test_a_message_knows_which_slots_it_may_need(draft: Dialog) -> None:
    offer = draft.states["offer"].body

    assert isinstance(offer, Ask)
    assert offer.question.message.needs == ("send_by",)
    assert offer.question.choices == (Choice("sent"), Choice("change"), Choice("remind", ("remind_at",)))


def test_what_the_operator_says_is_no_slot(compiled: Compiled) -> None:
    says = compiled.library.dialogs["help"].states["start"].says

    assert says[0].needs == ()
    assert compiled.catalog.operator["human_contact"] == "the careers desk"


def test_a_question_one_step_ahead_is_known(draft: Dialog) -> None:
    ahead = draft.states["offer"].ahead

    assert {code: question.message.key for code, question in ahead.items()} == {
        "change": "draft.change",
        "remind": "draft.after_reminder",
    }


def test_a_nudge_has_its_defaults(compiled: Compiled, draft: Dialog) -> None:
    send_by, reply = draft.nudges["send_by"], compiled.library.dialogs["sent"].nudges["reply"]

    assert (send_by.at, send_by.until, send_by.carries, send_by.consent) == (
        "remind_at",
        "send_by",
        ("draft",),
        "remind",
    )
    assert send_by.state is None, "no state has its name, so it only says its message"
    assert send_by.ignores == {"weekends"}
    assert (reply.after, reply.lateness, reply.state) == (Delay(5, at=time(10)), timedelta(days=2), "reply")


def test_an_intent_names_the_dialog_that_it_starts(compiled: Compiled) -> None:
    assert compiled.library.starts["draft_request"] == "draft"


def test_what_the_engine_says_itself_is_there_by_short_name(compiled: Compiled) -> None:
    assert compiled.library.repairs["back"].key == "repairs.back"


def test_a_moment_that_is_worded_roughly_is_marked_for_the_catalog(compiled: Compiled) -> None:
    terms = compiled.catalog.languages["en"].terms

    assert "roughly.remind_at" in terms
    assert "roughly.send_by" not in terms


def test_a_term_keeps_the_blanks_that_were_typed(compiled: Compiled) -> None:
    assert compiled.catalog.languages["en"].terms["list.comma"].pieces == (", ",)


def test_the_line_of_a_state_is_kept_for_the_coverage_of_tests(draft: Dialog) -> None:
    assert draft.states["start"].line == 13
