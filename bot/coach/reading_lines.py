"""What `afterword read opening` and `afterword read command` tell of one text: the labelled sets' codes and more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.coach.knowledge import Knowledge
from bot.coach.opening import Opening
from bot.coach.reader import read_text
from bot.coach.safety import Decision
from bot.coach.setting import Setting
from bot.coach.words import Words
from bot.coach.written import Written

_EMOTIONS = {"low": "sad", "angry": "angry", "up": "hopeful", None: "neutral"}
_NAMING = frozenset({"bad_news", "draft_request", "ambiguous", "got_feedback", "disagree_feedback", "crisis"})

Fields = dict[str, Any]


def read_line(kind: str, item: Mapping[str, Any], now: datetime, country: str, knowledge: Knowledge) -> Fields:
    """Return the fields for one text; ``item`` holds the cleaned ``text``, ``now`` is in the person's zone.

    Raises:
        KeyError: it is another kind than ``opening`` or ``command``.
    """
    return KINDS[kind](item["text"], Setting(now=now, country=country), knowledge)


def opening_fields(text: str, setting: Setting, knowledge: Knowledge) -> Fields:
    """Intent, safety, slots as exact pieces of the text, and what the product makes of them."""
    decision = knowledge.safety.decide(Written.of(text))
    opening = knowledge.openings.read(Words.of(text))
    reading = read_text(text, setting, knowledge)
    full = decision is not None and decision.safety != "soft"
    finer = opening.verdict.intent if reading.command else reading.intent
    intent = "crisis" if full else knowledge.openings.intents.code(finer, opening.verdict.found, reading.command)
    return {
        "intent": intent,
        "finer_intent": finer,
        "sure": reading.sure,
        "crisis": full,
        **_safety(decision),
        **_spans(opening, intent),
        "channel": opening.news.channel,
        "channel_detail": opening.news.detail,
        "stage": opening.news.stage,
        "emotion": "distressed" if full else _EMOTIONS[opening.news.feeling],
        "slots": {name: str(value) for name, value in reading.slots.items()},
        "command": reading.command,
    }


def _safety(decision: Decision | None) -> Fields:
    return {"safety": decision.safety if decision else None, "safety_rule": decision.rule if decision else None}


def _spans(opening: Opening, intent: str) -> Fields:
    """Names only where the text is about news; the moment only where it is the news'."""
    return {
        "company": opening.text(opening.employer) if intent in _NAMING else None,
        "role": opening.text(opening.role) if intent in _NAMING else None,
        "when_phrase": opening.text(opening.news.when) if intent == "bad_news" else None,
    }


def command_fields(text: str, setting: Setting, knowledge: Knowledge) -> Fields:
    """Action and moment."""
    command = knowledge.plain_commands.read(Written.of(text), setting.now)
    when = command.when
    return {
        "action": command.action,
        "date": when.day.isoformat() if when.day else None,
        "time": when.at.strftime("%H:%M") if when.at else None,
        "part": when.part,
        "recurrence": when.recurrence,
    }


KINDS: Mapping[str, Callable[[str, Setting, Knowledge], Fields]] = {
    "opening": opening_fields,
    "command": command_fields,
}
