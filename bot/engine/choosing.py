"""Choosing: which choice of the waiting question a text is, or means by what it asks for."""

from __future__ import annotations

from datetime import datetime

from bot.engine.conversation import Waiting
from bot.engine.flow import take_choice
from bot.engine.model import END, ByAnswer, Question
from bot.engine.model import Run as RunDialog
from bot.engine.nudging import ASKED_AT, NO_MOMENT
from bot.engine.run import Run, Running
from bot.engine.taking import absorb
from bot.engine.undo import remember


def chosen(run: Run, frame: Running, question: Question, waiting: Waiting) -> bool:
    """Whether the text is a choice of the waiting question, or of one to which a choice leads straight."""
    understood = (*waiting.choices, *question.heard)
    for key, code in run.reading.heard:
        if key == question.message.key and code in understood and not _names_another_moment(run, question, code):
            run.heard.clear()  # a "yes" to this question is no "yes" to the next
            remember(run)
            absorb(run)
            take_choice(run, frame, frame.now_in, question, code)
            return True
    for choice, ahead in frame.now_in.ahead.items():
        if choice in waiting.choices and any(key == ahead.message.key for key, _ in run.heard):
            remember(run)
            take_choice(run, frame, frame.now_in, question, choice)
            return True
    return False


def meant(run: Run, frame: Running, question: Question, waiting: Waiting) -> bool:
    """Whether the text means a choice: the one that leads straight to the dialog of its intent.

    A guess will do: what is on offer here is likelier to be meant than anything else.
    """
    state, dialog = frame.now_in, run.library.starts.get(run.reading.intent)
    if dialog is None or not isinstance(state.go, ByAnswer):
        return False
    for choice in waiting.choices:
        target = frame.dialog.states.get(state.go.ways.get(choice, END))
        if target is not None and isinstance(target.body, RunDialog) and target.body.dialog == dialog:
            remember(run)
            absorb(run)
            take_choice(run, frame, state, question, choice)
            return True
    return False


def _names_another_moment(run: Run, question: Question, code: str) -> bool:
    """Whether the text asks for another moment than the choice promises: "remind me at 4" is not 17:00.

    So does one that asks for a moment and names none that can come.
    """
    asked, frame = run.reading.slots.get(ASKED_AT), run.top
    if asked is None and NO_MOMENT not in run.reading.slots:
        return False
    nudges = () if frame is None else frame.dialog.nudges.values()
    needs = [name for choice in question.choices if choice.code == code for name in choice.needs]
    needs += [nudge.at for nudge in nudges if nudge.consent == code and nudge.at is not None]
    offered = [moment for name in needs if isinstance(moment := run.get(name), datetime)]
    return bool(offered) and asked not in offered
