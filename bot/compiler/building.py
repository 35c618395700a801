"""Building: from dialogs that were read and checked to the immutable library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.compiler.catalogs import condition_of
from bot.compiler.content import WrittenMessage
from bot.compiler.nodes import Scalar
from bot.compiler.overlays import Written
from bot.compiler.reserved import CONSENT
from bot.compiler.structure import structure_of, version_of
from bot.compiler.wording import question_key
from bot.compiler.written import (
    WrittenAsk,
    WrittenBody,
    WrittenBranch,
    WrittenDialog,
    WrittenDo,
    WrittenEnd,
    WrittenFill,
    WrittenGo,
    WrittenMap,
    WrittenNudge,
    WrittenRun,
    WrittenSilence,
    WrittenState,
    WrittenTo,
)
from bot.engine.conditions import ALWAYS
from bot.engine.model import (
    Ask,
    Body,
    Branch,
    ByAnswer,
    Choice,
    Dialog,
    Do,
    End,
    Fill,
    Go,
    IfSilent,
    Library,
    Message,
    Nudge,
    Question,
    Run,
    Show,
    Skill,
    State,
    To,
)

LATENESS = timedelta(hours=4)
"""How late a nudge may come that says nothing about it."""


def build_library(written: Written, skills: Mapping[str, Skill]) -> Library:
    """Build the library; every name in what was written must have been found before."""
    wording = _Wording(written)
    dialogs = {name: _Builder(dialog, wording, skills).dialog() for name, dialog in written.dialogs.items()}
    slots = {name: one.slot for name, one in written.slots.items()}
    return Library(
        dialogs=dialogs,
        slots=slots,
        skills=skills,
        starts={intent: name for name, dialog in dialogs.items() for intent in dialog.starts_on},
        repairs={key.partition(".")[2]: wording.message(key) for key in wording.keys if key.startswith("repairs.")},
        days_kept=written.operator.days_kept,
        country=written.operator.country,
        version=version_of(dialogs.values(), slots.values(), skills.values()),
    )


class _Wording:
    """What the engine must know of the words: which slots a message may need, which choices a question offers."""

    def __init__(self, written: Written) -> None:
        self.written = written
        self.keys = sorted({key for language in written.languages.values() for key in language.messages})
        self._operator = written.operator.values

    def message(self, key: str) -> Message:
        return Message(key, self._slots(name for one in self._in_all_languages(key) for name in _needs(one)))

    def question(self, dialog: str, slot: str, words: str) -> Question:
        key = question_key(self.written, dialog, slot, words)
        messages = self._in_all_languages(key)
        labelled: dict[str, list[str]] = {}
        heard: dict[str, None] = {}
        for code, choice in ((code, choice) for one in messages for code, choice in one.choices.items()):
            if choice.label is None:
                heard[code] = None
            elif choice.link is None:
                labelled.setdefault(code, []).extend(choice.label.template.names)
        choices = tuple(Choice(code, self._slots(names)) for code, names in labelled.items())
        return Question(slot, self.message(key), choices, tuple(code for code in heard if code not in labelled))

    def _in_all_languages(self, key: str) -> list[WrittenMessage]:
        """The key's messages, the fallback language's first: its choices give the order."""
        languages = self.written.languages.values()
        return [language.messages[key].message for language in languages if key in language.messages]

    def _slots(self, names: Iterable[str]) -> tuple[str, ...]:
        """The names once each, without those that the operator's lines fill."""
        return tuple(name for name in dict.fromkeys(names) if name not in self._operator)


def _needs(message: WrittenMessage) -> Iterable[str]:
    """What its texts, links, mail and conditions name; a label's names only hide its choice."""
    labels = {id(choice.label) for choice in message.choices.values() if choice.link is None}
    for text in message.texts:
        if id(text) not in labels:
            yield from text.template.names
    for condition in message.conditions:
        yield from (clause.slot for clause in condition.condition.clauses)


