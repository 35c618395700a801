"""The areas that feedback is sorted into."""

import pytest

from bot.coach.areas import Area
from bot.coach.craft import Craft
from bot.coach.rules import BadRuleError, Rules
from tests.coach.shipped_rules import shipped_rules

AREAS = Craft(shipped_rules()).feedback.areas
KINDS = {
    "easy": {"answer_detail", "questions_asked", "presentation_punctuality", "application_materials"},
    "thought": {
        *("role_knowledge", "experience_gap", "communication", "motivation"),
        *("company_research", "culture_fit", "logistics"),
    },
    "neither": {"stronger_candidate", "role_closed"},
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_area_is_easy_needs_thought_or_cannot_be_changed(kind: str) -> None:
    assert {name for name, area in AREAS.items() if area.kind == kind} == KINDS[kind]


def test_a_kind_that_does_not_exist_is_refused_with_its_path() -> None:
    rules = Rules({"kind": "hard", "faults": [], "topics": [], "unless": []}, ("feedback", "areas", "voice"))

    with pytest.raises(BadRuleError) as refused:
        Area.from_rules(rules, {})

    assert refused.value.path == ("feedback", "areas", "voice", "kind")
