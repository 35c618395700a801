"""Messages: what a text means, tried in a fixed order.

Crisis; stop; a visible choice; an exact command; the answer to the question asked; a correction; a digression;
something said in passing. While a long text is asked for, only the first four win over it, and a short, sure call for
help, a human or the privacy page. What means nothing climbs the re-ask ladder.
"""

from __future__ import annotations

from bot.engine import commands
from bot.engine.agreeing import agreed_with_a_wish
from bot.engine.answers import from_text, is_long, may_answer
from bot.engine.asking_again import missed
from bot.engine.choosing import chosen, meant
from bot.engine.conversation import Waiting
from bot.engine.correcting import added, corrected
from bot.engine.declining import declined
from bot.engine.digressing import (
    HARSH,
    UNCLEAR,
    adds_more_than_it_means,
    called_for_help,
    digressed,
    leads_away,
    only_opens,
    said_again,
    start,
)
from bot.engine.events import Reading
from bot.engine.flow import question_of, take_value
from bot.engine.model import Question
from bot.engine.run import Run, Running
from bot.engine.taking import TURN_ALONE, absorb, take_back
from bot.engine.undo import remember

IN_THE_MIDDLE = "in_the_middle"
"""The shared turn slot by which a library may know that a question waited when something was written."""


def hear_message(run: Run, text: str, reading: Reading) -> None:
    """Let a text do the first thing that it means."""
    if run.top is not None and run.top.waiting is not None and not only_opens(run):
        run.turn_slots[IN_THE_MIDDLE] = True
    if _in_danger(run, reading):
        _crisis(run, reading)
    elif reading.command == "stop":
        commands.stop(run)
    elif not declined(run):
        frame = run.top
        waiting = None if frame is None else frame.waiting
        question = None if frame is None or waiting is None else question_of(frame.now_in, waiting.slot)
        if frame is None or waiting is None or question is None:
            _without_question(run, reading)
        elif (
            not agreed_with_a_wish(run, frame, question, waiting)
            and not (run.heard and chosen(run, frame, question, waiting))
            and not _commanded(run, reading)
        ):
            _words(run, frame, question, waiting, text, reading)


def _in_danger(run: Run, reading: Reading) -> bool:
    """Whether the crisis dialog must answer.

    Low words alone do not make it begin again once it is open, nor where they are the very answer that was asked for:
    "I'm done" at a question that offers it.
    """
    return reading.safety is not None and not (reading.safety == "soft" and (run.heard or _in_crisis(run)))


def _in_crisis(run: Run) -> bool:
    return run.top is not None and run.top.dialog.name == "crisis"


def _crisis(run: Run, reading: Reading) -> None:
    """The crisis dialog, from its start, above everything; said again when crisis words come again."""
    if _in_crisis(run) or only_opens(run):
        run.stack.pop()
    run.turn_slots["safety"] = reading.safety or "self"
    run.start("crisis", "digression")


def _without_question(run: Run, reading: Reading) -> None:
    if _commanded(run, reading):
        return
    if reading.corrects and run.application is not None:
        take_back(run)
        run.repair("corrected")
    else:
        guessed = UNCLEAR if reading.intent in HARSH and not reading.sure else reading.intent
        start(run, reading, run.library.starts.get(guessed) or run.library.starts[UNCLEAR], "main")


def _commanded(run: Run, reading: Reading) -> bool:
    """Whether the text is a command that is obeyed; a goodbye in a crisis is listened to instead."""
    if reading.command is None or (reading.command == "goodbye" and _in_crisis(run)):
        return False
    commands.obey(run, reading.command)
    return True


def _words(run: Run, frame: Running, question: Question, waiting: Waiting, text: str, reading: Reading) -> None:
    slot = run.slot(question.slot)
    assert slot is not None, "the compiler knows the slot of every question"
    answers = may_answer(question, text)
    if answers and is_long(slot):
        if not called_for_help(run, text, reading):
            remember(run)
            absorb(run, TURN_ALONE)
            if not take_value(run, frame, frame.now_in, question, reading.slots.get(slot.name, text)):
                missed(run, frame, waiting)
        return
    corrects = {name for name in reading.corrects if name != question.slot}
    if answers and not corrects and not (reading.sure and leads_away(run, reading)):
        value = from_text(slot, text, reading.slots)
        if value is not None:
            remember(run)
            absorb(run)
            take_value(run, frame, frame.now_in, question, value)
            return
    if not (
        corrected(run, frame)
        or meant(run, frame, question, waiting)
        or (not adds_more_than_it_means(run, reading) and digressed(run, reading))
        or added(run, frame)
        or digressed(run, reading)
        or said_again(run, frame, reading)
    ):
        missed(run, frame, waiting)
