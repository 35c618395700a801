"""Lines: what ``afterword read`` answers to one line of input that is a draft, feedback or a practised answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.coach.answers import PARTS, read_answer
from bot.coach.craft import Craft
from bot.coach.etiquette import Assessment, check
from bot.coach.feedback import read_feedback
from bot.coach.rewriting import rewrite


def read_draft_line(item: Mapping[str, Any], craft: Craft) -> dict[str, Any]:
    """Return the broken rules of the draft in ``text`` with places, reasons and wordings; an ``id`` passes through."""
    text = str(item.get("text", ""))
    assessment = check(text, craft.etiquette)
    return _same_id(item) | {
        "broken": list(assessment.broken),
        "clean": assessment.clean,
        "advisory": list(assessment.advisories),
        "praise": craft.review.praise_for(assessment),
        "findings": _findings(assessment, text, craft),
        "rewritten": rewrite(text, craft.etiquette, craft.review.rewriting, {}),
    }


def read_feedback_line(item: Mapping[str, Any], craft: Craft) -> dict[str, Any]:
    """Return the areas of the message in ``text`` and the words they rest on; an ``id`` passes through."""
    text = str(item.get("text", ""))
    reading = read_feedback(text, craft.feedback)
    kinds = {area: craft.feedback.areas[area].kind for area in reading.areas}
    return _same_id(item) | {
        "areas": list(reading.areas),
        "easy": [area for area, kind in kinds.items() if kind == "easy"],
        "thought": [area for area, kind in kinds.items() if kind == "thought"],
        "neither": [area for area, kind in kinds.items() if kind == "neither"],
        "has_feedback": reading.has_feedback,
        "invites_feedback": reading.invites,
        "refuses_feedback": reading.refuses,
        "mentions": [
            {"area": mention.area, "span": [mention.start, mention.end], "words": text[mention.start : mention.end]}
            for mention in reading.mentions
        ],
    }


def read_answer_line(item: Mapping[str, Any], craft: Craft) -> dict[str, Any]:
    """Return which parts the practised answer in ``text`` holds, and what that means; an ``id`` passes through."""
    text = str(item.get("text", ""))
    reading = read_answer(text, craft.answers)
    return _same_id(item) | {
        **{name: name in reading.found for name in (*PARTS, "number")},
        "own_part": reading.own,
        "words": reading.words,
        "length": reading.length,
        "mentions": [
            {"part": name, "span": [start, end], "words": text[start:end]}
            for name, (start, end) in reading.found.items()
        ],
        "notes": [{"about": note.about, "there": note.there, "says": note.says} for note in reading.notes],
    }


def _findings(assessment: Assessment, text: str, craft: Craft) -> list[dict[str, Any]]:
    explained = ((finding, craft.review.explain(finding, text)) for finding in assessment.findings)
    return [
        {
            "code": finding.code,
            "span": [finding.start, finding.end],
            "words": text[finding.start : finding.end],
            "reason": explanation.reason,
            "gentler": explanation.gentler,
        }
        for finding, explanation in explained
    ]


def _same_id(item: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": item["id"]} if "id" in item else {}
