"""Show ids, states, timers, the outbox, and why a nudge did not fire, as JSON; nothing that a person wrote."""

from __future__ import annotations

import json
from argparse import Namespace
from typing import Any

from bot.commands.arguments import Parser, add_database, add_person, address
from bot.commands.database import with_storage
from bot.engine.conversation import Application, Conversation, Frame, Timer
from bot.engine.record import load
from bot.errors import AfterwordError
from bot.runtime.ports import DeadLetter, Kept, Letter


def add_arguments(parser: Parser) -> None:
    """What `afterword inspect` takes."""
    add_person(parser)
    add_database(parser)


def run(arguments: Namespace) -> int:
    """Inspect them; 1 when nothing is kept about them."""
    person = address(arguments.person)
    kept = with_storage(arguments, lambda storage: storage.kept(person))
    if kept is None:
        raise AfterwordError(f"nothing is kept about {person.person}.")
    print(json.dumps(_inspected(kept), indent=2, default=str))
    return 0


def _inspected(kept: Kept) -> dict[str, Any]:
    return {
        "person": kept.address.person,
        "version": kept.version,
        "updated_at": kept.updated_at,
        "next_due": kept.next_due,
        "claimed_until": kept.claimed_until,
        "planned_with": kept.planned_with,
        **_conversation(load(kept.body)),
        "outbox": [_letter(letter) for letter in kept.letters],
        "dead_letters": [_dead_letter(letter) for letter in kept.dead_letters],
    }


def _conversation(conversation: Conversation) -> dict[str, Any]:
    """Names of slots are the author's; their values are the person's and stay out."""
    return {
        "timezone": conversation.profile.timezone,
        "language": conversation.profile.language,
        "last_message": conversation.last_message,
        "keep_until": conversation.keep_until,
        "known": sorted(conversation.slots),
        "applications": [_application(one) for one in conversation.applications],
        "current_application": conversation.current,
        "stack": [_frame(frame) for frame in conversation.stack],
        "timers": [_timer(timer) for timer in conversation.timers],
        "nudges_paused": conversation.nudges_paused,
        "fired": conversation.fired,
        "missed": conversation.missed,
        "questions_asked": conversation.asked,
        "said": conversation.counts,
    }


def _application(application: Application) -> dict[str, Any]:
    return {
        "number": application.number,
        "closed": application.closed,
        "known": sorted(application.slots),
        "saved": sorted(application.saved),
    }


def _frame(frame: Frame) -> dict[str, Any]:
    waiting = frame.waiting
    return {
        "dialog": frame.dialog,
        "state": frame.state,
        "kind": frame.kind,
        "known": sorted(frame.slots),
        "waits_for": None if waiting is None else waiting.slot,
        "question": None if waiting is None else waiting.number,
        "misses": 0 if waiting is None else waiting.misses,
    }


def _timer(timer: Timer) -> dict[str, Any]:
    return {
        "nudge": timer.nudge,
        "promised": timer.wall,
        "due": timer.due,
        "until": timer.until,
        "application": timer.application,
    }


def _letter(letter: Letter) -> dict[str, Any]:
    return {
        "id": letter.id,
        "lane": "urgent" if letter.urgent else "chat",
        "nudge": letter.nudge,
        "due_at": letter.due_at,
        "expires_at": letter.expires_at,
        "tries": letter.tries,
        "begun": letter.begun,
    }


def _dead_letter(letter: DeadLetter) -> dict[str, Any]:
    return {"id": letter.id, "at": letter.at, "reason": letter.reason}
