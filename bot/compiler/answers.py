"""Answers: a question's choices, as they are worded, fit its slot and the ways that lead on from it."""

from __future__ import annotations

from collections.abc import Collection

from bot.compiler.content import WrittenMessage
from bot.compiler.problems import Notes, did_you_mean, listed
from bot.compiler.written import WrittenMap
from bot.engine.model import ManyOf, OneOf, Slot, YesNo


def check_answers(slot: Slot, go: WrittenMap | None, message: WrittenMessage, notes: Notes) -> None:
    """Note answers without words, words for what is no answer, and answers that lead nowhere."""
    worded = [code for code, choice in message.choices.items() if choice.link is None]
    within = notes.within(f"message `{message.key.text}`")
    match slot.kind:
        case OneOf(codes):
            _check_words(codes, worded, message, within)
            _check_ways(go, codes, notes)
        case YesNo():
            _check_words(("yes", "no"), worded, message, within)
            _check_ways(go, ("yes", "no"), notes)
        case ManyOf(codes, _):
            _check_strangers([code for code in worded if code not in codes], slot, go, message, within)
            _check_way_for_the_rest(go, notes)
        case _:
            _check_strangers(worded, slot, go, message, within)
            _check_way_for_the_rest(go, notes)


def _check_words(codes: Collection[str], worded: Collection[str], message: WrittenMessage, notes: Notes) -> None:
    for code in worded:
        if code not in codes:
            notes.problem(message.choices[code].code, f"`{code}` is no answer to this{did_you_mean(code, codes)}")
    missing = [code for code in codes if code not in worded]
    if missing:
        notes.problem(message.key, f"there are no words for the answer {listed(missing, 'and')}.")


def _check_ways(go: WrittenMap | None, codes: Collection[str], notes: Notes) -> None:
    if go is None:
        return
    for key, _ in go.ways:
        if key.text not in codes:
            notes.problem(key, f"`{key.text}` is no answer here{did_you_mean(key.text, (*codes, 'else', 'skip'))}")
    named = {key.text for key, _ in go.ways}
    missing = [code for code in codes if code not in named]
    if missing and go.otherwise is None:
        notes.problem(go.key, f"the answer {listed(missing, 'and')} leads nowhere; add it, or `else`.")


def _check_strangers(
    worded: Collection[str], slot: Slot, go: WrittenMap | None, message: WrittenMessage, notes: Notes
) -> None:
    """Choices beside what the slot holds only lead somewhere, so each needs its way, and each way its words."""
    ways = {} if go is None else {key.text: key for key, _ in go.ways}
    own = slot.kind.codes if isinstance(slot.kind, ManyOf) else ()
    for code in worded:
        if code not in ways:
            notes.problem(message.choices[code].code, f"`{code}` leads nowhere; give it a way in `go`.")
    missing = [code for code in ways if code not in worded and code not in own]
    if missing:
        notes.problem(message.key, f"there are no words for the answer {listed(missing, 'and')}.")


def _check_way_for_the_rest(go: WrittenMap | None, notes: Notes) -> None:
    if go is not None and go.otherwise is None:
        notes.problem(go.key, "what the person writes leads nowhere; add `else`.")
