"""Structure: a fingerprint of what a dialog does, which rewording, comments and another order of states leave alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import Field, fields, is_dataclass
from datetime import time, timedelta
from typing import Any

from bot.engine.model import Dialog, Do, Skill, Slot

_NO_STRUCTURE = {
    "Message": {"needs"},
    "Question": {"choices", "heard", "at_least", "codes", "has_hidden"},
    "State": {"line", "ahead"},
    "Dialog": {"about", "structure", "renamed"},
}
"""Fields that follow from the wording, from where something stands in its file, or that change how a text is heard."""


def structure_of(dialog: Dialog, skills: Mapping[str, Skill]) -> str:
    """Return a fingerprint of the dialog's states, slots, nudges and starts.

    Behind a slash follow the contracts of its skills, those apart that never changed: whoever waits in a dialog whose
    skill now means something else can tell.
    """
    used = sorted({state.body.skill for state in dialog.states.values() if isinstance(state.body, Do)})
    changed = [f"{name}={skills[name].contract}" for name in used if skills[name].contract > 1]
    return "/".join([_fingerprint(_plain(dialog)), *changed])


def version_of(dialogs: Iterable[Dialog], slots: Iterable[Slot], skills: Iterable[Skill]) -> str:
    """Return a fingerprint of a whole library: its dialogs, shared slots and the contracts of its skills."""
    contracts = {skill.name: [skill.contract, skill.reads, skill.gives] for skill in skills}
    return _fingerprint(
        [
            {dialog.name: dialog.structure for dialog in dialogs},
            {slot.name: _plain(slot) for slot in slots},
            contracts,
        ]
    )


def _told(value: Any) -> Iterable[Field[Any]]:
    """The fields of a dataclass but for those that are worked out from the others."""
    return (one for one in fields(value) if one.init)


def _fingerprint(plain: Any) -> str:
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:12]


def _plain(value: Any) -> Any:
    """JSON that is the same in every process: sets are sorted, and every dataclass says what it is."""
    if is_dataclass(value):
        kind = type(value).__name__
        left_out = _NO_STRUCTURE.get(kind, set())
        return [kind, {one.name: _plain(getattr(value, one.name)) for one in _told(value) if one.name not in left_out}]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, timedelta):
        return value.total_seconds()
    return value.isoformat() if isinstance(value, time) else value
