"""Finishing: the dialogs of an older library, for a conversation that began with them and was overtaken by an edit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.engine.model import Dialog, Library, Run

ALWAYS_NEWEST = ("crisis", "stop", "privacy", "forget_me")
"""Nobody in need, and nobody who wants to be left alone, gets anything but what is right today."""


def finishing(newest: Library, old: Library) -> Library:
    """The old dialogs, with today's answer to a crisis, a stop and a question about privacy.

    Skills are today's too; so are the timers' plans, by the newest version's name.
    """
    dialogs = _with_their_slots(newest, _reached(newest, ALWAYS_NEWEST))
    starts = {intent: name for intent, name in newest.starts.items() if name in ALWAYS_NEWEST}
    return replace(
        newest,
        dialogs={**old.dialogs, **dialogs},
        slots={**newest.slots, **old.slots},
        skills={**old.skills, **newest.skills},
        starts={**{intent: name for intent, name in old.starts.items() if name not in ALWAYS_NEWEST}, **starts},
        repairs={**old.repairs, **newest.repairs},
        finishes_on=old.version,
    )


def _reached(library: Library, names: Iterable[str]) -> dict[str, Dialog]:
    """The named dialogs that there are, and all that they run."""
    reached: dict[str, Dialog] = {}
    waiting = [name for name in names if name in library.dialogs]
    while waiting:
        dialog = library.dialogs[waiting.pop()]
        if dialog.name not in reached:
            reached[dialog.name] = dialog
            waiting += [one.body.dialog for one in dialog.states.values() if isinstance(one.body, Run)]
    return reached


def _with_their_slots(library: Library, dialogs: dict[str, Dialog]) -> dict[str, Dialog]:
    """The dialogs with the shared slots of their own version, which the old version may have otherwise."""
    return {name: replace(dialog, slots=library.seen[name]) for name, dialog in dialogs.items()}
