"""Undo: up to three steps back inside what is running.

A snapshot holds the stack and the current application's slots. Timers, what was stopped, forgotten or sent, and the
person's own settings are never turned back.
"""

from __future__ import annotations

from bot.engine.record import dump_snapshot, load_snapshot
from bot.engine.run import Run, running

MOST_SNAPSHOTS = 3


def remember(run: Run) -> None:
    """Keep how things stood before this event's answer."""
    snapshot = dump_snapshot(run.before.stack, run.before.application(run.application_number))
    run.snapshots = (*run.snapshots[1 - MOST_SNAPSHOTS :], snapshot)


def go_back(run: Run) -> bool:
    """Take up the newest snapshot; ``False`` if there is none or its dialogs are gone."""
    if not run.snapshots:
        return False
    *earlier, snapshot = run.snapshots
    run.snapshots = tuple(earlier)
    frames, application = load_snapshot(snapshot)
    if any(frame.state not in _states(run, frame.dialog) for frame in frames):
        return False
    run.stack = [running(run.library, frame) for frame in frames]
    if application is not None:
        run.keep(application)
    return True


def _states(run: Run, dialog: str) -> frozenset[str]:
    found = run.library.dialogs.get(dialog)
    return frozenset() if found is None else frozenset(found.states)
