"""Rules files: a fault leads to its place."""

import pytest

from bot.coach.phrases import Phrases
from bot.coach.rules import BadRuleError, Rules


def test_a_block_of_lines_is_a_list_of_texts() -> None:
    assert Rules("one\n\n  two\n").texts() == ("one", "two")


def test_a_text_of_words_is_a_set() -> None:
    assert Rules("One two\nthree").words() == {"one", "two", "three"}


def every_phrase(rules: Rules) -> list[Phrases]:
    return [part.phrases() for part in rules.part("signs").parts().values()]


@pytest.mark.parametrize(
    ("data", "path", "message"),
    [
        ({}, (), "has no `signs`"),
        ({"signs": "x"}, ("signs",), "should be a map"),
        ({"signs": {"a": {}}}, ("signs", "a"), "should be a list"),
        ({"signs": {"a": ["ok", "(bad"]}}, ("signs", "a", 1), "has no closing ')'"),
    ],
)
def test_a_fault_names_its_path(data: object, path: tuple[str | int, ...], message: str) -> None:
    with pytest.raises(BadRuleError) as fault:
        every_phrase(Rules(data))

    assert (fault.value.path, fault.value.message) == (path, message)


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(BadRuleError, match="should be a number"):
        Rules("many", ("least",)).number()
