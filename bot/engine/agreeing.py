"""Agreeing: a yes to a reminder with a wish behind it of when it may come, which are both heard."""

from __future__ import annotations

from bot.engine.conversation import Waiting
from bot.engine.model import Question
from bot.engine.run import Run, Running
from bot.engine.undo import remember

SETTING = "setting"
"""The shared turn slot in which a library may have what is to change of when the coach writes."""

SETTINGS = "settings"
"""The intent of such a wish; some dialog may start on it."""


def agreed_with_a_wish(run: Run, frame: Running, question: Question, waiting: Waiting) -> bool:
    """Take the wish first; then the moment is worked out anew, and the yes is a yes to that one."""
    wish, dialog = run.reading.slots.get(SETTING), run.library.starts.get(SETTINGS)
    if wish is None or dialog is None:
        return False
    heard = (code for key, code in run.reading.heard if key == question.message.key)
    code = next(heard, run.reading.agrees)
    offered = [nudge for nudge in frame.dialog.nudges.values() if nudge.consent == code and code in waiting.choices]
    if not offered:
        return False
    remember(run)
    frame.waiting = None
    run.heard = {(question.message.key, code)}
    made_in = next((frame.made[nudge.at] for nudge in offered if nudge.at in frame.made), None)
    if made_in is not None:
        frame.move_to(made_in)
    run.start(dialog, "digression")
    run.put(SETTING, wish)
    return True
