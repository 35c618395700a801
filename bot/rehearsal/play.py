"""Plays a conversation test: between any two lines the conversation is stored and loaded again."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from bot.compiler.nodes import Node
from bot.compiler.problems import Problem
from bot.content.message import OutgoingMessage
from bot.engine.conversation import Conversation
from bot.engine.effects import Forget
from bot.engine.events import Arrived, ChoicePicked, Event, MessageReceived, ProfileChanged, Tick
from bot.engine.nudging import still_wanted
from bot.engine.record import dump, load
from bot.engine.run import Way
from bot.engine.schedules import resolve
from bot.engine.ticking import next_due
from bot.errors import place_of
from bot.rehearsal.expect import Fix, NotAsWrittenError, check, there_are
from bot.rehearsal.messages import codes, shown
from bot.rehearsal.script import Arrives, Finished, Given, Line, Picks, Quiet, Script, Speaks, Waits, Writes
from bot.runtime.coach import Coach
from bot.runtime.letters import dump_message, load_message

MOST_TICKS = 500
"""Moments that one ``wait`` may stop at; more means a timer that never comes to rest."""


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a script: the first thing that was not as written, and the ways that were taken."""

    problem: Problem | None
    ways: frozenset[Way]
    fix: Fix | None = None


def play(script: Script, coach: Coach, reworded: bool = False) -> Played:
    """Play a script to its end or its first fault; ``reworded`` looks at keys, choices and texts to copy alone."""
    stage = _Stage(coach, script.given, reworded)
    try:
        for line in script.lines:
            stage.take(line)
        stage.no_nudge_unheard(script.lines[-1].node)
    except NotAsWrittenError as fault:
        return Played(_problem(fault), frozenset(stage.ways), fault.fix)
    return Played(None, frozenset(stage.ways))


def _problem(fault: NotAsWrittenError) -> Problem:
    node = fault.node
    return Problem(node.file.path, node.line, node.column, str(fault), node.file.line(node.line))


class _Stage:
    """A conversation on its way through a script; ``unheard`` are messages that no line has named yet."""

    def __init__(self, coach: Coach, given: Given, reworded: bool) -> None:
        self.ways: set[Way] = set()
        self._coach = coach
        self._given = given
        self._reworded = reworded
        self._now = resolve(given.now, given.timezone)
        self._unheard: deque[OutgoingMessage] = deque()
        self._latest: OutgoingMessage | None = None
        self._kept = self._new_conversation()

    def _new_conversation(self) -> str:
        given = self._given
        known = ProfileChanged(given.name, given.timezone, given.language, given.country)
        return dump(self._coach.take_turn(Conversation(), known, self._now).turn.conversation)

    # ------------------------------------------------------------------------------------------------ lines

    def take(self, line: Line) -> None:
        match line:
            case Writes(node, text):
                self._hear(node, MessageReceived(text))
            case Picks(node, code):
                self._hear(node, self._picked(node, code))
            case Arrives(node):
                self._hear(node, Arrived())
            case Waits(node):
                self._wait(line)
            case Speaks(node):
                check(line, self._unheard.popleft() if self._unheard else None, self._reworded)
            case Quiet(node):
                self._nothing_unheard(node)
            case Finished(node):
                self._finished(node)

    def _hear(self, node: Node, event: Event) -> None:
        self._forget_answers(node)
        self._turn(node, event)

    def _picked(self, node: Node, code: str) -> ChoicePicked:
        visible = () if self._latest is None else codes(self._latest)
        if self._latest is None or self._latest.question is None or code not in visible:
            raise NotAsWrittenError(node, f"there is no choice `{code}` to press; {there_are(visible)}")
        return ChoicePicked(self._latest.question, code)

    def _wait(self, line: Waits) -> None:
        self._forget_answers(line.node)
        until = self._now + line.length
        for _ in range(MOST_TICKS):
            due = next_due(load(self._kept))
            if due is None or due > until:
                self._now = until
                return
            self._now = max(self._now, due)
            self._turn(line.node, Tick(due))
        raise NotAsWrittenError(line.node, "a timer stays due, so the clock cannot move on.")

    def _finished(self, node: Node) -> None:
        self.no_nudge_unheard(node)
        stack = load(self._kept).stack
        if stack:
            raise NotAsWrittenError(node, f"`{stack[-1].dialog}` is still open, in state `{stack[-1].state}`.")

    def _forget_answers(self, node: Node) -> None:
        """A script need not name every answer; but a nudge that nobody expected is a fault."""
        self.no_nudge_unheard(node)
        self._unheard.clear()

    def no_nudge_unheard(self, node: Node) -> None:
        for message in self._unheard:
            if message.nudge is not None:
                raise NotAsWrittenError(node, f"a nudge came before this and no line says so:\n{shown(message)}")

    def _nothing_unheard(self, node: Node) -> None:
        if self._unheard:
            raise NotAsWrittenError(node, f"the coach should be quiet here, but says:\n{shown(self._unheard[0])}")

    # ------------------------------------------------------------------------------------------------ turns

    def _turn(self, node: Node, event: Event) -> None:
        try:
            spoken = self._coach.take_turn(load(self._kept), event, self._now)
        except Exception as error:
            raise NotAsWrittenError(node, f"the coach fails here: {error} ({place_of(error)}).") from error
        after = spoken.turn.conversation
        self.ways.update(spoken.turn.ways)
        self._kept = dump(after)
        if any(isinstance(effect, Forget) for effect in spoken.turn.effects):
            self._kept = self._new_conversation()
        message = spoken.message
        if message is not None and (message.nudge is None or still_wanted(self._coach.library, after, message.nudge)):
            self._latest = load_message(dump_message(message))
            self._unheard.append(self._latest)
