"""Building: from what was written, read and checked, to the immutable library and catalog."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from bot.compiler.content import WrittenMessage
from bot.compiler.overlays import Written
from bot.compiler.phrases import WrittenCondition
from bot.compiler.written import (
    WrittenAsk,
    WrittenBranch,
    WrittenDialog,
    WrittenDo,
    WrittenEnd,
    WrittenFill,
    WrittenGo,
    WrittenMap,
    WrittenRun,
    WrittenState,
    WrittenTo,
)
from bot.content.catalog import Catalog, ChoiceWords, Language, Mail, Template, Variant, Wording
from bot.engine.conditions import ALWAYS, Condition
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
    Moment,
    Nudge,
    Question,
    Run,
    Show,
    Skill,
    State,
    To,
)


class Builder:
    """Turns what was written into the immutable model; every name in it was found before."""

    def __init__(self, written: Written) -> None:
        self.written = written
        self.keys = {key for language in written.languages.values() for key in language.messages}
        self.operator = set(written.operator.values)

    def library(self, skills: Mapping[str, Skill]) -> Library:
        """The library; its version is a hash of the structure of all dialogs."""
        dialogs = {name: self.dialog(dialog) for name, dialog in self.written.dialogs.items()}
        return Library(
            dialogs=dialogs,
            slots={name: one.slot for name, one in self.written.slots.items()},
            skills=skills,
            starts={intent: name for name, dialog in dialogs.items() for intent in dialog.starts_on},
            repairs={key.partition(".")[2]: self.message(key) for key in self.keys if key.startswith("repairs.")},
            days_kept=self.written.operator.days_kept,
            version=_hash("".join(sorted(dialog.structure for dialog in dialogs.values()))),
        )

    def _messages(self, key: str) -> list[WrittenMessage]:
        return [
            language.messages[key].message for language in self.written.languages.values() if key in language.messages
        ]

    def message(self, key: str) -> Message:
        needs: dict[str, None] = {}
        for one in self._messages(key):
            choice_texts = [t for c in one.choices.values() for t in (c.label, c.link) if t]
            for text in one.texts:
                if text not in choice_texts:
                    needs.update(dict.fromkeys(text.template.names))
            for condition in one.conditions:
                needs.update(dict.fromkeys(sorted(condition.condition.slots)))
        return Message(key, tuple(name for name in needs if name not in self.operator))

    def question(self, dialog: WrittenDialog, slot: str, words: str) -> Question:
        key = f"{dialog.name.text}.{words}"
        if key not in self.keys:
            key = f"slots.{slot}"
        choices: dict[str, dict[str, None]] = {}
        heard: dict[str, None] = {}
        for one in self._messages(key):
            for code, choice in one.choices.items():
                if choice.link is not None:
                    continue
                if choice.label is None:
                    heard[code] = None
                else:
                    choices.setdefault(code, {}).update(dict.fromkeys(choice.label.template.names))
        return Question(
            slot,
            self.message(key),
            tuple(Choice(code, tuple(n for n in names if n not in self.operator)) for code, names in choices.items()),
            tuple(heard),
        )

    def dialog(self, dialog: WrittenDialog) -> Dialog:
        states = {name: self.state(dialog, state) for name, state in dialog.states.items()}
        for name, state in states.items():
            states[name] = replace(state, ahead=_ahead(state, states))
        nudges = {name: self.nudge(dialog, name) for name in dialog.nudges}
        structure = repr((states, {n: s.slot for n, s in dialog.slots.items()}, nudges))
        return Dialog(
            name=dialog.name.text,
            states=states,
            slots={name: one.slot for name, one in dialog.slots.items()},
            nudges=nudges,
            starts_on=tuple(one.text for one in dialog.starts_on),
            opens_application=dialog.opens_application,
            renamed={old.text: new.text for old, new in dialog.renamed},
            structure=_hash(structure),
            about=dialog.about,
        )

    def state(self, dialog: WrittenDialog, state: WrittenState) -> State:
        name = dialog.name.text
        return State(
            name=state.name.text,
            go=_go(state.go),
            says=tuple(self.message(f"{name}.{key.text}") for key in state.says),
            shows=tuple(Show(slot.text, self.message(f"{name}.show_{slot.text}")) for slot in state.shows),
            body=self.body(dialog, state),
            clears=tuple(one.text for one in state.clears),
            saves=tuple(one.text for one in state.saves),
            acts=state.acts,
            small_print_later=state.small_print_later,
            if_silent=None if state.if_silent is None else IfSilent(state.if_silent.after, state.if_silent.to.text),
            line=state.name.line,
        )

    def body(self, dialog: WrittenDialog, state: WrittenState) -> Body | None:
        match state.body:
            case WrittenAsk(slot, words):
                return Ask(self.question(dialog, slot.text, words.text))
            case WrittenFill(slots):
                return Fill(tuple(self.question(dialog, slot.text, slot.text) for slot in slots))
            case WrittenDo(skill):
                return Do(skill.text)
            case WrittenRun(other, passes, keeps):
                return Run(other.text, tuple(one.text for one in passes), tuple(one.text for one in keeps))
            case None:
                return None

    def nudge(self, dialog: WrittenDialog, name: str) -> Nudge:
        one = dialog.nudges[name]
        state = one.go.text if one.go is not None else (name if name in dialog.states else None)
        extra = {} if one.lateness is None else {"lateness": one.lateness}
        return Nudge(
            name=name,
            dialog=dialog.name.text,
            message=self.message(f"{dialog.name.text}.{name}"),
            at=None if one.at is None else one.at.text,
            after=one.after,
            until=None if one.until is None else one.until.text,
            when=_condition(one.when),
            carries=tuple(slot.text for slot in one.carries),
            ignores=frozenset(one.ignores),
            consent="remind" if one.consent is None else one.consent.text,
            state=state,
            **extra,
        )

    def catalog(self) -> Catalog:
        roughly = {
            f"roughly.{name}": Template(("yes",))
            for slots in (self.written.slots, *(dialog.slots for dialog in self.written.dialogs.values()))
            for name, one in slots.items()
            if isinstance(one.slot.kind, Moment) and one.slot.kind.roughly
        }
        languages = {}
        for code, language in self.written.languages.items():
            codes: dict[str, dict[str, str]] = {}
            for (slot, value), word in language.words.codes.items():
                codes.setdefault(slot, {})[value] = word.words
            languages[code] = Language(
                code,
                {key: _wording(laid.message) for key, laid in language.messages.items()},
                codes,
                language.words.counted,
                {**language.words.terms, **roughly},
            )
        return Catalog(languages, self.written.fallback, self.written.operator.values)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _ahead(state: State, states: Mapping[str, State]) -> dict[str, Question]:
    if not isinstance(state.body, Ask) or not isinstance(state.go, ByAnswer):
        return {}
    found = {}
    for code, target in state.go.ways.items():
        body = states[target].body if target in states else None
        if (
            isinstance(body, Ask)
            and body.question.choices
            and body.question.message.key != state.body.question.message.key
        ):
            found[code] = body.question
    return found


def _go(go: WrittenGo) -> Go:
    match go:
        case WrittenTo(state):
            return To(state.text)
        case WrittenBranch(ways, rest):
            return Branch((*((_condition(when), target.text) for when, target in ways), (ALWAYS, rest.text)))
        case WrittenMap(_, ways, otherwise, skipped):
            return ByAnswer(
                {code.text: target.text for code, target in ways},
                None if otherwise is None else otherwise.text,
                None if skipped is None else skipped.text,
            )
        case WrittenEnd(name):
            return End(name.text)


def _condition(written: WrittenCondition | None) -> Condition:
    return ALWAYS if written is None else written.condition


def _wording(message: WrittenMessage) -> Wording:
    return Wording(
        tuple(Variant(variant.text.template, _condition(variant.when)) for variant in message.variants),
        {
            code: ChoiceWords(
                None if choice.label is None else choice.label.template,
                choice.heard_as,
                None if choice.link is None else choice.link.template,
            )
            for code, choice in message.choices.items()
        },
        None
        if message.mail is None
        else Mail(message.mail.label.template, message.mail.subject.template, _condition(message.mail.when)),
        None if message.preview is None else message.preview.template,
    )
