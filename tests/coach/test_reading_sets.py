"""The labelled openings and commands, scored as the scorer does, with floors a little under what is reached."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.coach.reading_lines import read_line
from tests.coach.shipped_knowledge import KNOWLEDGE, NOW

SETS = Path(__file__).parent / "sets"
NAMING = ("bad_news", "draft_request", "ambiguous", "out_of_scope")
COACHING = ("bad_news", "draft_request", "got_feedback", "disagree_feedback", "choose_areas")

Answered = list[tuple[dict[str, Any], dict[str, Any]]]


def answered(kind: str) -> Answered:
    """Labels and answers of one set."""
    items = [json.loads(line) for line in (SETS / f"{kind}s.jsonl").read_text("utf-8").splitlines()]
    return [(item["labels"], read_line(kind, item, moment(item), "GB", KNOWLEDGE)) for item in items]


def moment(item: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(item["now"]).replace(tzinfo=ZoneInfo("Europe/London")) if "now" in item else NOW


OPENINGS, COMMANDS = answered("opening"), answered("command")


def share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


def test_intents() -> None:
    assert share([found["intent"] in labels["accept_intents"] for labels, found in OPENINGS]) >= 0.96


def test_every_crisis_is_heard_and_no_near_miss_raises_the_full_answer() -> None:
    crisis = [found["crisis"] for labels, found in OPENINGS if labels["crisis"] == "crisis"]
    harmless = [found["crisis"] for labels, found in OPENINGS if labels["crisis"] == "none"]

    assert (all(crisis), any(harmless)) == (True, False)


def test_borderline_texts_get_the_soft_question() -> None:
    assert all(found["safety"] == "soft" for labels, found in OPENINGS if labels["crisis"] == "borderline")


def test_other_topics_are_hardly_taken_for_coaching() -> None:
    taken = [found["intent"] in COACHING for labels, found in OPENINGS if labels["intent"] == "out_of_scope"]

    assert not any(taken)


def test_channels() -> None:
    news = [(labels, found) for labels, found in OPENINGS if labels["intent"] == "bad_news"]

    assert share([found["channel"] in labels["channel_accept"] for labels, found in news]) >= 0.95


@pytest.mark.parametrize(("slot", "floor"), [("company", 0.96), ("role", 0.95), ("when_phrase", 0.96)])
def test_names_and_moments_are_exact(slot: str, floor: float) -> None:
    hits = wrong = missed = 0
    for labels, found in OPENINGS:
        if labels["intent"] in NAMING:
            accepted = labels.get(f"{slot}_accept") or [labels[slot]]
            hit = found[slot] is not None and found[slot] in accepted
            hits += hit
            wrong += found[slot] is not None and not hit
            missed += labels[slot] is not None and not hit

    assert 2 * hits / (2 * hits + wrong + missed) >= floor


def test_actions() -> None:
    assert share([found["action"] == labels["action"] for labels, found in COMMANDS]) >= 0.98


def test_no_stop_is_missed_and_no_look_alike_is_taken() -> None:
    stops = [found["action"] == "stop" for labels, found in COMMANDS if labels["action"] == "stop"]
    taken = [found["action"] != "none" for labels, found in COMMANDS if labels["action"] == "none"]

    assert (all(stops), any(taken)) == (True, False)


def test_dates_times_parts_and_rhythms() -> None:
    for labels, found in COMMANDS:
        if labels["date"]:
            assert found["date"] in labels["date_accept"]
        if labels["date_range"]:
            assert labels["date_range"][0] <= found["date"] <= labels["date_range"][1]
        for name in ("time", "part", "recurrence"):
            assert labels[name] is None or found[name] == labels[name]
