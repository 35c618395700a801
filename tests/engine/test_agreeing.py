"""A yes with a wish behind it is a yes, and the wish counts."""

from __future__ import annotations

from bot.engine.events import Reading
from bot.engine.model import OneOf, Slot
from tests.engine.building import Talk, dialog, library, state
from tests.engine.test_ticking import COMPANY, PLAN, REMINDER, SEND_BY, SENT, SENT_AT, drafting

SETTING = Slot("setting", OneOf(("when",)), "turn")
SETTINGS = dialog("settings", state("start", says=["settings.written"]), starts_on=("settings",))


def a_talk() -> Talk:
    slots = [SEND_BY, SENT_AT, COMPANY, SETTING]
    talk = Talk(library(drafting(REMINDER), SETTINGS, slots=slots, skills=[PLAN, SENT]))
    talk.says("draft", Reading("draft"))
    return talk


def test_the_wish_is_taken_first_and_then_the_yes() -> None:
    talk = a_talk()

    said = talk.says("yes, but not on Sundays", Reading("settings", slots={"setting": "when"}, agrees="remind"))

    assert said == ["settings.written", "draft.later"]
    assert [timer.nudge for timer in talk.conversation.timers] == ["draft.send_by"]


def test_so_it_is_where_the_yes_was_heard_by_itself() -> None:
    talk = a_talk()

    said = talk.says("yes, not before 10", Reading(slots={"setting": "when"}, heard=(("draft.next", "remind"),)))

    assert said == ["settings.written", "draft.later"]


def test_a_yes_without_a_wish_or_to_something_else_is_no_more_than_that() -> None:
    talk = a_talk()

    assert "settings.written" not in talk.says("yes, hm", Reading(agrees="remind"))
    assert "settings.written" not in talk.says(
        "done, not on Sundays", Reading(slots={"setting": "when"}, agrees="sent")
    )
