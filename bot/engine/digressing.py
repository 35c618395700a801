"""Digressing: which other dialog a text begins or takes up again, and when it may leave the one that is open."""

from __future__ import annotations

from bot.engine import applications
from bot.engine.conversation import FrameKind
from bot.engine.events import Reading
from bot.engine.flow import ask_again, redo, show
from bot.engine.model import End
from bot.engine.nudging import ASKED_AT, NO_MOMENT
from bot.engine.run import Run, Running
from bot.engine.taking import absorb

SHORT_CALL = 8
"""Words of a text that may leave a question for a long text, when it surely calls for one of ``ALWAYS_NEAR``."""

ALWAYS_NEAR = ("help", "human", "privacy")

UNCLEAR = "unclear"
"""The intent of a text that nothing else fits; some dialog starts on it."""

HARSH = ("out_of_scope",)
"""Intents whose answer turns the person away; that never rests on a guess."""

GUESSABLE = (*ALWAYS_NEAR, "thanks", "snooze_stop", "disagree_feedback", "ambiguous", UNCLEAR)
"""Intents that may be followed in the middle of something although they are only guessed: they ask little."""


def start(run: Run, reading: Reading, dialog: str, kind: FrameKind) -> None:
    """Start a dialog with what the text said; one that opens an application may begin a new one."""
    compiled = run.library.dialogs[dialog]
    if compiled.opens_application:
        applications.begin(run, reading)
    run.start(dialog, kind)
    absorb(run)


def digressed(run: Run, reading: Reading) -> bool:
    """Follow another thread above the waiting question; one that is already open below is taken up again."""
    guessed = only_opens(run) and reading.intent not in HARSH
    if not (_worth_following(reading) or guessed) or not leads_away(run, reading):
        return False
    dialog = run.library.starts[reading.intent]
    below = next((depth for depth, frame in enumerate(run.stack) if frame.dialog.name == dialog), None)
    if below is None or run.stack[below].waiting is None or run.library.dialogs[dialog].opens_application:
        if only_opens(run) and reading.intent not in ALWAYS_NEAR:
            run.stack.pop()
        start(run, reading, dialog, "digression" if run.stack else "main")
    else:
        del run.stack[below + 1 :]
        _take_up_again(run, run.stack[below])
    return True


def said_again(run: Run, frame: Running, reading: Reading) -> bool:
    """Whether the text only calls for the dialog that is open: a greeting at the greeting's question, say."""
    if run.library.starts.get(reading.intent) != frame.dialog.name or reading.intent == UNCLEAR:
        return False
    if redo(run, frame, run.fresh):
        return True
    for message in frame.now_in.says:
        run.say(message)
    show(run, frame.now_in)
    ask_again(run, frame)
    return True


def called_for_help(run: Run, text: str, reading: Reading) -> bool:
    if not (reading.sure and reading.intent in ALWAYS_NEAR and len(text.split()) <= SHORT_CALL):
        return False
    run.start(run.library.starts[reading.intent], "digression")
    return True


def adds_more_than_it_means(run: Run, reading: Reading) -> bool:
    """Whether the text is vague, in the middle of something: what it says in passing then counts first."""
    return run.library.starts.get(reading.intent) == run.library.starts[UNCLEAR] and not only_opens(run)


def leads_away(run: Run, reading: Reading) -> bool:
    """Whether the text surely belongs to a dialog that is not open yet, or to one that is open further down."""
    dialog = run.library.starts.get(reading.intent)
    if dialog is None or reading.intent == UNCLEAR:
        return False
    open_ones = [frame for frame in run.stack if frame.dialog.name == dialog]
    if not open_ones:
        return True
    if run.library.dialogs[dialog].opens_application and applications.speaks_of_another(run, reading):
        return True
    return open_ones[-1] is not run.top and (open_ones[-1].waiting is not None or _is_left(run, open_ones[-1]))


def _is_left(run: Run, frame: Running) -> bool:
    """Whether a dialog can begin anew: nothing is left in it, or another thread was begun above it."""
    above = run.stack[run.stack.index(frame) + 1 :]
    ends = isinstance(frame.now_in.go, End) and not frame.dialog.opens_application
    return ends or any(other.kind != "run" for other in above)


def _worth_following(reading: Reading) -> bool:
    """Whether the intent may lead to another dialog in the middle of one."""
    return reading.sure or reading.intent in GUESSABLE


def _take_up_again(run: Run, frame: Running) -> None:
    """Come back to what a dialog asked, or let it begin anew with the moment that was named now."""
    if not run.reading.slots.keys().isdisjoint((ASKED_AT, NO_MOMENT)):
        frame.waiting = None
        frame.move_to("start")
        absorb(run)
    else:
        ask_again(run, frame)


def only_opens(run: Run) -> bool:
    """Whether the dialog on top only asks what this is about: what answers that leaves nothing to come back to."""
    top = run.top
    return top is not None and top.kind != "run" and top.dialog.name in ("welcome", run.library.starts.get(UNCLEAR))