class _Builder:
    """Builds one dialog."""

    def __init__(self, written: WrittenDialog, wording: _Wording, skills: Mapping[str, Skill]) -> None:
        self._written = written
        self._wording = wording
        self._skills = skills
        self._name = written.name.text

    def dialog(self) -> Dialog:
        states = {name: self._state(state) for name, state in self._written.states.items()}
        built = Dialog(
            name=self._name,
            states={name: replace(state, ahead=_ahead(state, states)) for name, state in states.items()},
            slots={name: one.slot for name, one in self._written.slots.items()},
            nudges={name: self._nudge(nudge) for name, nudge in self._written.nudges.items()},
            starts_on=_texts(self._written.starts_on),
            opens_application=self._written.opens_application,
            over_when=tuple(condition_of(condition) for condition in self._written.over_when),
            renamed={old.text: new.text for old, new in self._written.renamed},
            about=self._written.about,
        )
        return replace(built, structure=structure_of(built, self._skills))

    def _state(self, state: WrittenState) -> State:
        return State(
            name=state.name.text,
            go=_go(state.go),
            says=tuple(self._message(key.text) for key in state.says),
            shows=tuple(Show(slot.text, self._message(f"show_{slot.text}")) for slot in state.shows),
            body=None if state.body is None else self._body(state.body),
            clears=_texts(state.clears),
            saves=_texts(state.saves),
            forgets=_texts(state.forgets),
            acts=state.acts,
            small_print_later=state.small_print_later,
            if_silent=_silence(state.if_silent),
            line=state.name.line,
        )

    def _body(self, body: WrittenBody) -> Body:
        match body:
            case WrittenAsk(slot, words, at_least):
                question = self._wording.question(self._name, slot.text, words.text)
                return Ask(replace(question, at_least=at_least))
            case WrittenFill(slots):
                return Fill(tuple(self._wording.question(self._name, slot.text, slot.text) for slot in slots))
            case WrittenDo(skill):
                return Do(skill.text)
            case WrittenRun(dialog, passes, keeps):
                return Run(dialog.text, _texts(passes), _texts(keeps))

    def _nudge(self, nudge: WrittenNudge) -> Nudge:
        state = nudge.begins_at(self._written.states)
        return Nudge(
            name=nudge.name.text,
            dialog=self._name,
            message=self._message(nudge.name.text),
            at=None if nudge.at is None else nudge.at.text,
            after=nudge.after,
            then=nudge.then,
            last=None if nudge.last is None else self._message(nudge.last.text),
            until=None if nudge.until is None else nudge.until.text,
            lateness=LATENESS if nudge.lateness is None else nudge.lateness,
            when=condition_of(nudge.when),
            carries=_texts(nudge.carries),
            ignores=frozenset(nudge.ignores),
            consent=CONSENT if nudge.consent is None else nudge.consent.text,
            state=state,
        )

    def _message(self, key: str) -> Message:
        return self._wording.message(f"{self._name}.{key}")


def _ahead(state: State, states: Mapping[str, State]) -> dict[str, Question]:
    """Questions with choices to which one choice of this state's question leads straight.

    None of a state that keeps or does something on entering: only the choice itself may say that it shall.
    """
    if not isinstance(state.body, Ask) or not isinstance(state.go, ByAnswer):
        return {}
    own = state.body.question
    targets = {code: states[target] for code, target in state.go.ways.items() if target in states}
    harmless = {code: target.body for code, target in targets.items() if not (target.saves or target.acts)}
    asking = {code: body.question for code, body in harmless.items() if isinstance(body, Ask)}
    return {code: one for code, one in asking.items() if one.choices and one.message.key != own.message.key}


def _silence(written: WrittenSilence | None) -> IfSilent | None:
    return None if written is None else IfSilent(written.after, written.to.text)


def _go(go: WrittenGo) -> Go:
    match go:
        case WrittenTo(state):
            return To(state.text)
        case WrittenBranch(ways, rest):
            return Branch((*((condition_of(when), target.text) for when, target in ways), (ALWAYS, rest.text)))
        case WrittenMap(_, ways, otherwise, skipped):
            return ByAnswer(
                {code.text: target.text for code, target in ways},
                None if otherwise is None else otherwise.text,
                None if skipped is None else skipped.text,
            )
        case WrittenEnd(name):
            return End(name.text)


def _texts(scalars: Iterable[Scalar]) -> tuple[str, ...]:
    return tuple(scalar.text for scalar in scalars)
