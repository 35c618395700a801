"""The record: a conversation as plain JSON, and back, also from an older version.

It leaves out what has its default, so that a quiet conversation is a few hundred bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.engine.conversation import Application, Conversation, Frame, Profile, Timer, Waiting
from bot.engine.values import dump_values, load_values

SCHEMA = 1
"""Version of the JSON form; older ones are brought up by ``UPGRADES``."""


class BadConversationError(ValueError):
    """A stored conversation that cannot be read: damaged, or written by a newer version."""


_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def dump(conversation: Conversation) -> str:
    """Return the conversation as compact JSON."""
    plain: dict[str, Any] = {"schema": SCHEMA, "profile": conversation.profile._asdict()}
    if conversation.slots:
        plain["slots"] = dump_values(conversation.slots)
    if conversation.applications:
        plain["applications"] = [dump_application(one) for one in conversation.applications]
    if conversation.current is not None:
        plain["current"] = conversation.current
    if conversation.stack:
        plain["stack"] = [dump_frame(frame) for frame in conversation.stack]
    if conversation.timers:
        plain["timers"] = [_dump_timer(timer) for timer in conversation.timers]
    for name in _PLAIN:
        value = getattr(conversation, name)
        if value:
            plain[name] = value
    for name in _MOMENTS:
        moment = getattr(conversation, name)
        if moment is not None:
            plain[name] = moment.isoformat()
    return _ENCODE(plain)


def load(text: str) -> Conversation:
    """Read back what ``dump`` wrote, also by an older version.

    Raises:
        BadConversationError: the text is no conversation, or a newer version wrote it.
    """
    try:
        plain = upgraded(json.loads(text))
        for name, read in _READ.items():
            if name in plain:
                plain[name] = read(plain[name])
        return Conversation(**plain)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadConversationError(f"a stored conversation cannot be read ({type(error).__name__})") from None


UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""For each older schema version, what brings its JSON up by one."""


def upgraded(
    plain: dict[str, Any],
    schema: int = SCHEMA,
    upgrades: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = UPGRADES,
) -> dict[str, Any]:
    """Return a conversation's JSON without its version, brought up to ``schema`` step by step.

    Raises:
        ValueError: a newer version wrote it.
    """
    version = plain.pop("schema")
    if version > schema:
        raise ValueError(version)
    while version < schema:
        plain = upgrades[version](plain)
        version += 1
    return plain


def dump_snapshot(stack: tuple[Frame, ...], application: Application | None) -> str:
    """Return a stack and its application as JSON, which is read only if somebody takes a step back."""
    plain: dict[str, Any] = {"stack": [dump_frame(frame) for frame in stack]}
    if application is not None:
        plain["application"] = dump_application(application)
    return _ENCODE(plain)


def load_snapshot(text: str) -> tuple[tuple[Frame, ...], Application | None]:
    """Read back what ``dump_snapshot`` wrote."""
    plain = json.loads(text)
    application = plain.get("application")
    frames = tuple(load_frame(frame) for frame in plain["stack"])
    return frames, None if application is None else load_application(application)


# ------------------------------------------------------------------------------------------- each part


def dump_frame(frame: Frame) -> dict[str, Any]:
    plain: dict[str, Any] = {"dialog": frame.dialog, "state": frame.state}
    if frame.kind != "main":
        plain["kind"] = frame.kind
    if frame.structure:
        plain["structure"] = frame.structure
    if frame.slots:
        plain["slots"] = dump_values(frame.slots)
    if frame.waiting is not None:
        plain["waiting"] = _dump_waiting(frame.waiting)
    if frame.made:
        plain["made"] = dict(frame.made)
    if frame.skipped:
        plain["skipped"] = list(frame.skipped)
    if frame.application is not None:
        plain["application"] = frame.application
    return plain


def load_frame(plain: dict[str, Any]) -> Frame:
    waiting = plain.get("waiting")
    return Frame(
        dialog=plain["dialog"],
        state=plain["state"],
        kind=plain.get("kind", "main"),
        structure=plain.get("structure", ""),
        slots=load_values(plain.get("slots", {})),
        waiting=None if waiting is None else _load_waiting(waiting),
        made=plain.get("made", {}),
        skipped=tuple(plain.get("skipped", ())),
        application=plain.get("application"),
    )


def _dump_waiting(waiting: Waiting) -> dict[str, Any]:
    plain: dict[str, Any] = {"number": waiting.number, "slot": waiting.slot, "key": waiting.key}
    if waiting.choices:
        plain["choices"] = list(waiting.choices)
    if waiting.misses:
        plain["misses"] = waiting.misses
    if waiting.silent_at is not None:
        plain["silent_at"] = waiting.silent_at.isoformat()
    return plain


def _load_waiting(plain: dict[str, Any]) -> Waiting:
    return Waiting(
        number=plain["number"],
        slot=plain["slot"],
        key=plain["key"],
        choices=tuple(plain.get("choices", ())),
        misses=plain.get("misses", 0),
        silent_at=_load_moment(plain.get("silent_at")),
    )


def dump_application(application: Application) -> dict[str, Any]:
    plain: dict[str, Any] = {"number": application.number}
    if application.slots:
        plain["slots"] = dump_values(application.slots)
    if application.saved:
        plain["saved"] = dump_values(application.saved)
    if application.closed:
        plain["closed"] = True
    return plain


def load_application(plain: dict[str, Any]) -> Application:
    return Application(
        number=plain["number"],
        slots=load_values(plain.get("slots", {})),
        saved=load_values(plain.get("saved", {})),
        closed=plain.get("closed", False),
    )


def _dump_timer(timer: Timer) -> dict[str, Any]:
    return {
        "nudge": timer.nudge,
        "wall": timer.wall.isoformat(),
        "due": timer.due.isoformat(),
        "until": None if timer.until is None else timer.until.isoformat(),
        "application": timer.application,
        "values": dump_values(timer.values),
    }


def _load_timer(plain: dict[str, Any]) -> Timer:
    return Timer(
        nudge=plain["nudge"],
        wall=datetime.fromisoformat(plain["wall"]),
        due=datetime.fromisoformat(plain["due"]),
        until=_load_moment(plain["until"]),
        application=plain["application"],
        values=load_values(plain["values"]),
    )


def _load_moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _every(one: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    return lambda items: tuple([one(item) for item in items])


_PLAIN = (
    "snapshots",
    "counts",
    "asked",
    "fired",
    "missed",
    "last_nudge",
    "nudges_paused",
    "small_print_shown",
    "planned_with",
)
"""Fields that are JSON as they stand, left out when empty."""

_MOMENTS = ("last_now", "last_message", "keep_until")

_READ: dict[str, Callable[[Any], Any]] = {
    "profile": lambda plain: Profile(**plain),
    "slots": load_values,
    "applications": _every(load_application),
    "stack": _every(load_frame),
    "timers": _every(_load_timer),
    "snapshots": tuple,
    "fired": tuple,
    "missed": tuple,
    "last_now": datetime.fromisoformat,
    "last_message": datetime.fromisoformat,
    "keep_until": datetime.fromisoformat,
}
"""How the fields come back that are not JSON as they stand."""
