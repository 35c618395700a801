"""Asking again: the ladder that a text climbs which means nothing at the question that waits."""

from __future__ import annotations

from bot.engine.conversation import Waiting
from bot.engine.flow import ask_again, skip_question
from bot.engine.nudging import LIVE_TALK
from bot.engine.run import Run, Running


def missed(run: Run, frame: Running, waiting: Waiting) -> None:
    """Put it another way; name the choices; leave it open."""
    misses = 1 if _after_a_pause(run) else waiting.misses + 1
    if misses > 2:
        run.repair("left_open")
        skip_question(run, frame)
        return
    frame.waiting = waiting._replace(misses=misses)
    run.repair("rephrase" if misses == 1 else "buttons")
    ask_again(run, frame)


def _after_a_pause(run: Run) -> bool:
    """Whether the talk had ended: who comes back later has not been misunderstood yet."""
    last = run.before.last_message
    return last is not None and run.now - last > LIVE_TALK
