"""Messages: what a text means, tried in a fixed order.

Crisis; stop; a visible choice; an exact command; the answer to the question asked; a correction; a digression;
something said in passing. While a long text is asked for, only the first four win over it, and a short, sure call for
help, a human or the privacy page. What means nothing climbs the re-ask ladder.
"""

from __future__ import annotations

from datetime import datetime

from bot.engine import applications, commands
from bot.engine.answers import from_text, is_long
from bot.engine.conversation import FrameKind, Waiting
from bot.engine.events import Reading
from bot.engine.flow import ask_again, question_of, redo, show, skip_question, take_choice, take_value
from bot.engine.model import END, ByAnswer, End, Question, Scope
from bot.engine.model import Run as RunDialog
from bot.engine.nudging import ASKED_AT, LIVE_TALK
from bot.engine.run import Run, Running
from bot.engine.undo import remember

SHORT_CALL = 8
"""Words of a text that may leave a question for a long text, when it surely calls for one of ``ALWAYS_NEAR``."""

ALWAYS_NEAR = ("help", "human", "privacy")

UNCLEAR = "unclear"
"""The intent of a text that nothing else fits; some dialog starts on it."""

IN_THE_MIDDLE = "in_the_middle"
"""The shared turn slot by which a library may know that a question waited when something was written."""

HARSH = ("out_of_scope",)
"""Intents whose answer turns the person away; that never rests on a guess."""

FINER = {"news_channel": "news_detail"}
"""Shared slots that say more exactly what another says: with the one that is taken back they are no longer known."""

EVERYWHERE: tuple[Scope, ...] = ("turn", "dialog", "application", "person")
TURN_ALONE: tuple[Scope, ...] = ("turn",)
"""What is known of a text that is taken whole: nothing that lasts."""

GUESSABLE = (*ALWAYS_NEAR, "thanks", "snooze_stop", "disagree_feedback", "ambiguous", UNCLEAR)
"""Intents that may be followed in the middle of something although they are only guessed: they ask little."""


def hear_message(run: Run, text: str, reading: Reading) -> None:
    """Let a text do the first thing that it means."""
    if run.top is not None and run.top.waiting is not None and not _only_opens(run):
        run.turn_slots[IN_THE_MIDDLE] = True
    if _in_danger(run, reading):
        _crisis(run, reading)
    elif reading.command == "stop":
        commands.stop(run)
    else:
        frame = run.top
        waiting = None if frame is None else frame.waiting
        question = None if frame is None or waiting is None else question_of(frame.now_in, waiting.slot)
        if frame is None or waiting is None or question is None:
            _without_question(run, reading)
        elif not (run.heard and _chosen(run, frame, question, waiting)) and not _commanded(run, reading):
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
    if _in_crisis(run) or _only_opens(run):
        run.stack.pop()
    run.turn_slots["safety"] = reading.safety or "self"
    run.start("crisis", "digression")


def _without_question(run: Run, reading: Reading) -> None:
    if _commanded(run, reading):
        return
    if reading.corrects and run.application is not None:
        _take_back(run)
        run.repair("corrected")
    else:
        guessed = UNCLEAR if reading.intent in HARSH and not reading.sure else reading.intent
        start(run, reading, run.library.starts.get(guessed) or run.library.starts[UNCLEAR], "main")


def _chosen(run: Run, frame: Running, question: Question, waiting: Waiting) -> bool:
    """Whether the text is a choice of the waiting question, or of one to which a choice leads straight."""
    understood = (*waiting.choices, *question.heard)
    for key, code in run.reading.heard:
        if key == question.message.key and code in understood and not _names_another_moment(run, question, code):
            run.heard.clear()  # a "yes" to this question is no "yes" to the next
            remember(run)
            _absorb(run)
            take_choice(run, frame, frame.now_in, question, code)
            return True
    for choice, ahead in frame.now_in.ahead.items():
        if choice in waiting.choices and any(key == ahead.message.key for key, _ in run.heard):
            remember(run)
            take_choice(run, frame, frame.now_in, question, choice)
            return True
    return False


def _names_another_moment(run: Run, question: Question, code: str) -> bool:
    """Whether the text asks for another moment than the choice promises: "remind me at 4" is not 17:00."""
    asked, frame = run.reading.slots.get(ASKED_AT), run.top
    if asked is None:
        return False
    nudges = () if frame is None else frame.dialog.nudges.values()
    needs = [name for choice in question.choices if choice.code == code for name in choice.needs]
    needs += [nudge.at for nudge in nudges if nudge.consent == code and nudge.at is not None]
    offered = [moment for name in needs if isinstance(moment := run.get(name), datetime)]
    return bool(offered) and asked not in offered


def _commanded(run: Run, reading: Reading) -> bool:
    """Whether the text is a command that is obeyed; a goodbye in a crisis is listened to instead."""
    if reading.command is None or (reading.command == "goodbye" and _in_crisis(run)):
        return False
    commands.obey(run, reading.command)
    return True


