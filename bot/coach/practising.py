"""Practising: the skills of the dialogs before the next interview."""

from __future__ import annotations

from collections.abc import Mapping

from bot.coach.answer_card import parts_of
from bot.coach.answers import read_answer
from bot.coach.craft import Craft
from bot.coach.drafting import wording
from bot.coach.skill_plan import SkillPlan, known_only, text_of
from bot.engine.model import Facts
from bot.engine.values import Values

MOST_QUESTIONS = 99
"""How far questions are counted before the count begins anew."""


def _pick_question(known: Values, facts: Facts, craft: Craft) -> Values:
    asked = known.get("question_number", 0)
    assert isinstance(asked, int), "a number slot holds a whole number"
    question = craft.practice.question(text_of(known, "area"), asked)
    return {"question": question, "question_number": asked % MOST_QUESTIONS + 1}


def _read_answer(known: Values, facts: Facts, craft: Craft) -> Values:
    text = text_of(known, "answer")
    if not text:
        return {}
    reading = read_answer(text, craft.answers, text_of(known, "question"))
    before, now = text_of(known, "parts_before").split(), parts_of(reading)
    return known_only(
        answer_card=craft.answer_cards.card(text_of(known, "question"), text, reading),
        to_try=craft.answer_cards.to_try(reading),
        progress=craft.answer_cards.compared(before, now) if "parts_before" in known else "",
        parts_before=" ".join(now) or "none",
    )


def _write_checklist(known: Values, facts: Facts, craft: Craft) -> Values:
    way = text_of(known, "how")
    return known_only(checklist=craft.practice.checklist(way, text_of(known, "area")) if way else "")


def _write_mock_kit(known: Values, facts: Facts, craft: Craft) -> Values:
    whom = text_of(known, "whom") or "friend"
    words = wording(known, facts.name, craft.letters.capitals)
    return known_only(
        kit=craft.practice.kit(text_of(known, "area")),
        invitation=craft.practice.invitation(whom, words),
    )


def _write_research_sheet(known: Values, facts: Facts, craft: Craft) -> Values:
    return {"sheet": craft.practice.sheet(wording(known, facts.name, craft.letters.capitals))}


def _write_refresher(known: Values, facts: Facts, craft: Craft) -> Values:
    words = {slot: text_of(known, slot) for slot in ("if_then", "first_act", "worry", "response")}
    return {"refresher": craft.practice.refresh(words, text_of(known, "area"))}


PRACTISING: Mapping[str, SkillPlan] = {
    "pick_question": SkillPlan(("area", "question_number"), ("question", "question_number"), _pick_question),
    "read_answer": SkillPlan(
        ("question", "answer", "parts_before"), ("answer_card", "to_try", "progress", "parts_before"), _read_answer
    ),
    "write_checklist": SkillPlan(("how", "area"), ("checklist",), _write_checklist),
    "write_mock_kit": SkillPlan(("area", "whom", "consultant", "first_name"), ("kit", "invitation"), _write_mock_kit),
    "write_research_sheet": SkillPlan(("company", "role"), ("sheet",), _write_research_sheet),
    "write_refresher": SkillPlan(
        ("if_then", "first_act", "worry", "response", "area"), ("refresher",), _write_refresher
    ),
}
