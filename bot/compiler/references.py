"""References: every name in a dialog is looked up, once all files read well."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from bot.compiler.conditions import check_condition
from bot.compiler.kinds import codes_of, same_kind, what_it_holds
from bot.compiler.nodes import Scalar
from bot.compiler.overlays import Written
from bot.compiler.phrases import WrittenCondition
from bot.compiler.problems import Notes, did_you_mean, listed
from bot.compiler.reserved import CONSENT
from bot.compiler.written import (
    WrittenAsk,
    WrittenBody,
    WrittenBranch,
    WrittenDialog,
    WrittenDo,
    WrittenEnd,
    WrittenFill,
    WrittenMap,
    WrittenNudge,
    WrittenRun,
    WrittenState,
)
from bot.engine.model import END, Moment, Skill, Slot, Text


@dataclass(frozen=True, slots=True)
class Scope:
    """What a dialog's names may mean. ``skills`` is ``None`` where they could not be built."""

    dialog: WrittenDialog
    slots: Mapping[str, Slot]
    dialogs: Mapping[str, WrittenDialog]
    skills: Mapping[str, Skill] | None

    @property
    def saved(self) -> frozenset[str]:
        """What a state of any dialog keeps with ``save``."""
        states = (state for dialog in self.dialogs.values() for state in dialog.states.values())
        return frozenset(name.text for state in states for name in state.saves)

    def slots_of(self, dialog: str) -> Mapping[str, Slot]:
        """Another dialog's own slots."""
        return {name: slot.slot for name, slot in self.dialogs[dialog].slots.items()}


def visible_slots(written: Written, dialog: WrittenDialog) -> dict[str, Slot]:
    """The slots that a dialog sees: the shared ones and its own."""
    both = {**written.slots, **dialog.slots}
    return {name: slot.slot for name, slot in both.items()}


def check_references(written: Written, skills: Mapping[str, Skill] | None, notes: Notes) -> None:
    """Note every name in a dialog that means nothing, or nothing that fits."""
    for dialog in written.dialogs.values():
        scope = Scope(dialog, visible_slots(written, dialog), written.dialogs, skills)
        _check_own_slots(dialog, written, notes)
        for state in dialog.states.values():
            _check_state(state, scope, notes.within(f"state `{state.name.text}`"))
        for nudge in dialog.nudges.values():
            _check_nudge(nudge, scope, notes.within(f"nudge `{nudge.name.text}`"))
        _check_renamed(dialog, notes)
        for condition in dialog.over_when:
            check_condition(condition, scope.slots, notes)
        if "start" not in dialog.states:
            notes.problem(dialog.name, "the dialog has no state `start`, where it would begin.")


def _check_own_slots(dialog: WrittenDialog, written: Written, notes: Notes) -> None:
    for name, slot in dialog.slots.items():
        if name in written.slots:
            shared = written.slots[name].name
            notes.problem(
                slot.name, f"`{name}` is a shared slot already ({shared.file.path}, line {shared.line}); take one out."
            )


def _check_state(state: WrittenState, scope: Scope, notes: Notes) -> None:
    for name in (*state.clears, *state.saves, *state.forgets):
        find_slot(name, scope, notes)
    for name in state.shows:
        slot = find_slot(name, scope, notes)
        if slot is not None and not isinstance(slot.kind, Text):
            notes.problem(name, f"`{name.text}` is no text; only a text can be shown as a block to copy.")
    for target in state.targets:
        _check_target(target, scope.dialog, notes)
    if state.body is not None:
        _check_body(state.body, scope, notes)
    if isinstance(state.go, WrittenBranch):
        for condition, _ in state.go.ways:
            check_condition(condition, scope.slots, notes)
    if isinstance(state.go, WrittenMap):
        _check_map(state.go, state.body, scope, notes)


def find_slot(name: Scalar, scope: Scope, notes: Notes) -> Slot | None:
    """Look a slot up, or note that there is none."""
    slot = scope.slots.get(name.text)
    if slot is None:
        notes.problem(name, f"there is no slot `{name.text}`{did_you_mean(name.text, scope.slots)}")
    return slot


def _check_target(target: Scalar, dialog: WrittenDialog, notes: Notes) -> None:
    if target.text != END and target.text not in dialog.states:
        notes.problem(target, f"there is no state `{target.text}`{did_you_mean(target.text, (*dialog.states, END))}")


def _check_body(body: WrittenBody, scope: Scope, notes: Notes) -> None:
    match body:
        case WrittenAsk(slot, _):
            find_slot(slot, scope, notes)
        case WrittenFill(slots):
            for slot in slots:
                find_slot(slot, scope, notes)
        case WrittenDo(skill):
            _check_skill(skill, scope, notes)
        case WrittenRun():
            _check_run(body, scope, notes)


def _check_skill(name: Scalar, scope: Scope, notes: Notes) -> None:
    if scope.skills is None:
        return
    skill = scope.skills.get(name.text)
    if skill is None:
        notes.problem(name, f"there is no skill `{name.text}`{did_you_mean(name.text, scope.skills)}")
        return
    for verb, slots in (("reads", skill.reads), ("gives", skill.gives)):
        missing = [slot for slot in slots if slot not in scope.slots]
        if missing:
            notes.problem(
                name, f"`{name.text}` {verb} {listed(missing, 'and')}, but there is no such slot; declare it."
            )


