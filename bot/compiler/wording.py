"""Wording: every message that a dialog names is worded, with choices and places that fit."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from bot.compiler.content import WrittenMessage
from bot.compiler.nodes import File, Scalar
from bot.compiler.overlays import Written
from bot.compiler.problems import Notes, did_you_mean, listed
from bot.compiler.references import check_condition, visible_slots
from bot.compiler.reserved import REPAIRS, TERMS
from bot.compiler.texts import WrittenText
from bot.compiler.written import WrittenAsk, WrittenDialog, WrittenFill, WrittenMap, WrittenState
from bot.engine.model import ManyOf, OneOf, Slot, YesNo

LOOSE_FILES = ("repairs", "slots", "home", "forms")
"""Content files of no dialog: the engine's own messages, shared questions, and what platforms show beside."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message key with where a dialog names it; ``asks`` is the slot it asks for, ``go`` the map of its answers."""

    key: str
    at: Scalar
    slots: Mapping[str, Slot]
    asks: Slot | None = None
    go: WrittenMap | None = None


def check_wording(written: Written, notes: Notes) -> None:
    """Note messages that are missing, say what they cannot know, or offer what nobody asked for."""
    spoken = list(_spoken(written))
    for one in spoken:
        _check_spoken(one, written, notes)
    _check_own_messages(written, notes)
    _check_loose_ends(written, {one.key for one in spoken}, notes)


# -------------------------------------------------------------------------------------- what dialogs speak of


def _spoken(written: Written) -> Iterator[Spoken]:
    for dialog in written.dialogs.values():
        slots = visible_slots(written, dialog)
        for state in dialog.states.values():
            yield from _spoken_in(written, dialog, state, slots)
        for nudge in dialog.nudges.values():
            if nudge.go is None and nudge.name.text not in dialog.states:
                yield Spoken(f"{dialog.name.text}.{nudge.name.text}", nudge.name, slots)


def _spoken_in(
    written: Written, dialog: WrittenDialog, state: WrittenState, slots: Mapping[str, Slot]
) -> Iterator[Spoken]:
    name = dialog.name.text
    for key in state.says:
        yield Spoken(f"{name}.{key.text}", key, slots)
    for slot in state.shows:
        yield Spoken(f"{name}.show_{slot.text}", slot, slots)
    go = state.go if isinstance(state.go, WrittenMap) else None
    match state.body:
        case WrittenAsk(slot, words):
            yield Spoken(question_key(written, name, slot.text, words.text), words, slots, slots.get(slot.text), go)
        case WrittenFill(asked):
            for slot in asked:
                yield Spoken(question_key(written, name, slot.text, slot.text), slot, slots, slots.get(slot.text))
        case _:
            return


def question_key(written: Written, dialog: str, slot: str, words: str) -> str:
    """The dialog's own words for a question, or the shared ones in ``slots``."""
    own, shared = f"{dialog}.{words}", f"slots.{slot}"
    known = [language.messages for language in written.languages.values()]
    return shared if any(shared in messages for messages in known) and not any(own in one for one in known) else own


# ------------------------------------------------------------------------------------------------ one message


def _check_spoken(one: Spoken, written: Written, notes: Notes) -> None:
    found = [language.messages[one.key] for language in written.languages.values() if one.key in language.messages]
    fallback = written.languages.get(written.fallback)
    if fallback is None or one.key not in fallback.messages:
        stem, _, key = one.key.partition(".")
        own = (
            []
            if fallback is None
            else [name.partition(".")[2] for name in fallback.messages if name.startswith(f"{stem}.")]
        )
        where = f"content/{written.fallback}/{stem}.yaml"
        notes.problem(one.at, f"nothing is said for `{key}`; write it in {where}{did_you_mean(key, own)}")
    for laid in found:
        _check_places(laid.message, one.slots, written, notes)
        if one.asks is not None:
            _check_choices(one, laid.message, notes)


def _check_places(message: WrittenMessage, slots: Mapping[str, Slot], written: Written, notes: Notes) -> None:
    for text in message.texts:
        check_names(text, {*slots, *written.operator.values}, notes.within(f"message `{message.key.text}`"))
    for condition in message.conditions:
        check_condition(condition, slots, notes.within(f"message `{message.key.text}`"))


def check_names(text: WrittenText, known: Collection[str], notes: Notes) -> None:
    """Note places that no slot can fill."""
    for name in text.template.names:
        if name not in known:
            offset = max(text.node.text.find("{" + name), 0)
            notes.problem(text.node, f"there is no slot `{name}`{did_you_mean(name, known)}", offset)


def _check_choices(one: Spoken, message: WrittenMessage, notes: Notes) -> None:
    slot = one.asks
    assert slot is not None, "only a question has choices"
    answers = {code: choice for code, choice in message.choices.items() if choice.link is None}
    match slot.kind:
        case OneOf(codes) | ManyOf(codes, _):
            expected: Collection[str] = codes
        case YesNo():
            expected = ("yes", "no")
        case _:
            expected = () if one.go is None else [key.text for key, _ in one.go.ways]
            if one.go is None and answers:
                return
    for code, choice in answers.items():
        if code not in expected:
            notes.problem(choice.code, f"`{code}` is no answer that `{slot.name}` knows{did_you_mean(code, expected)}")
    missing = [code for code in expected if code not in answers]
    if missing:
        notes.problem(message.key, f"there are no words for the answer {listed([f'`{m}`' for m in missing], 'and')}.")
    if one.go is not None:
        _check_ways(one.go, expected, notes)


def _check_ways(go: WrittenMap, codes: Collection[str], notes: Notes) -> None:
    named = {key.text for key, _ in go.ways}
    for key, _ in go.ways:
        if key.text not in codes:
            notes.problem(key, f"`{key.text}` is no answer here{did_you_mean(key.text, codes)}")
    missing = [code for code in codes if code not in named]
    if missing and go.otherwise is None:
        notes.problem(
            go.key, f"the answer {listed([f'`{m}`' for m in missing], 'and')} leads nowhere; add it, or `else`."
        )


# ----------------------------------------------------------------------------------------- what must be there


def _check_own_messages(written: Written, notes: Notes) -> None:
    """The engine's own messages and the small words of the fallback language."""
    fallback = written.languages.get(written.fallback)
    folder = f"content/{written.fallback}"
    if fallback is None:
        notes.problem_at(File(folder, ""), 0, 0, f"there are no words in the first language, `{written.fallback}`.")
        return
    for name in REPAIRS:
        laid = fallback.messages.get(f"repairs.{name}")
        if laid is None:
            notes.problem_at(
                File(f"{folder}/repairs.yaml", ""), 0, 0, f"nothing is said for `{name}`; the engine needs it."
            )
        else:
            _check_places(laid.message, {name: one.slot for name, one in written.slots.items()}, written, notes)
    for term in TERMS:
        if term not in fallback.words.terms:
            notes.problem_at(File(f"{folder}/words.yaml", ""), 0, 0, f"the term `{term}` is missing.")


def _check_loose_ends(written: Written, spoken: Collection[str], notes: Notes) -> None:
    """Warn of messages that nothing says: often a key that was renamed on one side only."""
    for language in written.languages.values():
        for key, laid in language.messages.items():
            stem = key.partition(".")[0]
            if key not in spoken and stem not in LOOSE_FILES:
                notes.warning(laid.message.key, f"nothing says `{laid.message.key.text}`.")
