"""What a practised answer holds, read on phrasings of our own."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.coach.answers import PARTS, AnswerReading, read_answer
from bot.coach.craft import Craft
from tests.coach.shipped_rules import shipped_rules

RULES = Craft(shipped_rules()).answers
PHRASINGS = Path(__file__).parent / "phrasings" / "answers.jsonl"
ITEMS: list[dict[str, Any]] = [json.loads(line) for line in PHRASINGS.read_text("utf-8").splitlines()]
WHOLE = str(ITEMS[0]["text"])


def read(text: str) -> AnswerReading:
    return read_answer(text, RULES)


def says(text: str) -> str:
    return " ".join(note.says for note in read(text).notes)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: str(item["text"])[:40] or "empty")
def test_the_four_parts_the_own_part_and_a_number_are_read(item: dict[str, Any]) -> None:
    reading = read(item["text"])

    found = [name for name in PARTS if name in reading.found]
    assert (found, reading.own, "number" in reading.found) == (item["parts"], item["own"], item["number"])


def test_each_part_points_to_its_words() -> None:
    found = read(WHOLE).found

    words = {name: WHOLE[start:end] for name, (start, end) in found.items()}
    assert (words["action"], words["task"], words["number"]) == ("I wrote", "My job was", "two")


@pytest.mark.parametrize("change", [str.upper, str.lower, lambda text: "Hello! " + text, lambda text: text + "\n\n"])
def test_case_and_greetings_change_nothing(change: Any) -> None:
    assert read(change(WHOLE)).found.keys() == read(WHOLE).found.keys()


def test_another_verb_in_the_past_is_an_action_too() -> None:
    assert all(
        "action" in read(f"I {verb} the rota.").found for verb in ("recalibrated", "quickly rewrote", "then led")
    )


def test_a_plan_a_wish_or_a_state_is_no_action() -> None:
    assert not any(
        "action" in read(f"I {words}.").found for words in ("will call", "wanted more", "was late", "need it")
    )


@pytest.mark.parametrize(("count", "length"), [(10, "short"), (120, "good"), (400, "long")])
def test_the_length_is_that_of_something_said_aloud(count: int, length: str) -> None:
    assert read("word " * count).length == length


def test_what_is_there_is_said_before_what_is_not() -> None:
    notes = read("I called the owner.").notes

    assert [note.there for note in notes] == sorted((note.there for note in notes), reverse=True)
    assert notes[0].about == "action"


def test_we_instead_of_i_is_counted_and_explained() -> None:
    assert '"we" more often (3) than "I" (0)' in says("We called them. We listened. We changed it.")


def test_without_any_action_nothing_is_said_of_i_and_we() -> None:
    assert '"we"' not in says("Blue skies.")


def test_no_note_labels_the_person() -> None:
    notes = shipped_rules()["answers"]["notes"]

    told = " ".join(text for kind in notes.values() for text in kind.values()).lower()
    assert not any(label in told for label in ("you are", "you're", "you lack", "weak", "poor", "bad", "fail", "wrong"))
