"""Ticks: what time alone does to a conversation, and when the next one is wanted."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.engine.conversation import Conversation, Timer
from bot.engine.effects import DropNudges, Forget
from bot.engine.flow import ask_again
from bot.engine.model import END, Message, Nudge
from bot.engine.nudging import fall_silent, promised, reference, replan, take_due
from bot.engine.restraint import counts, spoke, unheard
from bot.engine.run import Run, Running
from bot.engine.schedules import resolve

IDLE = timedelta(days=7)
"""After this long without a word, open dialogs and the texts in them are dropped."""


def next_due(conversation: Conversation) -> datetime | None:
    """The earliest moment (UTC) at which a ``Tick`` would do something, or ``None``."""
    moments: list[datetime] = []
    if conversation.timers and not conversation.nudges_paused:
        moments.append(min(timer.due for timer in conversation.timers))
    idle = _idle_at(conversation.last_message, conversation.last_nudge, conversation.profile.timezone)
    if idle is not None and (conversation.stack or conversation.snapshots):
        moments.append(idle)
    waiting = conversation.stack[-1].waiting if conversation.stack else None
    if waiting is not None and waiting.silent_at is not None:
        moments.append(waiting.silent_at)
    if conversation.keep_until is not None:
        moments.append(conversation.keep_until)
    return min(moments, default=None)


def tick(run: Run) -> None:
    """Do what is due, once: forget, tidy, go on in silence, or let one nudge speak.

    Timers that another library version planned are worked out anew first.
    """
    if run.before.planned_with != run.library.version:
        replan(run)
    if run.keep_until is not None and run.now >= run.keep_until:
        run.effects.append(Forget())
        run.keep_until = None
        return
    idle = _idle_at(run.last_message, run.last_nudge, run.profile.timezone)
    if idle is not None and run.now >= idle:
        run.stack, run.snapshots = [], ()
    _silence(run)
    spoken = take_due(run)
    if spoken is not None:
        _speak(run, *spoken)


def _idle_at(last_message: datetime | None, last_nudge: str, zone_name: str) -> datetime | None:
    """When open dialogs are dropped; a nudge that nobody has answered yet keeps its question as long again."""
    if last_message is None:
        return None
    return max(last_message, resolve(promised(last_nudge), zone_name) if last_nudge else last_message) + IDLE


def _silence(run: Run) -> None:
    frame = run.top
    if frame is None or frame.waiting is None or frame.waiting.silent_at is None or run.now < frame.waiting.silent_at:
        return
    quiet = frame.now_in.if_silent
    run.took(frame, "silence")
    frame.waiting = None
    if quiet is not None and quiet.to != END:
        frame.move_to(quiet.to)
    else:
        run.stack.clear()


def _speak(run: Run, timer: Timer, nudge: Nudge) -> None:
    """Start the nudge's dialog above what waits, or move its own dialog on to it."""
    silent = counts(nudge) and unheard(run)
    if silent:
        fall_silent(run)
        if nudge.last is None:
            return
    _leave_unanswered(run, timer)
    run.effects.append(DropNudges())
    run.nudge = run.last_nudge = reference(timer)
    run.nudge_expires = timer.until if timer.until is not None else timer.due + nudge.lateness
    frame = _own_frame(run, timer, nudge)
    if counts(nudge):
        spoke(run)
    if silent and nudge.last is not None:
        _say_last(run, timer, nudge.last)
        return
    if nudge.state is None:
        _say_alone(run, timer, nudge, frame)
        return
    if frame is None:
        frame = run.start(nudge.dialog, "nudge" if run.stack else "main", timer.values, nudge.state)
        frame.application = timer.application
    else:
        frame.slots.update(timer.values)
        frame.move_to(nudge.state)
        frame.waiting = None


def _leave_unanswered(run: Run, timer: Timer) -> None:
    """Let go of the question that the same nudge asked before and nobody answered."""
    if run.last_nudge.partition("@")[0] != reference(timer).partition("@")[0]:
        return
    asked = next((nth for nth in reversed(range(len(run.stack))) if run.stack[nth].kind != "run"), None)
    if asked is not None and run.stack[asked].dialog.name == timer.nudge.partition(".")[0]:
        del run.stack[asked:]


def _say_last(run: Run, timer: Timer, message: Message) -> None:
    """The last line asks nothing, and nothing is asked again after it."""
    dialog = timer.nudge.partition(".")[0]
    run.start(dialog, "nudge", timer.values).application = timer.application
    run.say(message)
    run.stack.pop()


def _own_frame(run: Run, timer: Timer, nudge: Nudge) -> Running | None:
    """The frame on top, when it is the nudge's own dialog about the same application, waiting."""
    frame = run.top
    if frame is None or frame.dialog.name != nudge.dialog or frame.application != timer.application:
        return None
    return frame


def _say_alone(run: Run, timer: Timer, nudge: Nudge, frame: Running | None) -> None:
    """A nudge without a state: its message, and what waits is asked again."""
    if frame is None:
        frame = run.start(nudge.dialog, "nudge" if run.stack else "main", timer.values)
        frame.application = timer.application
        run.say(nudge.message)
        run.stack.pop()
    else:
        run.say(nudge.message)
    if run.top is not None and run.top.waiting is not None:
        ask_again(run, run.top)
