"""Commands: what works at every question and is never written into a dialog."""

from __future__ import annotations

from bot.engine.flow import ask_again, show, skip_question, stop_nudges
from bot.engine.run import Run
from bot.engine.undo import go_back, remember

NO_REMINDERS = "no_reminders"
"""The command, the intent and the shared turn slot of a text by which no reminder is wanted."""


def obey(run: Run, command: str) -> None:
    """Carry out a command by its name."""
    COMMANDS[command](run)


def stop(run: Run) -> None:
    """Stop everything at once: no timer, no waiting nudge, no open dialog; one sentence confirms it."""
    stop_nudges(run)
    run.stack, run.snapshots = [], ()
    run.start("stop", "main")


def end_reminders(run: Run) -> None:
    """No reminder is left, and that is said; what is open stays open."""
    stop_nudges(run)
    run.turn_slots[NO_REMINDERS] = True
    run.repair("reminders_off")


def _no_reminders(run: Run) -> None:
    end_reminders(run)
    if run.top is not None and run.top.waiting is not None:
        ask_again(run, run.top)


def _undo(run: Run) -> None:
    if not go_back(run):
        run.repair("nothing_to_undo")
    else:
        run.repair("undone")
    _ask(run)


def _skip(run: Run) -> None:
    frame = run.top
    if frame is None or frame.waiting is None:
        _ask(run)
        return
    remember(run)
    run.repair("skipped")
    skip_question(run, frame)


def _repeat(run: Run) -> None:
    if run.top is not None and run.top.waiting is not None:
        run.repair("again")
        show(run, run.top.now_in)
    _ask(run)


def _help(run: Run) -> None:
    if run.top is not None and run.top.dialog.name == "help":
        _ask(run)
    else:
        run.start("help", "digression" if run.stack else "main")


def _cancel(run: Run) -> None:
    """Leave the thread on top, with the dialogs it runs; what waited below is asked again."""
    while run.stack and run.stack[-1].kind == "run":
        run.stack.pop()
    if run.stack:
        run.stack.pop()
    run.snapshots = ()
    run.repair("cancelled")
    if run.stack:
        _ask(run)


def _start_over(run: Run) -> None:
    """Begin anew: nothing is open, and the next news is about a new application."""
    run.stack, run.snapshots = [], ()
    run.current = None
    run.repair("started_over")
    run.start("welcome", "main", state="again" if "again" in run.library.dialogs["welcome"].states else "start")


def _noted(run: Run) -> None:
    """The person only says that they have read it; what waits is still there."""
    run.repair("noted")
    if run.top is not None and run.top.waiting is not None:
        ask_again(run, run.top)


def _goodbye(run: Run) -> None:
    """The person leaves for now; what waits is asked again when they come back."""
    run.repair("goodbye")


def _ask(run: Run) -> None:
    """Come back to what waits, or begin at the welcome."""
    if run.top is not None and run.top.waiting is not None:
        ask_again(run, run.top)
    elif not run.stack:
        run.start("welcome", "main")


COMMANDS = {
    "stop": stop,
    NO_REMINDERS: _no_reminders,
    "undo": _undo,
    "skip": _skip,
    "repeat": _repeat,
    "help": _help,
    "cancel": _cancel,
    "start_over": _start_over,
    "noted": _noted,
    "goodbye": _goodbye,
}
