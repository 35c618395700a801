"""Wording: every message that a dialog names is worded, with places that can be filled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.coach.parts import base_of
from bot.compiler.answers import check_answers
from bot.compiler.conditions import check_condition
from bot.compiler.content import WrittenMessage
from bot.compiler.kinds import codes_of
from bot.compiler.nodes import File, Scalar
from bot.compiler.overlays import Written, WrittenLanguage
from bot.compiler.problems import Notes, did_you_mean, listed
from bot.compiler.references import visible_slots
from bot.compiler.texts import WrittenText
from bot.compiler.written import WrittenAsk, WrittenDialog, WrittenFill, WrittenMap, WrittenState
from bot.engine.model import Slot

MOST_NAMED = 8
"""Messages, or files, that are named where a language lacks many."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message key with where a dialog names it; ``asks`` is the slot it asks for, ``go`` the map of its answers."""

    key: str
    at: Scalar
    where: str
    slots: Mapping[str, Slot]
    asks: Slot | None = None
    go: WrittenMap | None = None


def check_wording(written: Written, notes: Notes) -> None:
    """Note messages that are missing, name what is not there, or offer what leads nowhere."""
    all_spoken = tuple(spoken(written))
    for one in all_spoken:
        _check_spoken(one, written, notes.within(one.where))
    for code in written.languages:
        if code != written.fallback and base_of(code) not in written.languages.keys() - {code}:
            _check_translated(code, dict.fromkeys(one.key for one in all_spoken), written, notes)


# -------------------------------------------------------------------------------------- what dialogs speak of


def spoken(written: Written) -> Iterator[Spoken]:
    """Yield every message key that a dialog names, as often as it does."""
    for dialog in written.dialogs.values():
        slots = visible_slots(written, dialog)
        for state in dialog.states.values():
            yield from _spoken_in(written, dialog, state, slots)
        for nudge in dialog.nudges.values():
            if nudge.begins_at(dialog.states) is None:
                key = f"{dialog.name.text}.{nudge.name.text}"
                yield Spoken(key, nudge.name, f"nudge `{nudge.name.text}`", slots)
            if nudge.last is not None:
                key = f"{dialog.name.text}.{nudge.last.text}"
                yield Spoken(key, nudge.last, f"nudge `{nudge.name.text}`", slots)


def _spoken_in(
    written: Written, dialog: WrittenDialog, state: WrittenState, slots: Mapping[str, Slot]
) -> Iterator[Spoken]:
    name, where = dialog.name.text, f"state `{state.name.text}`"
    for key in state.says:
        yield Spoken(f"{name}.{key.text}", key, where, slots)
    for slot in state.shows:
        yield Spoken(f"{name}.show_{slot.text}", slot, where, slots)
    match state.body:
        case WrittenAsk(slot, words):
            go = state.go if isinstance(state.go, WrittenMap) else None
            key_asked = question_key(written, name, slot.text, words.text)
            yield Spoken(key_asked, words, where, slots, slots.get(slot.text), go)
        case WrittenFill(asked):
            for slot in asked:
                key_asked = question_key(written, name, slot.text, slot.text)
                yield Spoken(key_asked, slot, where, slots, slots.get(slot.text))
        case _:
            return


def question_key(written: Written, dialog: str, slot: str, words: str) -> str:
    """The dialog's own words for a question, or the shared ones in ``slots``."""
    own, shared = f"{dialog}.{words}", f"slots.{slot}"
    known = [language.messages for language in written.languages.values()]
    return shared if any(shared in messages for messages in known) and not any(own in one for one in known) else own


# ------------------------------------------------------------------------------------------------ one message


def _check_spoken(one: Spoken, written: Written, notes: Notes) -> None:
    for code, language in written.languages.items():
        laid = language.messages.get(one.key)
        if laid is None:
            if code == written.fallback:
                _note_missing(one, written, notes)
            continue
        within = notes.within(f"message `{laid.message.key.text}`")
        check_places(laid.message, one.slots, language, written, within)
        if one.asks is not None:
            check_answers(one.asks, one.go, laid.message, notes)


def _note_missing(one: Spoken, written: Written, notes: Notes) -> None:
    """A message must be worded in the first language."""
    stem, _, key = one.key.partition(".")
    code = written.fallback
    own = [name.partition(".")[2] for name in written.languages[code].messages if name.startswith(f"{stem}.")]
    notes.problem(
        one.at, f"nothing is said for `{key}`; write it in content/{code}/{stem}.yaml{did_you_mean(key, own)}"
    )


def _check_translated(code: str, keys: Iterable[str], written: Written, notes: Notes) -> None:
    """Say once what a further language does not say yet; a region falls back to its base, and is not looked at."""
    missing = [key for key in keys if key not in written.languages[code].messages]
    if not missing:
        return
    files = Counter(key.partition(".")[0] for key in missing).most_common()
    listed_files = ", ".join(f"{stem}.yaml ({count})" for stem, count in files[:MOST_NAMED])
    more = " and others" if len(files) > MOST_NAMED else ""
    where = listed(missing, "and") if len(missing) <= MOST_NAMED else f"in {listed_files}{more}"
    counted, those = ("1 message is", "that is") if len(missing) == 1 else (f"{len(missing)} messages are", "those are")
    notes.warning_at(
        File(f"content/{code}", ""),
        0,
        0,
        f"{counted} not worded in `{code}` yet; {those} said in `{written.fallback}`: {where}.",
    )


def check_places(
    message: WrittenMessage, slots: Mapping[str, Slot], language: WrittenLanguage, written: Written, notes: Notes
) -> None:
    """Note places that no slot can fill, codes without words, and conditions about slots that are not there."""
    known = {*slots, *written.operator.values}
    for text in message.texts:
        for name in dict.fromkeys(text.template.names):
            if name not in known:
                notes.problem(text.node, f"there is no slot `{name}`{did_you_mean(name, known)}", _place(text, name))
            elif name in slots:
                _check_codes(text, slots[name], language, notes)
    for condition in message.conditions:
        check_condition(condition, slots, notes)


def _place(text: WrittenText, name: str) -> int:
    return max(text.node.text.find(f"{{{name}}}"), 0)


def _check_codes(text: WrittenText, slot: Slot, language: WrittenLanguage, notes: Notes) -> None:
    """A code is no word for a person; what stands in a text needs words for all that it may be."""
    missing = [code for code in codes_of(slot.kind) if (slot.name, code) not in language.words.codes]
    if missing:
        message = f"`{slot.name}` has no words for {listed(missing, 'and')}; write them under `codes` in words.yaml."
        notes.problem(text.node, message, _place(text, slot.name))
