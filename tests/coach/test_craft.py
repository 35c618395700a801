"""Everything that the skills know in one language."""

import pytest

from bot.coach.craft import Craft
from bot.coach.rules import BadRuleError
from tests.coach.shipped_rules import shipped_rules

FILES = [
    "drafts",
    "calls",
    "consultant",
    "thanks",
    "etiquette",
    "review",
    "feedback",
    "sorting",
    "helplines",
    "answers",
]


@pytest.mark.parametrize("stem", FILES)
def test_a_missing_file_is_named(stem: str) -> None:
    rules = {name: data for name, data in shipped_rules().items() if name != stem}

    with pytest.raises(BadRuleError, match=stem):
        Craft(rules).make_ready()


@pytest.mark.parametrize("stem", FILES)
def test_a_file_that_holds_something_else_is_refused_with_its_path(stem: str) -> None:
    with pytest.raises(BadRuleError) as refused:
        Craft({**shipped_rules(), stem: ["a list"]}).make_ready()

    assert refused.value.path[0] == stem
