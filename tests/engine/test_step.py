"""One event, one step: how a talk goes on, what is asked again, and what comes before what."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.engine.conditions import Clause, Condition
from bot.engine.effects import DropNudges, Send
from bot.engine.events import Arrived, ChoicePicked, CommandGiven, FormSubmitted, Reading
from bot.engine.flow import TrippedError
from bot.engine.model import Ask, Branch, Do, End, Message, OneOf, Question, Run, Show, Skill, Slot, Text, YesNo
from tests.engine.building import START, Talk, asks, dialog, fills, library, state

COLOUR = Slot("colour", OneOf(("red", "blue")))
COMPANY = Slot("company", Text(80), "application")
ROLE = Slot("role", Text(80), "application")
CHANNEL = Slot("channel", OneOf(("email", "phone")), "application")
NOTE = Slot("note", Text(2000))


def paint(**rest: object):
    """A dialog that asks one question with two choices, then a text."""
    return dialog(
        "paint",
        state("start", asks("paint", "colour", "red", "blue"), {"red": "why", "blue": "bye"}),
        state("why", asks("paint", "note"), "bye"),
        state("bye", says=["paint.bye"]),
        slots=[COLOUR, NOTE],
        starts_on=("paint",),
        **rest,  # type: ignore[arg-type]
    )


PAINT = Reading(intent="paint")


def test_a_message_starts_the_dialog_of_its_intent() -> None:
    talk = Talk(library(paint()))

    assert talk.says("let us paint", PAINT) == ["paint.colour"]
    assert talk.sends[0].choices == ("red", "blue")


def test_a_message_that_nobody_understands_starts_the_welcome() -> None:
    assert Talk(library(paint())).says("qwerty") == ["welcome.hello"]


def test_a_picked_choice_leads_where_its_answer_leads() -> None:
    talk = Talk(library(paint()))
    talk.says("paint", PAINT)

    assert talk.picks("blue") == ["paint.bye"]
    assert talk.conversation.stack == ()


def test_a_choice_may_be_meant_in_words() -> None:
    talk = Talk(library(paint()))
    talk.says("paint", PAINT)

    assert talk.means("red") == ["paint.note"]


def test_a_text_answers_a_question_for_a_text() -> None:
    talk = Talk(library(paint()))
    talk.says("paint", PAINT)
    talk.picks("red")

    assert talk.says("because") == ["paint.bye"]


def test_the_same_event_from_the_same_conversation_gives_the_same_turn() -> None:
    one, other = Talk(library(paint())), Talk(library(paint()))

    one.says("paint", PAINT), other.says("paint", PAINT)

    assert (one.conversation, one.effects) == (other.conversation, other.effects)


# ---------------------------------------------------------------------------------------------- the ladder


def test_what_is_not_understood_is_put_another_way_then_named_then_left_open() -> None:
    talk = Talk(library(paint()))
    talk.says("paint", PAINT)

    assert talk.says("hm") == ["repairs.rephrase", "paint.colour"]
    assert talk.says("hm") == ["repairs.buttons", "paint.colour"]
    assert talk.says("hm") == ["repairs.left_open"]
    assert talk.conversation.stack == ()


def test_a_question_asked_again_keeps_its_number_so_that_its_old_buttons_work() -> None:
    talk = Talk(library(paint()))
    talk.says("paint", PAINT)
    first = talk.sends[0].question
    talk.says("hm")

    assert first is not None
    assert talk.happens(ChoicePicked(first, "blue")) == ["paint.bye"]


def test_the_button_of_an_older_question_is_answered_kindly_and_does_nothing() -> None:
    talk = Talk(library(paint()))
    talk.says("paint", PAINT)
    talk.picks("red")

    assert talk.happens(ChoicePicked(1, "blue")) == ["repairs.old_choice", "paint.note"]


def test_a_forged_choice_does_nothing() -> None:
    talk = Talk(library(paint()))
    talk.says("paint", PAINT)

    assert talk.happens(ChoicePicked(1, "green")) == ["repairs.old_choice", "paint.colour"]


# ------------------------------------------------------------------------------------------- what comes first


def test_a_crisis_word_comes_before_a_visible_choice_and_the_question_waits_below() -> None:
    talk = Talk(library(paint()))
    talk.says("paint", PAINT)

    said = talk.means("blue", safety="self")

    assert said == ["crisis.what_now"]
    assert talk.sends[0].urgent
    assert talk.picks("figure") == ["repairs.back", "paint.colour"]


def test_crisis_words_that_come_again_are_answered_again_but_low_words_are_not() -> None:
    talk = Talk(library(paint()))
    talk.says("...", Reading(safety="self"))

    assert talk.says("...", Reading(safety="other")) == ["crisis.what_now"]
    assert len(talk.conversation.stack) == 1
    number = talk.waiting.number
    assert talk.says("...", Reading(safety="soft")) == ["crisis.what_now"]
    assert talk.waiting.number == number + 1


def test_stop_comes_before_a_visible_choice_and_ends_everything() -> None:
    talk = Talk(library(paint()))
    talk.says("paint", PAINT)

    assert talk.means("blue", command="stop") == ["stop.done"]
    assert talk.conversation.stack == ()
    assert DropNudges() in talk.effects


def test_a_visible_choice_comes_before_a_command() -> None:
    talk = Talk(library(paint()))
    talk.says("paint", PAINT)

    assert talk.means("blue", command="skip") == ["paint.bye"]


def test_a_long_text_is_taken_whole_whatever_else_it_may_mean() -> None:
    talk = Talk(library(paint(), slots=[COMPANY]))
    talk.says("paint", PAINT)
    talk.picks("red")

    said = talk.says(
        "no, it was Apex", Reading("help", sure=True, corrects={"company": "Apex"}, slots={"company": "Acme"})
    )

    assert said == ["help.text", "repairs.back", "paint.note"]
    long = "no, it was Apex " * 3
    assert talk.says(long, Reading("help", sure=True, corrects={"company": "Apex"}, slots={"company": "Acme"})) == [
        "paint.bye"
    ]
    assert talk.conversation.applications == ()


def test_a_digression_comes_back_to_the_question() -> None:
    talk = Talk(library(paint()))
    talk.says("paint", PAINT)

    assert talk.says("what can you do", Reading("help")) == ["help.text", "repairs.back", "paint.colour"]
    assert talk.picks("blue") == ["paint.bye"]


def test_a_sure_digression_leaves_a_question_for_a_short_text_but_an_unsure_one_answers_it() -> None:
    short = dialog(
        "ask_name",
        state("start", asks("ask_name", "who"), "bye"),
        state("bye", says=["ask_name.bye"]),
        slots=[Slot("who", Text(80))],
        starts_on=("name",),
    )
    talk = Talk(library(short))
    talk.says("name", Reading("name"))

    assert talk.says("what can you do", Reading("help", sure=True)) == ["help.text", "repairs.back", "ask_name.who"]
    assert talk.says("helpful sam", Reading("help")) == ["ask_name.bye"]


# ------------------------------------------------------------------------------------- nothing asked that was said


def filling():
    return dialog(
        "news",
        state("start", fills("news", "company", "channel"), "bye"),
        state("bye", says=["news.bye"]),
        starts_on=("news",),
        opens=True,
    )


def test_what_was_said_in_passing_is_not_asked() -> None:
    talk = Talk(library(filling(), slots=[COMPANY, CHANNEL]))

    assert talk.says("acme", Reading("news", slots={"company": "Acme"})) == ["news.channel"]
    assert talk.says("by mail", Reading(slots={"channel": "email"})) == ["news.bye"]


def test_all_said_at_once_asks_nothing() -> None:
    talk = Talk(library(filling(), slots=[COMPANY, CHANNEL]))

    said = talk.says("acme mailed", Reading("news", slots={"company": "Acme", "channel": "email"}))

    assert said == ["news.bye"]
    assert talk.conversation.applications[0].slots == {"company": "Acme", "channel": "email"}


def test_a_skipped_question_is_not_asked_again() -> None:
    talk = Talk(library(filling(), slots=[COMPANY, CHANNEL]))
    talk.says("news", Reading("news"))

    assert talk.says("skip", Reading(command="skip")) == ["repairs.skipped", "news.channel"]
    assert talk.says("skip", Reading(command="skip")) == ["repairs.skipped", "news.bye"]


def test_words_that_answer_the_next_question_answer_both() -> None:
    change = asks("edit", "change", "warmer", "formal")
    edit = dialog(
        "edit",
        state(
            "start",
            asks("edit", "next", "sent", "alter"),
            {"sent": "end", "alter": "alter"},
            ahead={"alter": change.question},
        ),
        state("alter", change, {"warmer": "warm", "formal": "start"}),
        state("warm", says=["edit.warm"]),
        slots=[Slot("next", OneOf(("sent", "alter"))), Slot("change", OneOf(("warmer", "formal")))],
        starts_on=("edit",),
    )
    talk = Talk(library(edit))
    talk.says("edit", Reading("edit"))

    assert talk.means("warmer", key="edit.change") == ["edit.warm"]


def test_another_company_begins_another_application_and_the_same_one_does_not() -> None:
    talk = Talk(library(filling(), slots=[COMPANY, CHANNEL]))
    both = {"company": "Acme", "channel": "email"}
    talk.says("acme", Reading("news", slots=both))
    talk.says("acme again", Reading("news", slots={"company": "ACME"}))

    talk.says("apex", Reading("news", slots={"company": "Apex", "channel": "phone"}))

    assert [one.slots for one in talk.conversation.applications] == [both, {"company": "Apex", "channel": "phone"}]
    assert talk.conversation.current == 2


def test_at_most_twenty_applications_are_kept() -> None:
    talk = Talk(library(filling(), slots=[COMPANY, CHANNEL]))
    for number in range(25):
        talk.says("no", Reading("news", slots={"company": f"Company {number}", "channel": "email"}))

    assert len(talk.conversation.applications) == 20
    assert talk.conversation.applications[0].slots["company"] == "Company 5"


# ------------------------------------------------------------------------------------------------ correction


def writing():
    draft = Slot("draft", Text(2000))
    return dialog(
        "draft",
        state("start", Do("write"), "offer"),
        state(
            "offer", asks("draft", "next", "sent"), {"sent": "end"}, shows=[Show("draft", Message("draft.show_draft"))]
        ),
        slots=[draft, Slot("next", OneOf(("sent",)))],
        starts_on=("draft",),
    )


WRITE = Skill(
    "write", ("company", "role"), ("draft",), lambda values, facts: {"draft": f"Dear {values.get('company', 'all')}"}
)


def test_a_correction_does_again_what_rested_on_it() -> None:
    talk = Talk(library(writing(), slots=[COMPANY, ROLE], skills=[WRITE]))
    talk.says("draft", Reading("draft", slots={"company": "Acme"}))

    said = talk.says("no, apex", Reading(corrects={"company": "Apex"}))

    assert said == ["repairs.corrected", "draft.show_draft", "draft.next"]
    assert talk.sends[1].block == "Dear Apex"


def test_something_new_said_in_passing_is_taken_in_too() -> None:
    talk = Talk(library(writing(), slots=[COMPANY, ROLE], skills=[WRITE]))
    talk.says("draft", Reading("draft"))

    talk.says("it was acme", Reading(slots={"company": "Acme"}))

    assert talk.sends[1].block == "Dear Acme"


def test_a_correction_of_what_nothing_rests_on_asks_again() -> None:
    talk = Talk(library(paint(), slots=[COMPANY]))
    talk.says("paint", PAINT)

    assert talk.says("at apex", Reading(corrects={"company": "Apex"})) == ["repairs.corrected", "paint.colour"]


def test_a_text_that_the_person_changed_is_not_written_over() -> None:
    editing = dialog(
        "draft",
        state("start", Do("write"), "own"),
        state("own", asks("draft", "draft", words="own"), "offer"),
        state(
            "offer", asks("draft", "next", "sent"), {"sent": "end"}, shows=[Show("draft", Message("draft.show_draft"))]
        ),
        slots=[Slot("draft", Text(2000)), Slot("next", OneOf(("sent",)))],
        starts_on=("draft",),
    )
    talk = Talk(library(editing, slots=[COMPANY, ROLE], skills=[WRITE]))
    talk.says("draft", Reading("draft"))
    talk.says("my own words")

    talk.says("no, apex", Reading(corrects={"company": "Apex"}))

    assert talk.conversation.stack[-1].slots["draft"] == "my own words"


# --------------------------------------------------------------------------------------- running other dialogs


def nested(*ends: str):
    outer = dialog(
        "outer",
        state("start", Run("inner", ("given",), ("result",)), {"good": "well", "else": "other"}),
        state("well", says=["outer.well"]),
        state("other", says=["outer.other"]),
        slots=[Slot("given", Text(80), starts_as="x"), Slot("result", Text(80))],
        starts_on=("outer",),
    )
    inner = dialog(
        "inner",
        state("start", asks("inner", "result"), End(*ends)),
        slots=[Slot("given", Text(80)), Slot("result", Text(80))],
    )
    return outer, inner


def test_a_dialog_that_runs_gets_values_and_hands_them_back() -> None:
    talk = Talk(library(*nested("good")))
    talk.says("outer", Reading("outer"))
    inner_slots = talk.conversation.stack[-1].slots

    said = talk.says("done")

    assert inner_slots == {"given": "x"}
    assert said == ["outer.well"]


def test_an_end_that_the_caller_does_not_name_takes_the_rest() -> None:
    talk = Talk(library(*nested("badly")))
    talk.says("outer", Reading("outer"))

    assert talk.says("done") == ["outer.other"]


def test_a_branch_takes_the_first_way_that_holds() -> None:
    red = Condition((Clause("colour", "is", "red"),))
    branching = dialog(
        "b",
        state("start", asks("b", "colour", "red", "blue"), Branch(((red, "warm"), (Condition(), "cold")))),
        state("warm", says=["b.warm"]),
        state("cold", says=["b.cold"]),
        slots=[COLOUR],
        starts_on=("b",),
    )
    one, other = Talk(library(branching)), Talk(library(branching))
    one.says("b", Reading("b")), other.says("b", Reading("b"))

    assert (one.picks("red"), other.picks("blue")) == (["b.warm"], ["b.cold"])


def test_a_loop_without_a_question_trips_instead_of_talking_for_ever() -> None:
    loop = dialog("loop", state("start", go="other"), state("other", go="start"), starts_on=("loop",))

    with pytest.raises(TrippedError):
        Talk(library(loop)).says("loop", Reading("loop"))


def test_a_choice_whose_label_needs_something_unknown_is_hidden() -> None:
    hiding = dialog(
        "h",
        state("start", asks("h", "colour", "red", "blue", needs={"blue": "company"}), {"red": "end", "blue": "end"}),
        slots=[COLOUR],
        starts_on=("h",),
    )
    talk = Talk(library(hiding, slots=[COMPANY]))
    talk.says("h", Reading("h"))

    assert talk.sends[0].choices == ("red",)


def test_a_turn_slot_is_gone_with_the_turn() -> None:
    call = Slot("call", OneOf(("now", "over")), "turn")
    now = Condition((Clause("call", "is", "now"),))
    phone = dialog(
        "phone",
        state("start", go=Branch(((now, "card"), (Condition(), "later")))),
        state("card", says=["phone.card"]),
        state("later", says=["phone.later"]),
        starts_on=("phone",),
    )
    talk = Talk(library(phone, slots=[call]))

    assert talk.says("on the phone", Reading("phone", slots={"call": "now"})) == ["phone.card"]
    assert talk.says("phone", Reading("phone")) == ["phone.later"]


def test_what_was_saved_outlives_the_dialog() -> None:
    keeping = dialog(
        "keep",
        state("start", asks("keep", "note"), "kept"),
        state("kept", says=["keep.kept"], saves=("note",)),
        slots=[NOTE],
        starts_on=("keep",),
        opens=True,
    )
    talk = Talk(library(keeping))
    talk.says("keep", Reading("keep"))
    talk.says("more detail")

    assert talk.conversation.applications[0].saved == {"note": "more detail"}
    assert talk.conversation.stack == ()


# -------------------------------------------------------------------------------------------------- commands


def test_undo_goes_back_one_answer_at_a_time_up_to_three() -> None:
    letters = [Slot(name, Text(80)) for name in "abcde"]
    row = dialog(
        "row",
        *[
            state("start" if n == 0 else name, asks("row", name), "bye" if name == "e" else "bcde"[n])
            for n, name in enumerate("abcde")
        ],
        state("bye", says=["row.bye"]),
        slots=letters,
        starts_on=("row",),
    )
    talk = Talk(library(row))
    talk.says("row", Reading("row"))
    for word in ("one", "two", "three", "four"):
        talk.says(word)
    undo = Reading(command="undo")

    assert talk.says("undo", undo) == ["repairs.undone", "row.d"]
    assert talk.says("undo", undo) == ["repairs.undone", "row.c"]
    assert talk.says("undo", undo) == ["repairs.undone", "row.b"]
    assert talk.conversation.stack[-1].slots == {"a": "one"}
    assert talk.says("undo", undo) == ["repairs.nothing_to_undo", "row.b"]


def test_undo_gives_an_application_slot_back_its_old_value() -> None:
    talk = Talk(library(filling(), slots=[COMPANY, CHANNEL]))
    talk.says("news", Reading("news"))
    talk.says("acme")

    talk.says("undo", Reading(command="undo"))

    assert talk.conversation.applications[0].slots == {}


def test_repeat_says_the_question_again() -> None:
    talk = Talk(library(writing(), slots=[COMPANY, ROLE], skills=[WRITE]))
    talk.says("draft", Reading("draft"))

    assert talk.says("repeat", Reading(command="repeat")) == ["repairs.again", "draft.show_draft", "draft.next"]


def test_cancel_leaves_the_thread_on_top_and_asks_what_waited_below() -> None:
    outer, inner = nested("good")
    talk = Talk(library(paint(), outer, inner))
    talk.says("paint", PAINT)
    talk.says("outer", Reading("outer", sure=True))

    assert talk.says("cancel", Reading(command="cancel")) == ["repairs.cancelled", "paint.colour"]
    assert talk.says("cancel", Reading(command="cancel")) == ["repairs.cancelled"]


def test_start_over_forgets_the_thread_and_the_next_news_is_new() -> None:
    talk = Talk(library(filling(), slots=[COMPANY, CHANNEL]))
    talk.says("acme", Reading("news", slots={"company": "Acme"}))

    assert talk.says("start over", Reading(command="start_over")) == ["repairs.started_over", "welcome.hello"]
    talk.says("news", Reading("news"))
    assert talk.conversation.current == 2


def test_an_ok_is_no_answer_that_missed() -> None:
    talk = Talk(library(paint()))
    talk.says("paint", PAINT)

    assert talk.says("ok", Reading(command="noted")) == ["repairs.noted", "paint.colour"]
    assert talk.conversation.stack[-1].waiting.misses == 0  # type: ignore[union-attr]


def test_after_a_goodbye_the_question_is_still_there() -> None:
    talk = Talk(library(paint()))
    talk.says("paint", PAINT)

    assert talk.says("bye", Reading(command="goodbye")) == ["repairs.goodbye"]
    assert talk.happens(Arrived()) == ["repairs.welcome_back", "paint.colour"]


def test_low_words_that_are_the_answer_asked_for_are_that_answer() -> None:
    talk = Talk(library(paint()))
    talk.says("paint", PAINT)

    assert "crisis.what_now" not in talk.says("red", Reading(safety="soft", heard=(("paint.colour", "red"),)))


def test_a_goodbye_in_a_crisis_is_listened_to() -> None:
    talk = Talk(library(paint()))
    talk.says("dark", Reading(safety="self"))

    assert "repairs.goodbye" not in talk.says("bye", Reading(command="goodbye"))


@pytest.mark.parametrize(
    "command", ["undo", "skip", "repeat", "help", "cancel", "start_over", "noted", "goodbye", "no_reminders", "stop"]
)
def test_every_command_is_answered_when_nothing_is_asked(command: str) -> None:
    assert Talk(library()).says(command, Reading(command=command))  # type: ignore[arg-type]


def test_a_menu_entry_starts_its_dialog_above_what_waits() -> None:
    talk = Talk(library(paint()))
    talk.says("paint", PAINT)

    assert talk.happens(CommandGiven("help")) == ["help.text", "repairs.back", "paint.colour"]
    assert talk.happens(CommandGiven("nonsense")) == ["help.text", "repairs.back", "paint.colour"]
    assert talk.happens(CommandGiven("stop")) == ["stop.done"]


def test_a_form_fills_slots_in_any_state() -> None:
    talk = Talk(library(filling(), paint(), slots=[COMPANY, CHANNEL]))
    talk.says("news", Reading("news"))

    assert talk.happens(FormSubmitted("news", 1, {"company": "Acme", "channel": "phone"})) == ["news.bye"]
    assert talk.conversation.applications[0].slots == {"company": "Acme", "channel": "phone"}


# ---------------------------------------------------------------------------------------- arriving, small print


def test_somebody_new_is_welcomed() -> None:
    assert Talk(library()).arrives() == ["welcome.hello"]


def test_who_comes_back_is_offered_to_go_on() -> None:
    talk = Talk(library(paint()))
    talk.says("paint", PAINT)
    talk.waits(timedelta(days=1))

    assert talk.arrives() == ["repairs.welcome_back", "paint.colour"]


def test_the_first_answer_carries_the_small_print_once() -> None:
    talk = Talk(library(paint()))
    talk.conversation = type(talk.conversation)(talk.conversation.profile)

    assert talk.says("paint", PAINT) == ["paint.colour", "repairs.small_print"]
    assert talk.picks("red") == ["paint.note"]


def test_the_small_print_waits_where_a_state_says_so_and_in_a_crisis() -> None:
    card = dialog(
        "card",
        state("start", asks("card", "colour", "red", "blue"), {"red": "end", "blue": "end"}, small_print_later=True),
        slots=[COLOUR],
        starts_on=("card",),
    )
    talk = Talk(library(card))
    talk.conversation = type(talk.conversation)(talk.conversation.profile)

    assert talk.says("card", Reading("card")) == ["card.colour"]
    assert talk.says("...", Reading(safety="self")) == ["crisis.what_now"]
    assert talk.picks("figure") == ["repairs.back", "card.colour", "repairs.small_print"]


# ---------------------------------------------------------------------------------------------- after an edit


def test_a_renamed_state_is_followed() -> None:
    before = library(paint())
    talk = Talk(before)
    talk.says("paint", PAINT)
    talk.picks("red")
    talk.library = library(
        dialog(
            "paint",
            state("start", go="reason"),
            state("reason", asks("paint", "note"), "bye"),
            state("bye", says=["paint.bye"]),
            slots=[NOTE],
            structure="2",
            renamed={"why": "reason"},
        )
    )

    assert talk.says("because") == ["paint.bye"]


def test_a_state_that_is_gone_is_left_with_an_explanation() -> None:
    talk = Talk(library(paint()))
    talk.says("paint", PAINT)
    talk.library = library(dialog("paint", state("start", says=["paint.new"]), structure="2", starts_on=("paint",)))

    assert talk.means("blue") == ["repairs.moved", "welcome.hello"]


def test_a_dialog_that_is_gone_uncovers_what_waited_below() -> None:
    talk = Talk(library(paint(), filling(), slots=[COMPANY, CHANNEL]))
    talk.says("news", Reading("news"))
    talk.says("paint", Reading("paint", sure=True))
    talk.library = library(filling(), slots=[COMPANY, CHANNEL])

    assert talk.says("acme") == ["repairs.moved", "news.channel"]


# ------------------------------------------------------------------------------------------------------ time


def test_time_does_not_run_backwards_but_a_clock_that_leapt_freezes_nobody() -> None:
    talk = Talk(library(paint()))
    talk.says("paint", PAINT)
    talk.now = START - timedelta(hours=1)
    talk.says("hm")
    assert talk.conversation.last_now == START

    talk.now = START - timedelta(days=2)
    talk.says("hm")
    assert talk.conversation.last_now == START - timedelta(days=2)


def test_yes_and_no_lead_on_by_their_words() -> None:
    sure = dialog(
        "sure",
        state("start", asks("sure", "certain", "yes", "no"), {"yes": "well", "no": "end"}),
        state("well", says=["sure.well"]),
        slots=[Slot("certain", YesNo())],
        starts_on=("sure",),
    )
    talk = Talk(library(sure))
    talk.says("sure", Reading("sure"))

    assert talk.picks("yes") == ["sure.well"]


def test_a_message_carries_the_values_that_its_words_may_need() -> None:
    question = Question("note", Message("tell.note", ("company", "role")))
    telling = dialog("tell", state("start", Ask(question), "end"), slots=[NOTE], starts_on=("tell",))
    talk = Talk(library(telling, slots=[COMPANY, ROLE]))

    talk.says("tell", Reading("tell", slots={"company": "Acme"}))

    assert talk.sends == [Send("tell.note", {"company": "Acme"}, question=1)]


def test_what_became_known_in_a_digression_is_not_asked_on_coming_back() -> None:
    telling = dialog("tell", state("start", says=["tell.ok"]), starts_on=("tell",))
    talk = Talk(library(filling(), telling, slots=[COMPANY, CHANNEL]))
    talk.says("news", Reading("news", slots={"company": "Acme"}))

    said = talk.says("by phone, and", Reading("tell", sure=True, slots={"channel": "phone"}))

    assert said == ["tell.ok", "repairs.back", "news.bye"]


def test_whoever_speaks_is_answered_also_where_a_dialog_ends_without_a_word() -> None:
    mute = dialog("mute", state("start"), starts_on=("mute",))

    assert Talk(library(mute)).says("mute", Reading("mute")) == ["repairs.cancelled"]


def test_a_digression_about_another_job_leaves_the_question_below_with_its_own() -> None:
    talk = Talk(library(filling(), paint(), slots=[COMPANY, CHANNEL]))
    talk.says("acme", Reading("news", slots={"company": "Acme", "channel": "email"}))
    talk.says("paint", PAINT)

    talk.says("apex, by phone", Reading("news", sure=True, slots={"company": "Apex"}))

    assert [frame.application for frame in talk.conversation.stack] == [1, 2]


ASKING = dialog(
    "welcome",
    state("start", asks("welcome", "need", "help_me")),
    slots=[Slot("need", Text(80))],
    starts_on=("unclear",),
)


def test_what_answers_the_welcome_leaves_nothing_to_come_back_to() -> None:
    talk = Talk(library(paint(), ASKING))
    talk.arrives()
    talk.says("paint", Reading(intent="paint", sure=True))

    assert talk.picks("blue") == ["paint.bye"]
    assert talk.conversation.stack == ()


def test_who_asks_for_help_at_the_welcome_comes_back_to_it() -> None:
    talk = Talk(library(paint(), ASKING))
    talk.arrives()

    assert talk.says("help me", Reading(intent="help", sure=True)) == ["help.text", "repairs.back", "welcome.need"]


def test_words_that_belong_to_the_dialog_of_a_choice_pick_the_choice() -> None:
    outer = dialog(
        "outer",
        state("start", asks("outer", "way", "write", "wait"), {"write": "writing", "wait": "end"}),
        state("writing", Run("inner"), "bye"),
        state("bye", says=["outer.bye"]),
        slots=[Slot("way", OneOf(("write", "wait")))],
        starts_on=("outer",),
    )
    inner = dialog("inner", state("start", says=["inner.text"]), starts_on=("write_to_them",))
    talk = Talk(library(outer, inner))
    talk.says("outer", Reading("outer", sure=True))

    assert talk.says("I want to write to them", Reading("write_to_them", sure=True)) == ["inner.text", "outer.bye"]


def test_what_only_calls_for_the_open_dialog_is_asked_again_and_is_no_miss() -> None:
    talk = Talk(library(paint()))
    talk.says("paint", PAINT)

    assert talk.says("paint, please", PAINT) == ["paint.colour"]
    assert talk.waiting.misses == 0


def test_a_vague_text_that_adds_something_is_taken_in_before_it_is_called_vague() -> None:
    talk = Talk(library(paint(), slots=[CHANNEL]))
    talk.says("paint", PAINT)

    assert talk.says("by mail", Reading("unclear", slots={"channel": "email"})) == ["repairs.corrected", "paint.colour"]
