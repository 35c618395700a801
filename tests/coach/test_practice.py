"""The question bank by area, and the pages to go by or to hand over."""

import pytest

from bot.coach.craft import Craft
from bot.coach.practice import GENERAL, PracticeArea
from bot.coach.rules import BadRuleError, Rules
from tests.coach.shipped_rules import shipped_rules

CRAFT = Craft(shipped_rules())
PRACTICE = CRAFT.practice


def test_every_area_with_a_first_act_has_questions_too() -> None:
    assert set(CRAFT.plans.steps) <= set(PRACTICE.areas)


def test_questions_take_turns_and_come_round() -> None:
    asked = [PRACTICE.question("motivation", number) for number in range(4)]

    assert len(set(asked[:3])) == 3
    assert asked[3] == asked[0]


def test_an_area_without_questions_of_its_own_gets_general_ones() -> None:
    assert PRACTICE.question("juggling", 0) == PRACTICE.question(GENERAL, 0)


@pytest.mark.parametrize("area", PRACTICE.areas)
def test_a_kit_asks_three_questions_of_the_area_and_says_what_to_watch_for(area: str) -> None:
    page, at = PRACTICE.kit(area), PRACTICE.areas[area]

    assert all(said in page for said in (*at.questions[:3], *at.watch))


@pytest.mark.parametrize("way", ["film", "voice", "write"])
def test_a_checklist_has_one_thing_to_look_for(way: str) -> None:
    assert PRACTICE.areas["communication"].look in PRACTICE.checklist(way, "communication")


def test_a_recording_can_always_be_voice_or_writing_alone() -> None:
    assert "camera" not in PRACTICE.checklist("voice", "") + PRACTICE.checklist("write", "")


def test_an_invitation_is_signed_when_the_name_is_known() -> None:
    assert PRACTICE.invitation("friend", {"first_name": "Sam"}).endswith("Thank you, Sam")
    assert PRACTICE.invitation("friend", {"first_name": ""}).endswith("Thank you")


def test_a_recruiter_is_greeted_by_name() -> None:
    assert PRACTICE.invitation("recruiter", {"consultant": "Priya"}).startswith("Hello Priya,")


def test_a_sheet_names_company_and_role_and_leaves_the_rest_to_fill_in() -> None:
    sheet = PRACTICE.sheet({"company": "Acme", "role": "analyst"})

    assert sheet.startswith("Acme: the analyst job\n")
    assert sheet.count(":\n") >= 6


def test_a_refresher_holds_the_plan_and_what_to_do_in_the_hard_moment() -> None:
    words = {"if_then": "If they ask, then I tell it.", "worry": "I go blank", "response": "I breathe once."}

    page = PRACTICE.refresh(words, "answer_detail")

    assert page.splitlines()[:3] == [
        "My plan: If they ask, then I tell it.",
        "If this happens: I go blank",
        "Then I do this: I breathe once.",
    ]


def test_a_refresher_has_no_line_for_what_is_not_known() -> None:
    assert "plan" not in PRACTICE.refresh({}, "").lower()


@pytest.mark.parametrize(
    ("part", "wrong", "says"),
    [("questions", ["One?", "Two?"], "3 questions or more"), ("watch", ["One thing."], "2 lines")],
)
def test_an_area_with_too_little_in_it_is_refused(part: str, wrong: list[str], says: str) -> None:
    area = {"questions": ["One?", "Two?", "Three?"], "watch": ["This.", "That."], "look": "This.", part: wrong}

    with pytest.raises(BadRuleError, match=says):
        PracticeArea.from_rules(Rules(area))
