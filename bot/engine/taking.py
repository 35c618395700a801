"""Taking: what a text says in passing, and what it takes back of what was said before."""

from __future__ import annotations

from bot.engine.model import Scope
from bot.engine.run import Run

FINER = {"news_channel": "news_detail"}
"""Shared slots that say more exactly what another says: with the one that is taken back they are no longer known."""

EVERYWHERE: tuple[Scope, ...] = ("turn", "dialog", "application", "person")
TURN_ALONE: tuple[Scope, ...] = ("turn",)
"""What is known of a text that is taken whole: nothing that lasts."""


def absorb(run: Run, scopes: tuple[Scope, ...] = EVERYWHERE) -> set[str]:
    """Keep what the text said in passing of slots that were unknown; return their names."""
    taken: set[str] = set()
    for name, value in run.reading.slots.items():
        slot = run.library.slots.get(name)
        if slot is not None and slot.scope in scopes and run.get(name) is None:
            run.put(name, value)
            if slot.scope != "turn":
                taken.add(name)
            run.fresh.add(name)
    return taken


def take_back(run: Run) -> set[str]:
    """Set what the text corrects; return the names of what really changed."""
    changed: set[str] = set()
    for name, value in run.reading.corrects.items():
        if run.slot(name) is not None and run.get(name) != value:
            run.put(name, value)
            changed.add(name)
    for name in FINER.keys() & changed:
        if FINER[name] not in run.reading.corrects and run.get(FINER[name]) is not None:
            run.put(FINER[name], None)
            changed.add(FINER[name])
    return changed
