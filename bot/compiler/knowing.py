"""Knowing: what is known at every state, followed along all ways through all dialogs until nothing changes.

A question may be skipped, so a slot that was asked for is sure only where an answer leads. A turn slot is gone after a
question. A dialog that is run begins with what all its callers surely know of the shared slots.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from functools import cached_property

from bot.compiler.known import Known
from bot.compiler.nodes import Scalar
from bot.compiler.overlays import Written
from bot.compiler.paths import Step
from bot.compiler.reserved import RESERVED_DIALOGS
from bot.compiler.written import (
    WrittenAsk,
    WrittenBranch,
    WrittenDialog,
    WrittenDo,
    WrittenEnd,
    WrittenFill,
    WrittenMap,
    WrittenNudge,
    WrittenRun,
    WrittenState,
    WrittenTo,
)
from bot.engine.model import END, OneOf, Skill, YesNo


class Knowing:
    """Follows all dialogs; ``at`` then says what is known on coming to each state that can be come to."""

    def __init__(self, written: Written, skills: Mapping[str, Skill]) -> None:
        self._written = written
        self._skills = skills
        self._shared = frozenset(written.slots)
        self._ends: dict[str, Known] = {}
        self._callers: dict[str, set[Step]] = defaultdict(set)
        self._waiting: list[Step] = []
        self.at: dict[Step, Known] = {}
        self._follow()

    def turn_slots(self, dialog: WrittenDialog) -> frozenset[str]:
        """The slots that a question makes the coach forget."""
        both = {**self._written.slots, **dialog.slots}
        return frozenset(name for name, one in both.items() if one.slot.scope == "turn")

    def on_nudge(self, dialog: WrittenDialog, nudge: WrittenNudge) -> Known:
        """What is known when a nudge speaks: what it carries, and what its condition tells."""
        carried = self._begun(dialog).learn(slot.text for slot in nudge.carries)
        return carried if nudge.when is None else carried.given(nudge.when.condition)

    # ------------------------------------------------------------------------------------------- following

    def _follow(self) -> None:
        for name, dialog in self._written.dialogs.items():
            if dialog.starts_on or name in RESERVED_DIALOGS:
                self._come_to((name, "start"), self._begun(dialog))
            for nudge in dialog.nudges.values():
                state = nudge.begins_at(dialog.states)
                if state is not None:
                    self._come_to((name, state), self.on_nudge(dialog, nudge))
        while self._waiting:
            self._leave(self._waiting.pop())

    def _begun(self, dialog: WrittenDialog) -> Known:
        return Known().learn(name for name, one in dialog.slots.items() if one.slot.starts_as is not None)

    def _come_to(self, step: Step, known: Known) -> None:
        before = self.at.get(step)
        after = known if before is None else before.meet(known)
        if after != before:
            self.at[step] = after
            self._waiting.append(step)

    def _end(self, dialog: str, known: Known) -> None:
        before = self._ends.get(dialog)
        after = known if before is None else before.meet(known)
        if after != before:
            self._ends[dialog] = after
            self._waiting.extend(self._callers[dialog])

    def _leave(self, step: Step) -> None:
        name, _ = step
        dialog = self._written.dialogs[name]
        state = dialog.states[step[1]]
        done = self._done(step, dialog, state)
        if done is None:
            return
        for target, known in self._ways(state, dialog, done):
            if target is None or target == END:
                self._end(name, known)
            else:
                self._come_to((name, target), known)
        if state.if_silent is not None:
            self._come_to((name, state.if_silent.to.text), done)

    # ------------------------------------------------------------------------------------ what a state does

    def _done(self, step: Step, dialog: WrittenDialog, state: WrittenState) -> Known | None:
        """What is known after the state's body; ``None`` while a dialog that it runs has no end yet."""
        known = self.at[step].forget(name.text for name in state.clears)
        match state.body:
            case WrittenAsk():
                return known.forget(self.turn_slots(dialog))
            case WrittenFill(slots):
                return known.forget(self.turn_slots(dialog)).suspect(slot.text for slot in slots)
            case WrittenDo(skill):
                return known.learn(self._skills[skill.text].gives)
            case WrittenRun():
                return self._ran(step, dialog, state.body, known)
            case None:
                return known

    def _ran(self, step: Step, dialog: WrittenDialog, run: WrittenRun, known: Known) -> Known | None:
        name = run.dialog.text
        passed = known.only({*self._shared, *(slot.text for slot in run.passes)})
        begun = self._begun(self._written.dialogs[name])
        self._callers[name].add(step)
        self._come_to((name, "start"), passed.learn(begun.sure))
        end = self._ends.get(name)
        if end is None:
            return None
        keeps = frozenset(slot.text for slot in run.keeps)
        kept = known.forget(self.turn_slots(dialog) | keeps | self._forgotten[name])
        back = end.only(keeps | self._shared)
        return kept.learn(back.sure).suspect(back.maybe)

    @cached_property
    def _forgotten(self) -> Mapping[str, Set[str]]:
        """Shared slots that each dialog, or one that it runs, may make unknown."""
        found = {name: {slot.text for slot in _cleared(dialog)} for name, dialog in self._written.dialogs.items()}
        grown = True
        while grown:
            grown = False
            for name, dialog in self._written.dialogs.items():
                more = {slot for other in _run_by(dialog) for slot in found[other]} - found[name]
                found[name] |= more
                grown = grown or bool(more)
        return {name: slots & self._shared for name, slots in found.items()}

    # -------------------------------------------------------------------------------------- where it goes on

    def _ways(self, state: WrittenState, dialog: WrittenDialog, known: Known) -> Iterator[tuple[str | None, Known]]:
        """The targets with what is known on each way; ``None`` is an end."""
        match state.go:
            case WrittenTo(target):
                yield target.text, self._perhaps_answered(state, known)
            case WrittenEnd():
                yield None, self._perhaps_answered(state, known)
            case WrittenBranch(ways, rest):
                rest_known = self._perhaps_answered(state, known)
                for condition, target in ways:
                    yield target.text, rest_known.given(condition.condition)
                    rest_known = rest_known.refused(condition.condition)
                yield rest.text, rest_known
            case WrittenMap():
                yield from self._mapped(state, state.go, dialog, known)

    def _perhaps_answered(self, state: WrittenState, known: Known) -> Known:
        return known.suspect([state.body.slot.text]) if isinstance(state.body, WrittenAsk) else known

    def _mapped(
        self, state: WrittenState, go: WrittenMap, dialog: WrittenDialog, known: Known
    ) -> Iterator[tuple[str | None, Known]]:
        asked = [state.body.slot.text] if isinstance(state.body, WrittenAsk) else []
        picked = known.learn(asked) if asked and self._holds_codes(asked[0], dialog) else known
        for _, target in go.ways:
            yield target.text, picked
        if go.otherwise is not None:
            yield go.otherwise.text, known.learn(asked)
        left_open = go.skipped or go.otherwise
        if asked:
            yield None if left_open is None else left_open.text, known

    def _holds_codes(self, slot: str, dialog: WrittenDialog) -> bool:
        """Whether picking a choice fills the slot; a choice beside a text only leads somewhere."""
        found = dialog.slots.get(slot) or self._written.slots[slot]
        return isinstance(found.slot.kind, OneOf | YesNo)


def _cleared(dialog: WrittenDialog) -> Iterator[Scalar]:
    return (slot for state in dialog.states.values() for slot in state.clears)


def _run_by(dialog: WrittenDialog) -> Iterator[str]:
    bodies = (state.body for state in dialog.states.values())
    return (body.dialog.text for body in bodies if isinstance(body, WrittenRun))
