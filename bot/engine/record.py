"""The record: a conversation as plain JSON, and back, also from an older version.

It leaves out what has its default, so that a quiet conversation is a few hundred bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import compress
from typing import Any

from bot.engine.conversation import NONE, Application, Conversation, Frame, Profile, Timer, Waiting, in_order
from bot.engine.json_text import decode, encode
from bot.engine.values import load_moment, load_values

SCHEMA = 1
"""Version of the JSON form; older ones are brought up by ``UPGRADES``."""


class BadConversationError(ValueError):
    """A stored conversation that cannot be read: damaged, or written by a newer version."""


def dump(conversation: Conversation) -> str:
    """Return the conversation as compact JSON."""
    plain: dict[str, Any] = {"schema": SCHEMA}
    # Whatever is not empty, picked without a step of Python for each field.
    plain.update(compress(zip(_FIELDS, conversation, strict=True), conversation))
    plain["profile"] = _dump_profile(conversation.profile)
    if "applications" in plain:
        plain["applications"] = list(map(_dump_application, plain["applications"]))
    if "stack" in plain:
        plain["stack"] = list(map(_dump_frame, plain["stack"]))
    if "timers" in plain:
        plain["timers"] = list(map(_dump_timer, plain["timers"]))
    _write_moments(plain, conversation)
    return encode(plain)


def load(text: str) -> Conversation:
    """Read back what ``dump`` wrote, also by an older version.

    Raises:
        BadConversationError: the text is no conversation, or a newer version wrote it.
    """
    try:
        plain = decode(text)
        if plain["schema"] == SCHEMA:
            del plain["schema"]
        else:
            plain = upgraded(plain)
        for name, read in _READ:
            if name in plain:
                plain[name] = read(plain[name])
        for name, read in _READ_EACH:
            if name in plain:
                plain[name] = tuple(map(read, plain[name]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadConversationError(f"a stored conversation cannot be read ({type(error).__name__})") from None
    whole = _USUAL | plain
    if len(whole) > len(_USUAL):
        raise BadConversationError("a stored conversation has a field that is not known")
    return in_order(Conversation, whole.values())


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
    """Return a stack and its application as JSON, which is read only if somebody takes a step back.

    One is written on nearly every turn, so the tuples go in as they stand, without the names of their fields.
    """
    return encode((stack, application))


def load_snapshot(text: str) -> tuple[tuple[Frame, ...], Application | None]:
    """Read back what ``dump_snapshot`` wrote."""
    stack, application = decode(text)
    frames = tuple([_load_frame(_named(Frame, frame)) for frame in stack])
    return frames, None if application is None else _load_application(_named(Application, application))


def _named(kind: type[Frame | Waiting | Application], values: list[Any]) -> dict[str, Any]:
    """Put the names of the fields back; a field that was added since is left to its default."""
    return dict(zip(kind._fields, values, strict=False))


# ------------------------------------------------------------------------------------------- each part


def _write_moments(plain: dict[str, Any], conversation: Conversation) -> None:
    now, message, until = conversation.last_now, conversation.last_message, conversation.keep_until
    if now is not None:
        plain["last_now"] = now.isoformat()
    if message is not None:
        # Mostly the very same moment; writing one costs as much as writing a whole frame.
        plain["last_message"] = plain["last_now"] if message is now else message.isoformat()
    if until is not None:
        plain["keep_until"] = until.isoformat()


def _dump_frame(frame: Frame) -> dict[str, Any]:
    dialog, state, kind, structure, slots, waiting, made, skipped, application = frame
    plain: dict[str, Any] = {"dialog": dialog, "state": state}
    if kind != "main":
        plain["kind"] = kind
    if structure:
        plain["structure"] = structure
    if slots:
        plain["slots"] = slots
    if waiting is not None:
        plain["waiting"] = _dump_waiting(waiting)
    if made:
        plain["made"] = made
    if skipped:
        plain["skipped"] = skipped
    if application is not None:
        plain["application"] = application
    return plain


def _load_frame(plain: Mapping[str, Any]) -> Frame:
    known = plain.get
    return in_order(
        Frame,
        (
            plain["dialog"],
            plain["state"],
            known("kind", "main"),
            known("structure", ""),
            load_values(known("slots", NONE)),
            _load_waiting(known("waiting")),
            known("made", NONE),
            tuple(known("skipped", ())),
            known("application"),
        ),
    )


def _dump_waiting(waiting: Waiting) -> dict[str, Any]:
    number, slot, key, choices, misses, silent_at = waiting
    plain: dict[str, Any] = {"number": number, "slot": slot, "key": key}
    if choices:
        plain["choices"] = choices
    if misses:
        plain["misses"] = misses
    if silent_at is not None:
        plain["silent_at"] = silent_at
    return plain


def _load_waiting(plain: Any) -> Waiting | None:
    """Read a question from its named values, or from those of a snapshot, which have no names."""
    if plain is None:
        return None
    if isinstance(plain, list):
        plain = _named(Waiting, plain)
    silent_at = plain.get("silent_at")
    return in_order(
        Waiting,
        (
            plain["number"],
            plain["slot"],
            plain["key"],
            tuple(plain.get("choices", ())),
            plain.get("misses", 0),
            None if silent_at is None else load_moment(silent_at),
        ),
    )


def _dump_application(application: Application) -> dict[str, Any]:
    number, slots, saved, closed = application
    plain: dict[str, Any] = {"number": number}
    if slots:
        plain["slots"] = slots
    if saved:
        plain["saved"] = saved
    if closed:
        plain["closed"] = True
    return plain


def _load_application(plain: Mapping[str, Any]) -> Application:
    return in_order(
        Application,
        (
            plain["number"],
            load_values(plain.get("slots", NONE)),
            load_values(plain.get("saved", NONE)),
            plain.get("closed", False),
        ),
    )


def _dump_timer(timer: Timer) -> dict[str, Any]:
    return {
        "nudge": timer.nudge,
        "wall": timer.wall.isoformat(),
        "due": timer.due.isoformat(),
        "until": None if timer.until is None else timer.until.isoformat(),
        "application": timer.application,
        "values": timer.values,
        "since": None if timer.since is None else timer.since.isoformat(),
    }


def _load_timer(plain: dict[str, Any]) -> Timer:
    return Timer(
        nudge=plain["nudge"],
        wall=datetime.fromisoformat(plain["wall"]),
        due=datetime.fromisoformat(plain["due"]),
        until=None if plain["until"] is None else datetime.fromisoformat(plain["until"]),
        application=plain["application"],
        values=load_values(plain["values"]),
        since=None if (since := plain.get("since")) is None else datetime.fromisoformat(since),
    )


def _dump_profile(profile: Profile) -> dict[str, str]:
    name, timezone, language, country = profile
    return {"name": name, "timezone": timezone, "language": language, "country": country}


def _load_profile(plain: Mapping[str, str]) -> Profile:
    return in_order(Profile, (plain["name"], plain["timezone"], plain["language"], plain["country"]))


_FIELDS = Conversation._fields

_USUAL = Conversation()._asdict()
"""The fields in order, with what each of them is when it is left out."""

_READ: tuple[tuple[str, Callable[[Any], Any]], ...] = (
    ("profile", _load_profile),
    ("slots", load_values),
    ("snapshots", tuple),
    ("fired", tuple),
    ("missed", tuple),
    ("last_now", datetime.fromisoformat),
    ("last_message", datetime.fromisoformat),
    ("keep_until", datetime.fromisoformat),
)
"""How the fields come back that are not JSON as they stand."""

_READ_EACH: tuple[tuple[str, Callable[[Any], Any]], ...] = (
    ("applications", _load_application),
    ("stack", _load_frame),
    ("timers", _load_timer),
    ("spoken", load_moment),
)
"""How each item of a field comes back."""
