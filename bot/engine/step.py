"""The engine: one pure function from a conversation and an event to the next conversation and its effects.

This file tells the kinds of event apart; what a text means is in ``messages``, what time does in ``ticking``, how
states follow one another in ``flow``.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple, assert_never

from bot.engine import commands
from bot.engine.conversation import Conversation, in_order
from bot.engine.digressing import start
from bot.engine.effects import Effect, Send
from bot.engine.events import (
    NOTHING_READ,
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
from bot.engine.flow import ask_again, go_on, question_of, show, take_choice
from bot.engine.mending import mended
from bot.engine.messages import hear_message
from bot.engine.model import Library
from bot.engine.nudging import days_set_anew, replan
from bot.engine.run import Run, Way
from bot.engine.schedules import manners_of
from bot.engine.ticking import tick
from bot.engine.undo import remember

CLOCK_LEAP = timedelta(hours=2)
"""How far ahead the last moment may lie and still count: a clock that leapt must not freeze anyone."""

UNSPOKEN = (Tick, ProfileChanged)
"""Events that are nobody's word, so that nothing need be said to them."""

MESSAGE = "message_text"
"""The shared turn slot in which a library may have what was just written, whatever it means."""


class Turn(NamedTuple):
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
    spoken = not isinstance(event, UNSPOKEN)
    if spoken and len(standing.stack) < len(conversation.stack):
        run.repair("moved")
    _handle(run, event)
    go_on(run)
    if run.timers:
        _keep_promises(run)
    if spoken:
        _leave_nobody_waiting(run)
        if not (run.small_print_shown or run.small_print_later):
            _small_print(run)
    return in_order(Turn, (run.finished(), tuple(run.effects), None, tuple(run.ways)))


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
            run.turn_slots[MESSAGE] = text
            hear_message(run, text, reading)
        case ChoicePicked(question, choice):
            _hear(run, NOTHING_READ)
            _picked(run, question, choice)
        case CommandGiven(name, _, reading):
            _hear(run, reading)
            _command(run, name, reading)
        case FormSubmitted(dialog, application, values):
            _hear(run, NOTHING_READ)
            _submitted(run, dialog, application, dict(values))
        case Arrived():
            _begin_retention(run)
            _arrived(run)
        case ProfileChanged():
            _begin_retention(run)
            _profile(run, event)
        case Tick():
            tick(run)
        case _:
            assert_never(event)


def _hear(run: Run, reading: Reading) -> None:
    """The person did something: the retention time begins anew and an unanswered nudge is answered."""
    run.reading = reading
    if reading.heard:
        run.heard = set(reading.heard)
    run.last_message = run.now
    run.keep_until = run.now + run.library.kept
    run.last_nudge = ""


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
        start(run, reading, dialog, "digression" if run.stack else "main")


def _submitted(run: Run, dialog: str, application: int | None, values: dict[str, object]) -> None:
    if application is not None and application in run.applications:
        run.current = application
    frame = run.top
    if frame is None or frame.dialog.name != dialog:
        frame = run.start(dialog, "digression" if run.stack else "main")
    frame.waiting = None
    for name, value in values.items():
        run.put(name, value)  # type: ignore[arg-type]


def _begin_retention(run: Run) -> None:
    """Whoever only looked in, and never wrote, is not kept for ever either."""
    if run.keep_until is None:
        run.keep_until = run.now + run.library.kept


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
    """Take in what the platform tells; what the person set themselves stands."""
    told = {"timezone": news.timezone, "language": news.language, "country": news.country}
    new = {name: value for name, value in told.items() if value and name not in run.person}
    run.profile = run.profile._replace(name=news.name or run.profile.name, **new)


def _keep_promises(run: Run) -> None:
    """Work reminders out anew when the zone or the hours and days in which they may come have changed."""
    before = run.before
    moved = run.profile.timezone != before.profile.timezone
    if moved or (run.person != before.slots and (days_set_anew(run) or run.manners != manners_of(before.slots))):
        replan(run)


def _leave_nobody_waiting(run: Run) -> None:
    """Whoever speaks is answered, also where a dialog ends without a word."""
    for effect in run.effects:
        if isinstance(effect, Send):
            return
    run.repair("cancelled")


def _small_print(run: Run) -> None:
    """Once, under the first answer that may carry it."""
    said = [effect for effect in run.effects if isinstance(effect, Send)]
    if said and not any(effect.urgent for effect in said):
        run.repair("small_print")
        run.small_print_shown = True
