"""Complete: what the engine and the catalog say by themselves is worded, and no words are left over."""

from __future__ import annotations

from collections.abc import Mapping

from bot.compiler.keys import OPERATOR
from bot.compiler.kinds import codes_of
from bot.compiler.known import Known
from bot.compiler.nodes import File
from bot.compiler.overlays import LaidMessage, Written, WrittenLanguage
from bot.compiler.problems import Notes, did_you_mean, listed
from bot.compiler.reserved import REPAIRS, TERM_PLACES, TERMS
from bot.compiler.texts import WrittenText
from bot.compiler.wording import check_places, spoken
from bot.content.moments import HALVES
from bot.engine.model import Slot

LOOSE_FILES = ("repairs", "slots", "home", "forms")
"""Content files that belong to no dialog: what the engine says, shared questions, what platforms show beside."""


def check_complete(written: Written, notes: Notes) -> None:
    """Note own messages and terms that are missing or cannot be filled."""
    _check_operator(written, notes)
    slots = {name: one.slot for name, one in written.slots.items()}
    for code, language in written.languages.items():
        _check_repairs(code, language, slots, written, notes)
        _check_terms(code, language, notes)
        _check_codes(language, written, notes)


def _check_operator(written: Written, notes: Notes) -> None:
    missing = [name for name, key in OPERATOR.items() if key.required and name not in written.operator_keys.keys]
    if missing:
        file = File("content/operator.yaml", "")
        notes.problem_at(file, 0, 0, f"the operator's {listed(missing, 'and')} must be there.")


def _check_repairs(
    code: str, language: WrittenLanguage, slots: Mapping[str, Slot], written: Written, notes: Notes
) -> None:
    """A repair may be said at any time, so it must be possible without knowing anything."""
    known = Known().learn(written.operator.values)
    for name in REPAIRS:
        laid = language.messages.get(f"repairs.{name}")
        if laid is None:
            if code == written.fallback:
                file = File(f"content/{code}/repairs.yaml", "")
                notes.problem_at(file, 0, 0, f"nothing is said for `{name}`, which the coach says by itself.")
            continue
        within = notes.within(f"message `{name}`")
        check_places(laid.message, slots, language, written, within)
        if not any(
            one.when is None and known.sure.issuperset(one.text.template.names) for one in laid.message.variants
        ):
            within.problem(laid.message.key, "it may be said at any time; add a variant without places and `when`.")


def _check_terms(code: str, language: WrittenLanguage, notes: Notes) -> None:
    clock = language.words.terms.get("moments.clock")
    halves = HALVES if clock is not None and "half" in clock.template.names else ()
    missing = [term for term in (*TERMS, *halves) if term not in language.words.terms]
    file = File(f"content/{code}/words.yaml", "")
    if missing and not language.words.terms:
        notes.problem_at(
            file,
            0,
            0,
            "a language needs its own small words, such as those of days and months; copy the shipped"
            " content/en/words.yaml here, then translate it.",
        )
    elif missing:
        more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
        notes.problem_at(file, 0, 0, f"under `terms` there is no {listed(missing[:5])}{more}.")
    for name, term in language.words.terms.items():
        if name in TERMS:
            _check_term(name, term, notes)


def _check_term(name: str, term: WrittenText, notes: Notes) -> None:
    """Note every place that the term cannot fill."""
    places = TERM_PLACES.get(name) or TERM_PLACES.get(name.rpartition(".")[0], frozenset())
    can = f"it may have {listed(f'{{{one}}}' for one in sorted(places))}." if places else "it has none."
    for place in dict.fromkeys(term.template.names):
        if place not in places:
            notes.problem(term.node, f"the term `{name}` cannot fill `{{{place}}}`; {can}")


def _check_codes(language: WrittenLanguage, written: Written, notes: Notes) -> None:
    """Warn of words for slots and codes that are not there; another dialog's file may have renamed them."""
    slots = {name: one.slot for dialog in written.dialogs.values() for name, one in dialog.slots.items()}
    slots |= {name: one.slot for name, one in written.slots.items()}
    for (name, code), words in language.words.codes.items():
        slot = slots.get(name)
        if slot is None:
            notes.warning(words.slot, f"there is no slot `{name}`{did_you_mean(name, slots)}")
        elif code not in codes_of(slot.kind):
            notes.warning(words.code, f"`{code}` is no code of `{name}`{did_you_mean(code, codes_of(slot.kind))}")


def check_left_over(written: Written, notes: Notes) -> None:
    """Warn of messages that nothing says: often a key that was renamed on one side only."""
    said = {one.key for one in spoken(written)}
    for language in written.languages.values():
        for key, laid in language.messages.items():
            if key not in said and not _is_excused(key, laid, written):
                notes.warning(laid.message.key, f"nothing says `{laid.message.key.text}`.")


def _is_excused(key: str, laid: LaidMessage, written: Written) -> bool:
    """Words of a dialog that is switched off, or that somebody replaced in a folder above, wait for its return."""
    stem = key.partition(".")[0]
    replaced = written.layers.get(stem, 0) > 0 and laid.layer == 0
    return stem in LOOSE_FILES or stem in written.operator.off or replaced
