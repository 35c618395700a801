"""Forms: what they ask for, what is filled in already, and what comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.engine.conversation import Application, Conversation, Frame
from bot.engine.events import FormSubmitted, MessageReceived
from bot.runtime.forms import FieldErrors, Review, form_for, has_form, read_form, review
from bot.runtime.voice import Voice
from tests.shipped import coach

NOW = datetime(2026, 3, 4, 10, 10, tzinfo=UTC)
SAM = Conversation(
    applications=(Application(3, {"company": "Acme", "news_channel": "email"}),),
    current=3,
    stack=(Frame("draft", "offer", slots={"draft": "Thank you."}, application=3),),
)


def voice(conversation: Conversation | None = None) -> Voice:
    return Voice(coach(), NOW, conversation or Conversation())


def test_a_form_asks_for_the_slots_of_the_dialog_that_its_intent_starts() -> None:
    form = form_for("draft_request", voice())

    assert (form.dialog, [field.slot for field in form.fields]) == ("draft", ["company", "role", "news_channel"])


def test_a_field_is_as_long_as_its_slot() -> None:
    company, *_ = form_for("draft_request", voice()).fields
    [draft] = form_for("check_draft", voice()).fields

    assert (company.most, company.long) == (80, False)
    assert (draft.most, draft.long) == (2_000, True)


def test_a_slot_of_few_codes_has_choices_by_code_and_label() -> None:
    field = form_for("draft_request", voice()).fields[-1]

    assert field.choices == (("email", "By e-mail"), ("phone", "By phone"), ("recruiter", "Through a recruiter"))


def test_what_is_known_stands_in_the_fields() -> None:
    values = [field.value for field in form_for("draft_request", voice(SAM)).fields]

    assert values == ["Acme", "", "email"]


def test_the_text_being_worked_on_stands_in_its_field_unless_another_is_brought_along() -> None:
    assert form_for("check_draft", voice(SAM)).fields[0].value == "Thank you."
    assert form_for("check_draft", voice(SAM), "Another\x00 one").fields[0].value == "Another one"


def test_a_text_that_is_longer_than_its_field_is_cut_for_it() -> None:
    assert len(form_for("check_draft", voice(), "a" * 3_000).fields[0].value) == 2_000


def test_a_form_belongs_to_the_current_application() -> None:
    assert form_for("check_draft", voice(SAM)).application == 3


def test_there_is_no_form_for_other_intents_or_for_what_is_switched_off() -> None:
    library = coach().library
    starts = {intent: dialog for intent, dialog in library.starts.items() if intent != "check_draft"}
    without = Voice(replace(coach(), library=replace(library, starts=starts)), NOW)

    assert has_form("check_draft", voice())
    assert not has_form("help", voice())
    assert not has_form("check_draft", without)


def test_what_comes_back_is_cleaned_and_what_is_empty_is_left_out() -> None:
    event = read_form("draft_request", 3, {"company": " Ac\u200bme\x00 ", "role": " "}, voice(SAM))

    assert event == FormSubmitted("draft", 3, {"company": "Acme"})


@pytest.mark.parametrize(
    ("intent", "values", "slot"),
    [
        ("check_draft", {}, "draft"),
        ("check_draft", {"draft": 7}, "draft"),
        ("got_feedback", {"said": "a" * 2_001}, "said"),
        ("draft_request", {"news_channel": "pigeon"}, "news_channel"),
    ],
    ids=["missing", "no text", "too long", "unknown code"],
)
def test_what_has_to_be_put_right_is_said_by_slot(intent: str, values: dict[str, object], slot: str) -> None:
    read = read_form(intent, None, values, voice())

    assert isinstance(read, FieldErrors)
    assert list(read.errors) == [slot]


def test_values_that_no_field_asked_for_are_left_out() -> None:
    assert read_form("draft_request", None, {"company": "Acme", "safety": "self"}, voice()) == FormSubmitted(
        "draft", None, {"company": "Acme"}
    )


def test_a_text_of_somebody_at_risk_is_handed_on_as_if_it_had_been_written_in_the_chat() -> None:
    text = "I don't want to live any more"

    assert read_form("got_feedback", 3, {"said": text}, voice(SAM)) == MessageReceived(text)


def test_a_draft_is_reviewed_on_the_spot() -> None:
    found = review("You made a mistake. Why didn't I get the job?", voice(SAM))

    assert "You may meet them again." in found.findings[0]
    assert "Acme" in found.rewritten


def test_a_good_draft_is_praised_and_left_as_it_is() -> None:
    good = "Hello, thank you for your time. Would you mind telling me what I could improve, and which area most? Sam"

    found = review(good, voice())

    assert (found.findings, found.rewritten) == ((), "")
    assert found.praise.startswith("You thank them")


def test_without_the_skill_there_is_nothing_to_find() -> None:
    bare = replace(coach(), library=replace(coach().library, skills={}))

    assert review("Why?", Voice(bare, NOW)) == Review("", (), "")
