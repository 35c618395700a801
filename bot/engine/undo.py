"""Undo: up to three steps back inside what is running.

A snapshot holds the stack and the current application's slots. Timers, what was stopped, forgotten or sent, and the
person's own settings are never turned back.
"""

from __future__ import annotations

from bot.engine.mending import goes_on
from bot.engine.record import dump_snapshot, load_snapshot
from bot.engine.run import Run, running

MOST_SNAPSHOTS = 3


def remember(run: Run) -> None:
    """Keep how things stood before this event's answer."""
    snapshot = dump_snapshot(run.before.stack, run.before.application(run.application_number))
    run.snapshots = (*run.snapshots[1 - MOST_SNAPSHOTS :], snapshot)


def go_back(run: Run) -> bool:
    """Take up the newest snapshot; ``False`` if there is none or its dialogs have changed since."""
    if not run.snapshots:
        return False
    *earlier, snapshot = run.snapshots
    run.snapshots = tuple(earlier)
    frames, application = load_snapshot(snapshot)
    if not all(goes_on(run.library, frame) for frame in frames):
        return False
    run.stack = [running(run.library, frame) for frame in frames]
    if application is not None:
        run.keep(application)
    return True
