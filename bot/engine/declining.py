"""Declining: a text by which no reminder is wanted, said alone or among other things."""

from __future__ import annotations

from bot.engine.asking_again import refused
from bot.engine.commands import NO_REMINDERS, end_reminders
from bot.engine.conversation import Waiting
from bot.engine.flow import ask_again
from bot.engine.run import Run, Running


def declined(run: Run) -> bool:
    """End all that is armed where the text wants that; whether the text says nothing else.

    Where a reminder is offered, two words may be a no to this one alone; more of them are a no to it as well.
    """
    reading, frame = run.reading, run.top
    if NO_REMINDERS not in (reading.command, *reading.slots):
        return False
    waiting = None if frame is None else frame.waiting
    offered = frame is not None and waiting is not None and _offers_one(frame, waiting)
    if offered and run.heard and reading.command == NO_REMINDERS:
        return False
    end_reminders(run)
    if reading.command != NO_REMINDERS and (run.heard or reading.intent != NO_REMINDERS):
        return False
    if frame is not None and waiting is not None and not (offered and refused(run, frame, waiting)):
        ask_again(run, frame)
    return True


def _offers_one(frame: Running, waiting: Waiting) -> bool:
    return any(nudge.consent in waiting.choices for nudge in frame.dialog.nudges.values())
