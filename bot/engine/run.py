"""The workbench of one turn: the conversation taken apart, worked on, and put together again at the end.

Only ``step`` and its neighbours see it; what goes in and comes out is immutable.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.engine.conversation import (
    MOST_APPLICATIONS,
    Application,
    Conversation,
    Frame,
    FrameKind,
    Timer,
    Waiting,
    in_order,
)
from bot.engine.effects import Effect, Send
from bot.engine.events import NOTHING_READ, Reading
from bot.engine.model import EVERY_DAY, Dialog, Facts, Library, Message, Question, Slot, State
from bot.engine.schedules import Manners, manners_of, zone
from bot.engine.values import Value

Way = tuple[str, str, str]
"""A transition that was taken: dialog, state, and which of its ways.

A way is an answer's code, ``else``, ``skip``, the number of a branch from 1, ``silence``, or ``go`` where there is only
one.
"""


OWN_PROFILE = ("timezone", "language", "country")
"""The person's slots that stand above what their platform tells of them."""


@dataclass(slots=True)
class Running:
    """A frame while it is being worked on. ``seen`` are the slots that its dialog sees."""

    dialog: Dialog
    seen: Mapping[str, Slot]
    now_in: State
    kind: FrameKind
    slots: dict[str, Value]
    waiting: Waiting | None
    made: dict[str, str]
    skipped: tuple[str, ...]
    application: int | None

    def move_to(self, state: str) -> None:
        """Stand in another state of the dialog."""
        self.now_in = self.dialog.states[state]

    def frozen(self) -> Frame:
        return in_order(
            Frame,
            (
                self.dialog.name,
                self.now_in.name,
                self.kind,
                self.dialog.structure,
                self.slots,
                self.waiting,
                self.made,
                self.skipped,
                self.application,
            ),
        )


def running(library: Library, frame: Frame) -> Running:
    """Take a stored frame up again; its dialog must be in the library (``mending`` sees to that)."""
    name, state, kind, _, slots, waiting, made, skipped, application = frame
    dialog, seen = library.dialogs[name], library.seen[name]
    return Running(dialog, seen, dialog.states[state], kind, dict(slots), waiting, dict(made), skipped, application)


