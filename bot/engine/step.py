"""The engine: one pure function from a conversation and an event to the next conversation and its effects.

What a text may mean is tried in a fixed order: crisis; stop; a visible choice; an exact command; the answer to the
question asked; a correction; a digression. While a long text is asked for, only the first four and a short, sure call
for help, a human or the privacy page win over it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import assert_never

from bot.engine import applications, commands
from bot.engine.answers import from_text, is_long
from bot.engine.conversation import Conversation, FrameKind, Waiting
from bot.engine.effects import Effect, Send
from bot.engine.events import (
    Arrived,
    ChoicePicked,
    CommandGiven,
    Event,
    FormSubmitted,
    MessageReceived,
    ProfileChanged,
    Reading,
    Tick,
)
from bot.engine.flow import ask_again, go_on, question_of, redo, show, skip_question, take_choice, take_value
from bot.engine.mending import mended
from bot.engine.model import Library, Question
from bot.engine.nudging import replan
from bot.engine.run import Run, Running, Way
from bot.engine.ticking import tick
from bot.engine.undo import remember

CLOCK_LEAP = timedelta(hours=2)
"""How far ahead the last moment may lie and still count: a clock that leapt must not freeze anyone."""

SHORT_CALL = 8
"""Words of a text that may leave a question for a long text, when it surely calls for one of ``ALWAYS_NEAR``."""

ALWAYS_NEAR = ("help", "human", "privacy")

UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Turn:
    """What one event made of a conversation. ``reply`` is what a platform must answer at once, where it wants that.

    ``ways`` are the transitions that were taken, in order.
    """

    conversation: Conversation
    effects: tuple[Effect, ...] = ()
    reply: Effect | None = None
    ways: tuple[Way, ...] = ()


def step(library: Library, conversation: Conversation, event: Event, now: datetime) -> Turn:
    """Move a conversation on by one event at ``now`` (aware; never earlier than the last event, within two hours)."""
    standing = mended(library, conversation)
    run = Run(library, standing, steady(now, conversation, event))
    if len(standing.stack) < len(conversation.stack) and not isinstance(event, Tick | ProfileChanged):
        run.repair("moved")
    _handle(run, event)
    go_on(run)
    if not isinstance(event, Tick | ProfileChanged):
        _small_print(run)
    return Turn(run.finished(), tuple(run.effects), ways=tuple(run.ways))


def steady(now: datetime, conversation: Conversation, event: Event) -> datetime:
    """The moment that counts: time does not run backwards inside a conversation."""
    last = conversation.last_now
    if last is not None and now < last < now + CLOCK_LEAP:
        now = last
    return max(now, event.at) if isinstance(event, Tick) else now


def _handle(run: Run, event: Event) -> None:
    match event:
        case MessageReceived(text, reading):
            _hear(run, reading)
            _message(run, text, reading)
        case ChoicePicked(question, choice):
            _hear(run, Reading())
            _picked(run, question, choice)
        case CommandGiven(name, _, reading):
            _hear(run, reading)
            _command(run, name, reading)
        case FormSubmitted(dialog, application, values):
            _hear(run, Reading())
            _submitted(run, dialog, application, dict(values))
        case Arrived():
            _arrived(run)
        case ProfileChanged():
            _profile(run, event)
        case Tick():
            tick(run)
        case _:
            assert_never(event)


def _hear(run: Run, reading: Reading) -> None:
    """The person did something: the retention time begins anew and an unanswered nudge is answered."""
    run.reading = reading
    run.heard = set(reading.heard)
    run.last_message = run.now
    run.keep_until = run.now + timedelta(days=run.library.days_kept)
    run.last_nudge = ""


# -------------------------------------------------------------------------------------------------- messages


def _message(run: Run, text: str, reading: Reading) -> None:
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
        elif not _chosen(run, frame, question, waiting) and not _commanded(run, reading):
            _words(run, frame, question, waiting, text, reading)


def _in_danger(run: Run, reading: Reading) -> bool:
    """Whether the crisis dialog must answer; once it is open, low words alone do not make it begin again."""
    return reading.safety is not None and not (reading.safety == "soft" and _in_crisis(run))


def _in_crisis(run: Run) -> bool:
    return run.top is not None and run.top.dialog.name == "crisis"


def _crisis(run: Run, reading: Reading) -> None:
    """The crisis dialog, from its start, above everything; said again when crisis words come again."""
    if _in_crisis(run):
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
        _start(run, reading, run.library.starts.get(reading.intent) or run.library.starts[UNCLEAR], "main")


def _chosen(run: Run, frame: Running, question: Question, waiting: Waiting) -> bool:
    """Whether the text is a choice of the waiting question, or of one to which a choice leads straight."""
    understood = (*waiting.choices, *question.heard)
    for key, code in run.reading.heard:
        if key == question.message.key and code in understood:
            run.heard.discard((key, code))
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


def _commanded(run: Run, reading: Reading) -> bool:
    if reading.command is None:
        return False
    commands.obey(run, reading.command)
    return True


def _words(run: Run, frame: Running, question: Question, waiting: Waiting, text: str, reading: Reading) -> None:
    slot = run.slot(question.slot)
    assert slot is not None, "the compiler knows the slot of every question"
    if is_long(slot):
        if not _calls_for_help(run, text, reading):
            remember(run)
            if not take_value(run, frame, frame.now_in, question, text):
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
    if _corrected(run, frame) or _digressed(run, reading):
        return
    _missed(run, frame, waiting)


def _calls_for_help(run: Run, text: str, reading: Reading) -> bool:
    if not (reading.sure and reading.intent in ALWAYS_NEAR and len(text.split()) <= SHORT_CALL):
        return False
    run.start(run.library.starts[reading.intent], "digression")
    return True


def _corrected(run: Run, frame: Running) -> bool:
    """Take back or add what the text says of known slots, and do again what rested on it."""
    changed = _absorb(run) | _take_back(run)
    if not changed:
        return False
    remember(run)
    run.repair("corrected")
    if not redo(run, frame, changed):
        ask_again(run, frame)
    return True


def _take_back(run: Run) -> set[str]:
    """Set what the text corrects; return the names of what really changed."""
    changed: set[str] = set()
    for name, value in run.reading.corrects.items():
        if run.slot(name) is not None and run.get(name) != value:
            run.put(name, value)
            changed.add(name)
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
    return open_ones[-1] is not run.top and open_ones[-1].waiting is not None


def _digressed(run: Run, reading: Reading) -> bool:
    """Follow another thread above the waiting question; one that is already open below is taken up again."""
    if not _leads_away(run, reading):
        return False
    dialog = run.library.starts[reading.intent]
    below = next((depth for depth, frame in enumerate(run.stack) if frame.dialog.name == dialog), None)
    if below is None or run.library.dialogs[dialog].opens_application:
        _start(run, reading, dialog, "digression")
    else:
        del run.stack[below + 1 :]
        ask_again(run, run.stack[below])
    return True


def _missed(run: Run, frame: Running, waiting: Waiting) -> None:
    """The re-ask ladder: put it another way; name the choices; leave it open."""
    misses = waiting.misses + 1
    if misses > 2:
        run.repair("left_open")
        skip_question(run, frame)
        return
    frame.waiting = replace(waiting, misses=misses)
    run.repair("rephrase" if misses == 1 else "buttons")
    ask_again(run, frame)


def _start(run: Run, reading: Reading, dialog: str, kind: FrameKind) -> None:
    compiled = run.library.dialogs[dialog]
    if compiled.opens_application:
        applications.begin(run, reading)
    run.start(dialog, kind)
    _absorb(run)


def _absorb(run: Run) -> set[str]:
    """Keep what the text said in passing of slots that were unknown; return their names."""
    taken: set[str] = set()
    for name, value in run.reading.slots.items():
        slot = run.library.slots.get(name)
        if slot is not None and run.get(name) is None:
            run.put(name, value)
            if slot.scope != "turn":
                taken.add(name)
            run.fresh.add(name)
    return taken


# ---------------------------------------------------------------------------------------------- other events


def _picked(run: Run, number: int, choice: str) -> None:
    frame = run.top
    waiting = None if frame is None else frame.waiting
    if frame is None or waiting is None or waiting.number != number or choice not in waiting.choices:
        run.repair("old_choice")
        _ask_or_welcome(run)
        return
    question = question_of(frame.now_in, waiting.slot)
    assert question is not None, "mending keeps only frames whose question stands"
    remember(run)
    take_choice(run, frame, frame.now_in, question, choice)


def _command(run: Run, name: str, reading: Reading) -> None:
    if name == "stop":
        commands.stop(run)
    elif name in commands.COMMANDS:
        commands.obey(run, name)
    else:
        dialog = run.library.starts.get(name) or run.library.starts["help"]
        _start(run, reading, dialog, "digression" if run.stack else "main")


def _submitted(run: Run, dialog: str, application: int | None, values: dict[str, object]) -> None:
    if application is not None and application in run.applications:
        run.current = application
    frame = run.top
    if frame is None or frame.dialog.name != dialog:
        frame = run.start(dialog, "digression" if run.stack else "main")
    frame.waiting = None
    for name, value in values.items():
        run.put(name, value)  # type: ignore[arg-type]


def _arrived(run: Run) -> None:
    if run.top is not None and run.top.waiting is not None:
        run.repair("welcome_back")
        show(run, run.top.now_in)
        ask_again(run, run.top)
    elif not run.stack:
        run.start("welcome", "main")


def _ask_or_welcome(run: Run) -> None:
    if run.top is not None and run.top.waiting is not None:
        ask_again(run, run.top)
    elif not run.stack:
        run.start("welcome", "main")


def _profile(run: Run, news: ProfileChanged) -> None:
    old = run.profile
    run.profile = replace(
        old,
        name=news.name or old.name,
        timezone=news.timezone or old.timezone,
        language=news.language or old.language,
        country=news.country or old.country,
    )
    if run.profile.timezone != old.timezone:
        replan(run)


def _small_print(run: Run) -> None:
    """Once, under the first answer that may carry it."""
    if run.small_print_shown or run.small_print_later:
        return
    said = [effect for effect in run.effects if isinstance(effect, Send)]
    if said and not any(effect.urgent for effect in said):
        run.repair("small_print")
        run.small_print_shown = True
