"""Content files: what the coach says, by message key, read from nodes into typed messages with their places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.compiler.keys import CHOICE, MAIL, MESSAGE, VARIANT
from bot.compiler.nodes import Mapping as MappingNode
from bot.compiler.nodes import Node, Scalar, Sequence
from bot.compiler.phrases import WrittenCondition, read_condition
from bot.compiler.problems import Notes, quoted
from bot.compiler.shapes import kind_of, read_items, read_keys, read_mapping, read_name, read_text
from bot.compiler.texts import WrittenText, read_label, read_message_text, read_template

REVIEWED_BY = "reviewed_by"
"""The key that an operator's own crisis wording needs; it is no message."""

MOST_BUTTONS = 3
"""Labelled choices of one question, links apart."""


@dataclass(frozen=True, slots=True)
class WrittenVariant:
    text: WrittenText
    when: WrittenCondition | None = None


@dataclass(frozen=True, slots=True)
class WrittenChoice:
    code: Scalar
    label: WrittenText | None = None
    heard_as: tuple[str, ...] = ()
    link: WrittenText | None = None


@dataclass(frozen=True, slots=True)
class WrittenMail:
    label: WrittenText
    subject: WrittenText
    when: WrittenCondition | None = None


@dataclass(frozen=True, slots=True)
class WrittenMessage:
    """Everything that one key says in one language."""

    key: Scalar
    variants: tuple[WrittenVariant, ...]
    choices: Mapping[str, WrittenChoice]
    mail: WrittenMail | None = None
    preview: WrittenText | None = None

    @property
    def texts(self) -> tuple[WrittenText, ...]:
        """Every template in it, the choices' too."""
        choices = [text for choice in self.choices.values() for text in (choice.label, choice.link) if text]
        mail = [self.mail.label, self.mail.subject] if self.mail else []
        return (*(variant.text for variant in self.variants), *choices, *mail)

    @property
    def conditions(self) -> tuple[WrittenCondition, ...]:
        mail = () if self.mail is None or self.mail.when is None else (self.mail.when,)
        return (*(variant.when for variant in self.variants if variant.when is not None), *mail)


def read_messages(source: MappingNode, notes: Notes) -> Mapping[str, WrittenMessage]:
    """Read a file's messages by key; one that has a problem is left out."""
    named = [(key, node) for key, node in source if key.text != REVIEWED_BY and read_name(key, "a message key", notes)]
    found = [_message(key, node, notes.within(f"message {quoted(key.text)}")) for key, node in named]
    return {message.key.text: message for message in found if message}


def _message(key: Scalar, node: Node, notes: Notes) -> WrittenMessage | None:
    if not isinstance(node, MappingNode):
        variants = _variants(node, notes)
        return WrittenMessage(key, variants, {}) if variants else None
    keys = read_keys(node, MESSAGE, "a message", notes)
    if keys is None or "text" not in keys:
        return None
    variants = _variants(keys["text"], notes)
    if not variants:
        return None
    return WrittenMessage(
        key=key,
        variants=variants,
        choices=_choices(keys["choices"], notes) if "choices" in keys else {},
        mail=_mail(keys["mail"], notes) if "mail" in keys else None,
        preview=_preview(keys["preview"], notes) if "preview" in keys else None,
    )


def _variants(node: Node, notes: Notes) -> tuple[WrittenVariant, ...]:
    if isinstance(node, MappingNode):
        notes.problem(node, f"the text should be a text or a list of variants, but is {kind_of(node)}.")
        return ()
    items = tuple(read_items(node, "the list of variants", notes)) if isinstance(node, Sequence) else (node,)
    return tuple(variant for item in items if (variant := _variant(item, notes)))