class Run:
    """What ``step`` works on: slots of all scopes, the stack, timers, and the effects so far."""

    reading: Reading = NOTHING_READ
    small_print_later: bool = False
    nudge: str | None = None
    nudge_expires: datetime | None = None

    def __init__(self, library: Library, conversation: Conversation, now: datetime) -> None:
        self.library = library
        self.before = conversation
        self.now = now
        (
            self.profile,
            person,
            applications,
            self.current,
            stack,
            self.timers,
            self.snapshots,
            counts,
            self.asked,
            self.fired,
            self.missed,
            self.last_nudge,
            self.nudges_paused,
            self.small_print_shown,
            _,
            self.last_message,
            self.keep_until,
            _,
            self.spoken,
            _,
        ) = conversation
        self.person = dict(person)
        self.applications: dict[int, Application] = {}
        for one in applications:
            self.applications[one.number] = one
        self.stack: list[Running] = []
        for frame in stack:
            self.stack.append(running(library, frame))
        self.counts = dict(counts)
        self.turn_slots: dict[str, Value] = {}
        self.heard: set[tuple[str, str]] = set()
        self.fresh: set[str] = set()
        self.effects: list[Effect] = []
        self.ways: list[Way] = []

    # ------------------------------------------------------------------------------------------ the stack

    @property
    def top(self) -> Running | None:
        return self.stack[-1] if self.stack else None

    def start(
        self, dialog: str, kind: FrameKind, slots: Mapping[str, Value] | None = None, state: str = "start"
    ) -> Running:
        """Put a dialog on the stack; slots begin as declared, then as passed."""
        compiled = self.library.dialogs[dialog]
        begun = {
            name: slot.starts_as
            for name, slot in compiled.slots.items()
            if slot.starts_as is not None and slot.scope == "dialog"
        }
        application = self.application_number if kind == "run" else self.current
        own, seen = begun | dict(slots or {}), self.library.seen[dialog]
        frame = Running(compiled, seen, compiled.states[state], kind, own, None, {}, (), application)
        self.stack.append(frame)
        return frame

    def took(self, frame: Running, way: str) -> None:
        """Note which way out of its state a frame takes."""
        self.ways.append((frame.dialog.name, frame.now_in.name, way))

    # -------------------------------------------------------------------------------------------- slots

    def slot(self, name: str) -> Slot | None:
        """A slot as the running dialog sees it."""
        seen = self.stack[-1].seen if self.stack else self.library.slots
        return seen.get(name)

    def get(self, name: str) -> Value | None:
        frame = self.stack[-1] if self.stack else None
        slot = (self.library.slots if frame is None else frame.seen).get(name)
        if slot is None:
            return None
        match slot.scope:
            case "application":
                application = self.application
                return None if application is None else application.slots.get(name)
            case "dialog":
                found = None if frame is None else frame.slots.get(name)
                return self._saved(name) if found is None else found
            case "person":
                return self.person.get(name, slot.starts_as)
            case "turn":
                return self.turn_slots.get(name)

    def put(self, name: str, value: Value | None) -> None:
        """Set a slot in its scope; ``None`` makes it unknown."""
        slot = self.slot(name)
        if slot is None:
            return
        match slot.scope:
            case "dialog":
                frame = self.stack[-1]
                _put(frame.slots, name, value)
                frame.made.pop(name, None)
            case "application":
                number, before, saved, closed = self.application or self.first_application()
                slots = dict(before)
                _put(slots, name, value)
                self.applications[number] = in_order(Application, (number, slots, saved, closed))
            case "person":
                _put(self.person, name, value)
                if name in OWN_PROFILE and value is not None:
                    self.profile = self.profile._replace(**{name: str(value)})
            case "turn":
                _put(self.turn_slots, name, value)

    def forget(self, name: str) -> None:
        """Make a slot unknown, also where it was kept beyond its dialog."""
        self.put(name, None)
        application = self.application
        if application is not None and name in application.saved:
            saved = {other: value for other, value in application.saved.items() if other != name}
            self.keep(application._replace(saved=saved))

    @property
    def values(self) -> View:
        return View(self)

    def some(self, names: tuple[str, ...]) -> dict[str, Value]:
        """Those of the named slots that are known."""
        if not names:
            return {}
        return {name: value for name in names if (value := self.get(name)) is not None}

    def knows(self, names: tuple[str, ...]) -> bool:
        """Whether all of the named slots are known."""
        return all(self.get(name) is not None for name in names)

    def _saved(self, name: str) -> Value | None:
        application = self.application
        return None if application is None else application.saved.get(name)

    # -------------------------------------------------------------------------------------- applications

    @property
    def application_number(self) -> int | None:
        own = self.stack[-1].application if self.stack else None
        return self.current if own is None else own

    @property
    def application(self) -> Application | None:
        number = self.stack[-1].application if self.stack else None
        if number is None:
            number = self.current
        return None if number is None else self.applications.get(number)

    def open_application(self) -> Application:
        """Begin a new application and make it the current one; the oldest gives way at the limit."""
        if len(self.applications) >= MOST_APPLICATIONS:
            oldest = min(self.applications.values(), key=lambda one: (not one.closed, one.number))
            del self.applications[oldest.number]
        application = Application(max(self.applications, default=0) + 1)
        self.keep(application)
        self.current = application.number
        return application

    def first_application(self) -> Application:
        """Begin one for the dialog that is running, which has spoken of none so far."""
        application = self.open_application()
        if self.top is not None:
            self.top.application = application.number
        return application

    def keep(self, application: Application) -> None:
        self.applications[application.number] = application

    # -------------------------------------------------------------------------------------------- saying

    def say(self, message: Message, block: str | None = None) -> None:
        """Send a message that asks nothing."""
        self._send(message.key, self.some(message.needs), (), block, None)

    def say_question(self, question: Question, waiting: Waiting) -> None:
        """Send a question with its visible choices, under the number it was asked with."""
        needs = question.message.needs
        if question.has_hidden:
            for choice in question.choices:
                if choice.needs and choice.code in waiting.choices:
                    needs += choice.needs
        self._send(question.message.key, self.some(needs), waiting.choices, None, waiting.number)

    def repair(self, name: str) -> None:
        """Send one of the engine's own messages, if the library words it."""
        message = self.library.repairs.get(name)
        if message is not None:
            self.say(message)

    def _send(
        self, key: str, values: Mapping[str, Value], choices: tuple[str, ...], block: str | None, question: int | None
    ) -> None:
        nth = self.counts.get(key, 0)
        self.counts[key] = nth + 1
        urgent = bool(self.stack) and self.stack[-1].dialog.name == "crisis"
        self.effects.append(
            in_order(Send, (key, values, choices, nth, block, question, urgent, self.nudge, self.nudge_expires))
        )

    # ---------------------------------------------------------------------------------------- surroundings

    def finished(self) -> Conversation:
        """Put the conversation together again."""
        return in_order(
            Conversation,
            (
                self.profile,
                self.person,
                tuple(self.applications.values()),
                self.current,
                tuple(map(Running.frozen, self.stack)),
                self.timers,
                self.snapshots,
                self.counts,
                self.asked,
                self.fired,
                self.missed,
                self.last_nudge,
                self.nudges_paused,
                self.small_print_shown,
                self.now,
                self.last_message,
                self.keep_until,
                self.library.version,
                self.spoken,
                self.library.finishes_on if self.stack else "",
            ),
        )

    @property
    def manners(self) -> Manners:
        return manners_of(self.person)

    @property
    def facts(self) -> Facts:
        manners = self.manners
        name = self.person.get("first_name")
        return Facts(
            now=self.now.astimezone(zone(self.profile.timezone)),
            name=name if isinstance(name, str) else self.profile.name,
            language=self.profile.language,
            country=self.profile.country,
            usual_country=self.library.country,
            working_days=manners.working_days,
            offered_days=manners.working_days if "working_days" in self.person else EVERY_DAY,
            quiet_from=manners.quiet_from,
            quiet_to=manners.quiet_to,
            applications=tuple(self.applications.values()),
            timers=self.timers,
            paused=self.nudges_paused,
        )

    def arm(self, timer: Timer, beside: bool = False) -> None:
        """Keep a timer; one of the same nudge and application gives way, ``beside`` others only at the same time."""
        same = (timer.nudge, timer.application)
        others = (t for t in self.timers if (t.nudge, t.application) != same or (beside and t.wall != timer.wall))
        self.timers = (*others, timer)


class View(Mapping[str, Value]):
    """The slots as a mapping, looked up only when asked for."""

    __slots__ = ("_run",)

    def __init__(self, run: Run) -> None:
        self._run = run

    def __getitem__(self, name: str) -> Value:
        value = self._run.get(name)
        if value is None:
            raise KeyError(name)
        return value

    def get(self, name: str, default: Value | None = None) -> Value | None:  # type: ignore[override]
        value = self._run.get(name)
        return default if value is None else value

    def __iter__(self) -> Iterator[str]:
        seen = self._run.stack[-1].seen if self._run.stack else self._run.library.slots
        return (name for name in seen if self._run.get(name) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _put(slots: dict[str, Value], name: str, value: Value | None) -> None:
    if value is None:
        slots.pop(name, None)
    else:
        slots[name] = value
