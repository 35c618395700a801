"""Overlays: folders laid over one another, so that operators keep their own lines apart from the shipped ones.

A later folder's dialog replaces an earlier one of the same name; a later folder's slot, message key, word or rule
replaces that one entry, or adds to the end of it (`also`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.coach.parts import base_of
from bot.compiler.additions import apart, with_choices, with_codes
from bot.compiler.content import REVIEWED_BY, WrittenMessage, read_messages
from bot.compiler.dialogs import read_dialog
from bot.compiler.folders import Source
from bot.compiler.nodes import File
from bot.compiler.nodes import Mapping as MappingNode
from bot.compiler.operator import Operator, WrittenOperator, read_operator, read_operator_keys
from bot.compiler.originals import ORIGINALS, compare
from bot.compiler.problems import Notes
from bot.compiler.rules import merged
from bot.compiler.slots import shared_slots
from bot.compiler.words import WrittenWords, read_words
from bot.compiler.written import WrittenDialog, WrittenSlot

WORDS = "words"
SLOTS = "slots"
CRISIS = "crisis"


@dataclass(frozen=True, slots=True)
class LaidMessage:
    """A message with the layer that it comes from."""

    message: WrittenMessage
    layer: int


@dataclass(slots=True)
class WrittenLanguage:
    """One language's words: messages by whole key (``draft.next_step``), small words, rules files by stem."""

    messages: dict[str, LaidMessage] = field(default_factory=dict)
    words: WrittenWords = field(default_factory=WrittenWords)
    rules: dict[str, MappingNode] = field(default_factory=dict)


@dataclass(slots=True)
class Written:
    """Everything that was read, laid over one another; names are not yet looked up."""

    dialogs: dict[str, WrittenDialog] = field(default_factory=dict)
    layers: dict[str, int] = field(default_factory=dict)
    slots: dict[str, WrittenSlot] = field(default_factory=dict)
    languages: dict[str, WrittenLanguage] = field(default_factory=dict)
    operator: Operator = field(default_factory=Operator)
    operator_keys: WrittenOperator = field(default_factory=WrittenOperator)

    @property
    def fallback(self) -> str:
        return self.operator.languages[0]


def lay(sources: Iterable[Source], notes: Notes) -> Written:
    """Read all sources, earlier layers first, and lay each over what is there."""
    written = Written()
    shared_rules: dict[str, MappingNode] = {}
    # An overlay's originals are compared with what lies under it, so before its own lines are laid.
    for source in sorted(sources, key=lambda one: (one.layer, one.stem != ORIGINALS)):
        match source.group, source.language:
            case "dialogs", _:
                _lay_dialog(written, source, notes)
            case "content", "" if source.stem == "operator":
                written.operator_keys = read_operator_keys(source.node, notes).over(written.operator_keys)
            case "content", "":
                _lay_rules(shared_rules, source)
            case "content", _:
                _lay_content(_language(written, source), source, notes)
            case _:
                _lay_rules(_language(written, source).rules, source)
    written.operator = read_operator(written.operator_keys, notes)
    _lay_regions(written.languages)
    _choose_languages(written, notes)
    _lend_rules(written, shared_rules)
    return written


def _lay_regions(languages: Mapping[str, WrittenLanguage]) -> None:
    """Lay each region's language (``en-US``), which holds only what it says otherwise, over its base (``en``).

    A line that an operator wrote for the base stands above a shipped one for the region.
    """
    for code, language in languages.items():
        base = languages.get(base_of(code))
        if base is None or base is language:
            continue
        lines = {key: laid for key, laid in language.messages.items() if laid.layer >= _layer(base, key)}
        language.messages = {**base.messages, **lines}
        language.words = language.words.over(base.words)
        for stem, rules in language.rules.items():
            language.rules[stem] = merged(base.rules[stem], rules) if stem in base.rules else rules
        language.rules = {**base.rules, **language.rules}


def _layer(language: WrittenLanguage, key: str) -> int:
    return language.messages[key].layer if key in language.messages else 0


def _choose_languages(written: Written, notes: Notes) -> None:
    """Keep the languages that the operator speaks, the first one first; others may still be in the making."""
    found = written.languages
    for code in (code for code in written.operator.languages if code not in found):
        message = f"there are no words in `{code}`, one of the operator's `languages`."
        notes.problem_at(File(f"content/{code}", ""), 0, 0, message)
    spoken = set(written.operator.languages)
    for code in sorted(code for code in found if code not in spoken and base_of(code) not in spoken):
        message = f"these words are not read; `{code}` is none of the operator's `languages`."
        notes.warning_at(File(f"content/{code}", ""), 0, 0, message)
    written.languages = {code: found[code] for code in written.operator.languages if code in found}


def _lend_rules(written: Written, shared: dict[str, MappingNode]) -> None:
    """Give every language the rules that it has not: those beside the languages, the first language's."""
    own = {code: language.rules for code, language in written.languages.items()}
    first = own.get(written.fallback, {})
    for code, language in written.languages.items():
        language.rules = {**shared, **first, **own[code]}


def _language(written: Written, source: Source) -> WrittenLanguage:
    return written.languages.setdefault(source.language, WrittenLanguage())


def _lay_dialog(written: Written, source: Source, notes: Notes) -> None:
    if source.stem == SLOTS:
        own, added = apart(source.node, notes)
        written.slots.update(shared_slots(own, notes) if own.entries or not added else {})
        written.slots.update((slot.name.text, slot) for slot in with_codes(written.slots, added, notes))
        return
    dialog = read_dialog(source.node, source.stem, notes)
    if dialog is not None:
        written.dialogs[source.stem] = dialog
        written.layers[source.stem] = source.layer


def _lay_content(language: WrittenLanguage, source: Source, notes: Notes) -> None:
    if source.stem == WORDS:
        language.words = read_words(source.node, notes).over(language.words)
        return
    if source.stem == ORIGINALS:
        compare(source.node, {key: laid.message for key, laid in language.messages.items()}, notes)
        return
    if source.stem == CRISIS and source.layer > 0 and source.node.get(REVIEWED_BY) is None:
        notes.problem_at(
            source.file,
            1,
            1,
            "what is said in a crisis is overridden only with `reviewed_by: who checked it` in the file.",
        )
    own, added = apart(source.node, notes)
    under = _messages_of(language, source.stem) if added else {}
    for message in (*read_messages(own, notes).values(), *with_choices(under, added, notes)):
        language.messages[f"{source.stem}.{message.key.text}"] = LaidMessage(message, source.layer)


def _messages_of(language: WrittenLanguage, stem: str) -> Mapping[str, WrittenMessage]:
    """What a file of the name says so far, by key."""
    keys = ((key.partition("."), laid.message) for key, laid in language.messages.items())
    return {name: message for (of, _, name), message in keys if of == stem}


def _lay_rules(rules: dict[str, MappingNode], source: Source) -> None:
    under = rules.get(source.stem)
    rules[source.stem] = source.node if under is None else merged(under, source.node)