def _variant(node: Node, notes: Notes) -> WrittenVariant | None:
    if not isinstance(node, MappingNode):
        text = read_message_text(node, "the text", notes)
        return None if text is None else WrittenVariant(text)
    keys = read_keys(node, VARIANT, "a variant", notes)
    if keys is None or "text" not in keys:
        return None
    text = read_message_text(keys["text"], "the text", notes)
    when = read_condition(keys["when"], notes) if "when" in keys else None
    return None if text is None else WrittenVariant(text, when)


def _choices(node: Node, notes: Notes) -> Mapping[str, WrittenChoice]:
    choices = read_choices(node, "`choices`", notes)
    check_choices(choices, notes)
    return choices


def read_choices(node: Node, what: str, notes: Notes) -> Mapping[str, WrittenChoice]:
    """Read choices by code; whether they go together is for ``check_choices``."""
    mapping = read_mapping(node, what, notes)
    named = [(code, value) for code, value in mapping or () if read_name(code, "a choice", notes)]
    return {code.text: _choice(code, value, notes.within(f"choice {quoted(code.text)}")) for code, value in named}


def check_choices(choices: Mapping[str, WrittenChoice], notes: Notes) -> None:
    """Note too many buttons for one question, and words that are meant by two choices."""
    labelled = [choice for choice in choices.values() if choice.label is not None and choice.link is None]
    if len(labelled) > MOST_BUTTONS:
        notes.problem(
            labelled[MOST_BUTTONS].code,
            f"{len(labelled)} choices have a label; at most {MOST_BUTTONS} do, others are only `heard_as`.",
        )
    _check_words_differ(choices, notes)


def _choice(code: Scalar, node: Node, notes: Notes) -> WrittenChoice:
    if not isinstance(node, MappingNode):
        return WrittenChoice(code, read_label(node, "the label", notes))
    keys = read_keys(node, CHOICE, "a choice", notes) or {}
    if "link" in keys and "label" not in keys:
        notes.problem(keys["link"], "a link needs a `label` to press.")
    elif keys and not {"label", "heard_as"} & keys.keys():
        notes.problem(node, "a choice needs a `label`, `heard_as`, or both.")
    return WrittenChoice(
        code,
        read_label(keys["label"], "the label", notes) if "label" in keys else None,
        _heard_as(keys["heard_as"], notes) if "heard_as" in keys else (),
        read_template(keys["link"], "the link", notes) if "link" in keys else None,
    )


def _heard_as(node: Node, notes: Notes) -> tuple[str, ...]:
    items = tuple(read_items(node, "`heard_as`", notes)) if isinstance(node, Sequence) else (node,)
    texts = [text for item in items if (text := read_text(item, "each of `heard_as`", notes))]
    return tuple(text.text.strip() for text in texts)


def _check_words_differ(choices: Mapping[str, WrittenChoice], notes: Notes) -> None:
    """The same words for two choices would leave it to chance which of them is meant."""
    owners: dict[str, str] = {}
    for code, choice in choices.items():
        label = (choice.label.node.text,) if choice.label is not None else ()
        for words in {text.strip().casefold() for text in (*label, *choice.heard_as)}:
            if owners.setdefault(words, code) != code:
                notes.problem(choice.code, f"`{code}` and `{owners[words]}` are both meant by {quoted(words)}.")


def _mail(node: Node, notes: Notes) -> WrittenMail | None:
    keys = read_keys(node, MAIL, "`mail`", notes)
    if keys is None or not {"label", "subject"} <= keys.keys():
        return None
    label = read_label(keys["label"], "the label", notes)
    subject = read_template(keys["subject"], "the subject", notes)
    when = read_condition(keys["when"], notes) if "when" in keys else None
    return None if label is None or subject is None else WrittenMail(label, subject, when)


def _preview(node: Node, notes: Notes) -> WrittenText | None:
    """A preview shows on a locked screen, so nothing that a person told is put into it."""
    preview = read_template(node, "the preview", notes)
    if preview is not None and preview.template.names:
        notes.problem(preview.node, "a preview shows on locked screens; write it without places in braces.")
    return preview
