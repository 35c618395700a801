"""The answers of ``afterword read draft`` and ``afterword read feedback``."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.coach.craft import Craft
from bot.coach.lines import read_draft_line, read_feedback_line
from tests.coach.scores import micro_f
from tests.coach.shipped_rules import shipped_rules

CRAFT = Craft(shipped_rules())
SETS = Path(__file__).parent / "sets"


def items(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SETS / f"{name}.jsonl").read_text("utf-8").splitlines()]


def test_a_draft_is_answered_with_findings_that_explain_themselves() -> None:
    text = "Thank you. Where did I go wrong? I want to improve."

    answer = read_draft_line({"id": 7, "text": text}, CRAFT)

    [finding] = answer["findings"]
    start, end = finding["span"]
    assert answer["id"] == 7
    assert answer["broken"] == ["what_wrong"]
    assert finding["words"] == text[start:end]
    assert finding["reason"]
    assert finding["gentler"]


def test_feedback_is_answered_with_the_words_its_areas_rest_on() -> None:
    answer = read_feedback_line({"text": "You spoke too quickly and another candidate was chosen."}, CRAFT)

    assert answer["thought"] == ["communication"]
    assert answer["neither"] == ["stronger_candidate"]
    assert answer["mentions"][0]["words"] == "spoke too quickly"
    assert "id" not in answer


@pytest.mark.parametrize("read", [read_draft_line, read_feedback_line])
def test_a_line_without_a_text_is_answered_and_is_json(read: Any) -> None:
    assert json.dumps(read({"id": "x"}, CRAFT))


def test_the_labelled_drafts_are_read_well() -> None:
    answers = [
        (
            frozenset(item["labels"]["broken"]),
            frozenset(read_draft_line(item, CRAFT)["broken"]),
            frozenset(item["labels"]["also_acceptable"]),
        )
        for item in items("drafts")
    ]

    assert micro_f(answers) >= 0.94


def test_the_areas_of_the_labelled_feedback_are_read_well() -> None:
    answers = [
        (
            frozenset(item["labels"]["areas"]),
            frozenset(read_feedback_line(item, CRAFT)["areas"]),
            frozenset(item["labels"]["also_acceptable"]),
        )
        for item in items("feedback")
    ]

    assert micro_f(answers) >= 0.92


def test_whether_labelled_feedback_is_any_is_read_well() -> None:
    answers = [
        (bool(item["labels"]["has_feedback"]), read_feedback_line(item, CRAFT)["has_feedback"])
        for item in items("feedback")
    ]

    assert sum(right == given for right, given in answers) / len(answers) >= 0.95
