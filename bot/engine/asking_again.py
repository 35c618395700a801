"""Asking again: the ladder that a text climbs which means nothing at the question that waits."""

from __future__ import annotations

from bot.engine.conversation import Waiting
from bot.engine.flow import ask_again, question_of, skip_question, take_choice
from bot.engine.nudging import LIVE_TALK
from bot.engine.run import Run, Running
from bot.engine.undo import remember


def missed(run: Run, frame: Running, waiting: Waiting) -> None:
    """Put it another way; name the choices; leave it open. A "no" that goes on is at least a no."""
    if refused(run, frame, waiting):
        return
    misses = 1 if _after_a_pause(run) else waiting.misses + 1
    if misses > 2:
        run.repair("left_open")
        skip_question(run, frame)
        return
    frame.waiting = waiting._replace(misses=misses)
    run.repair("rephrase" if misses == 1 else "buttons")
    ask_again(run, frame)


def refused(run: Run, frame: Running, waiting: Waiting) -> bool:
    """Take the choice that stands for a no, where there is one and the text is at least a no."""
    question, code = question_of(frame.now_in, waiting.slot), run.reading.refuses
    if question is None or code not in (*waiting.choices, *question.heard):
        return False
    remember(run)
    take_choice(run, frame, frame.now_in, question, code)
    return True


def _after_a_pause(run: Run) -> bool:
    """Whether the talk had ended: who comes back later has not been misunderstood yet."""
    last = run.before.last_message
    return last is not None and run.now - last > LIVE_TALK