def _words(run: Run, frame: Running, question: Question, waiting: Waiting, text: str, reading: Reading) -> None:
    slot = run.slot(question.slot)
    assert slot is not None, "the compiler knows the slot of every question"
    if is_long(slot):
        if not _calls_for_help(run, text, reading):
            remember(run)
            _absorb(run, TURN_ALONE)
            if not take_value(run, frame, frame.now_in, question, reading.slots.get(slot.name, text)):
                _missed(run, frame, waiting)
        return
    corrected = {name for name in reading.corrects if name != question.slot}
    if not corrected and not (reading.sure and _leads_away(run, reading)):
        value = from_text(slot, text, reading.slots)
        if value is not None:
            remember(run)
            _absorb(run)
            take_value(run, frame, frame.now_in, question, value)
            return
    if not (
        _corrected(run, frame)
        or _meant(run, frame, question, waiting)
        or (not _adds_more_than_it_means(run, reading) and _digressed(run, reading))
        or _added(run, frame)
        or _digressed(run, reading)
        or _said_again(run, frame, reading)
    ):
        _missed(run, frame, waiting)


def _adds_more_than_it_means(run: Run, reading: Reading) -> bool:
    """Whether the text is vague, in the middle of something: what it says in passing then counts first."""
    return run.library.starts.get(reading.intent) == run.library.starts[UNCLEAR] and not _only_opens(run)


def _said_again(run: Run, frame: Running, reading: Reading) -> bool:
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


def _meant(run: Run, frame: Running, question: Question, waiting: Waiting) -> bool:
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
            _absorb(run)
            take_choice(run, frame, state, question, choice)
            return True
    return False


def _calls_for_help(run: Run, text: str, reading: Reading) -> bool:
    if not (reading.sure and reading.intent in ALWAYS_NEAR and len(text.split()) <= SHORT_CALL):
        return False
    run.start(run.library.starts[reading.intent], "digression")
    return True


def _corrected(run: Run, frame: Running) -> bool:
    """Take back what the text corrects, and do again what rested on it; news that came another way is news."""
    changed = _take_back(run)
    news = "news_channel" in changed and run.reading.sure and _digressed(run, run.reading)
    if changed and not news:
        _put_right(run, frame, changed | _absorb(run))
    return bool(changed)


def _added(run: Run, frame: Running) -> bool:
    """Take in what the text adds although nobody asked, and do again what would have been another with it."""
    added = _absorb(run)
    if added:
        _put_right(run, frame, added)
    return bool(added)


def _put_right(run: Run, frame: Running, changed: set[str]) -> None:
    remember(run)
    run.repair("corrected")
    if not redo(run, frame, changed):
        ask_again(run, frame)


def _take_back(run: Run) -> set[str]:
    """Set what the text corrects; return the names of what really changed."""
    changed: set[str] = set()
    for name, value in run.reading.corrects.items():
        if run.slot(name) is not None and run.get(name) != value:
            run.put(name, value)
            changed.add(name)
    for name in FINER.keys() & changed:
        if FINER[name] not in run.reading.corrects and run.get(FINER[name]) is not None:
            run.put(FINER[name], None)
            changed.add(FINER[name])
    return changed


def _leads_away(run: Run, reading: Reading) -> bool:
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


def _digressed(run: Run, reading: Reading) -> bool:
    """Follow another thread above the waiting question; one that is already open below is taken up again."""
    guessed = _only_opens(run) and reading.intent not in HARSH
    if not (_worth_following(reading) or guessed) or not _leads_away(run, reading):
        return False
    dialog = run.library.starts[reading.intent]
    below = next((depth for depth, frame in enumerate(run.stack) if frame.dialog.name == dialog), None)
    if below is None or run.stack[below].waiting is None or run.library.dialogs[dialog].opens_application:
        if _only_opens(run) and reading.intent not in ALWAYS_NEAR:
            run.stack.pop()
        start(run, reading, dialog, "digression" if run.stack else "main")
    else:
        del run.stack[below + 1 :]
        _take_up_again(run, run.stack[below])
    return True


def _take_up_again(run: Run, frame: Running) -> None:
    """Come back to what a dialog asked, or let it begin anew with the moment that was named now."""
    if ASKED_AT in run.reading.slots:
        frame.waiting = None
        frame.move_to("start")
        _absorb(run)
    else:
        ask_again(run, frame)


def _only_opens(run: Run) -> bool:
    """Whether the dialog on top only asks what this is about: what answers that leaves nothing to come back to."""
    top = run.top
    return top is not None and top.kind != "run" and top.dialog.name in ("welcome", run.library.starts.get(UNCLEAR))


def _missed(run: Run, frame: Running, waiting: Waiting) -> None:
    """The re-ask ladder: put it another way; name the choices; leave it open."""
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


def start(run: Run, reading: Reading, dialog: str, kind: FrameKind) -> None:
    """Start a dialog with what the text said; one that opens an application may begin a new one."""
    compiled = run.library.dialogs[dialog]
    if compiled.opens_application:
        applications.begin(run, reading)
    run.start(dialog, kind)
    _absorb(run)


def _absorb(run: Run, scopes: tuple[Scope, ...] = EVERYWHERE) -> set[str]:
    """Keep what the text said in passing of slots that were unknown; return their names."""
    taken: set[str] = set()
    for name, value in run.reading.slots.items():
        slot = run.library.slots.get(name)
        if slot is not None and slot.scope in scopes and run.get(name) is None:
            run.put(name, value)
            if slot.scope != "turn":
                taken.add(name)
            run.fresh.add(name)
    return taken