def _check_run(body: WrittenRun, scope: Scope, notes: Notes) -> None:
    if body.dialog.text not in scope.dialogs:
        notes.problem(
            body.dialog, f"there is no dialog `{body.dialog.text}`{did_you_mean(body.dialog.text, scope.dialogs)}"
        )
        return
    theirs = scope.slots_of(body.dialog.text)
    for name in (*body.passes, *body.keeps):
        own = find_slot(name, scope, notes)
        if own is None:
            continue
        if name.text not in theirs:
            hint = "; shared slots need not be handed over." if own.scope != "dialog" else "."
            notes.problem(name, f"the dialog `{body.dialog.text}` has no slot `{name.text}` of its own{hint}")
        elif not same_kind(own.kind, theirs[name.text].kind):
            notes.problem(name, f"`{name.text}` is another kind of slot in the dialog `{body.dialog.text}`.")


def _check_map(go: WrittenMap, body: WrittenBody | None, scope: Scope, notes: Notes) -> None:
    """Ways by end are looked up here; ways by answer need the wording's choices and are looked up with it."""
    match body:
        case WrittenAsk():
            return
        case WrittenRun(dialog, _, _):
            if dialog.text in scope.dialogs:
                _check_ends(go, dialog.text, ends_of(scope.dialogs[dialog.text]), notes)
        case _:
            notes.problem(
                go.key, "ways by answer go with `ask`, ways by end with `run`; here `go` is a state or a list."
            )


def _check_ends(go: WrittenMap, dialog: str, ends: Collection[str], notes: Notes) -> None:
    for key, _ in go.ways:
        if key.text not in {*ends, "skipped"}:
            notes.problem(key, f"the dialog `{dialog}` has no end `{key.text}`{did_you_mean(key.text, ends)}")
    missing = sorted(set(ends) - {key.text for key, _ in go.ways})
    if missing and go.otherwise is None:
        notes.problem(go.key, f"the dialog `{dialog}` also ends as {listed(missing, 'and')}; add that way, or `else`.")
    if go.skipped is not None:
        notes.problem(go.skipped, "`skip` goes with `ask` only.")


def ends_of(dialog: WrittenDialog) -> frozenset[str]:
    """The ends that a caller may map."""
    return frozenset(_ends(dialog))


def _ends(dialog: WrittenDialog) -> Iterator[str]:
    for state in dialog.states.values():
        if isinstance(state.go, WrittenEnd):
            yield state.go.name.text
        if any(target.text == END for target in state.targets):
            yield "done"


def _check_nudge(nudge: WrittenNudge, scope: Scope, notes: Notes) -> None:
    for name in (nudge.at, nudge.until):
        slot = None if name is None else find_slot(name, scope, notes)
        if slot is not None and name is not None and not isinstance(slot.kind, Moment):
            notes.problem(name, f"`{name.text}` holds {what_it_holds(slot.kind)}, no moment.")
    for name in nudge.carries:
        find_slot(name, scope, notes)
    if nudge.when is not None:
        check_condition(nudge.when, scope.slots, notes)
        _check_seen(nudge.when, scope, notes)
    consent = CONSENT if nudge.consent is None else nudge.consent.text
    answers = set(_answers(scope))
    if consent not in answers:
        message = f"no question of this dialog has the answer `{consent}`, which would arm the nudge"
        notes.problem(nudge.consent or nudge.name, message + did_you_mean(consent, answers))
    if nudge.go is not None:
        _check_target(nudge.go, scope.dialog, notes)


def _check_seen(when: WrittenCondition, scope: Scope, notes: Notes) -> None:
    """A nudge speaks after the message, and maybe after the dialog: what goes with them is gone by then."""
    for clause, offset in zip(when.condition.clauses, when.offsets, strict=True):
        slot = scope.slots.get(clause.slot)
        if slot is None or slot.scope in ("application", "person") or clause.slot in scope.saved:
            continue
        notes.problem(
            when.node,
            f"`when` does not see `{clause.slot}`, which is gone before the nudge is due, even if `with` carries it;"
            " keep it with `save`, or give it the scope `application` or `person`.",
            offset,
        )


def _answers(scope: Scope) -> Iterator[str]:
    """The codes by which a question of the dialog may be answered."""
    for state in scope.dialog.states.values():
        if isinstance(state.body, WrittenAsk | WrittenFill):
            asked = (state.body.slot,) if isinstance(state.body, WrittenAsk) else state.body.slots
            kinds = (scope.slots[slot.text].kind for slot in asked if slot.text in scope.slots)
            yield from (code for kind in kinds for code in codes_of(kind))
            yield from (key.text for key, _ in state.go.ways) if isinstance(state.go, WrittenMap) else ()


def _check_renamed(dialog: WrittenDialog, notes: Notes) -> None:
    for old, new in dialog.renamed:
        names = {**dialog.states, **dialog.nudges}
        if old.text in names:
            kind = "state" if old.text in dialog.states else "nudge"
            notes.problem(old, f"there still is a {kind} `{old.text}`; only old names stand here.")
        if new.text not in names:
            notes.problem(new, f"there is no state or nudge `{new.text}`{did_you_mean(new.text, names)}")
