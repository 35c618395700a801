"""Catalogs: from messages that were read and checked to the immutable catalog."""

from __future__ import annotations

from bot.compiler.content import WrittenChoice, WrittenMail, WrittenMessage
from bot.compiler.heard import Families, families_of, heard_as
from bot.compiler.overlays import Written, WrittenLanguage
from bot.compiler.phrases import WrittenCondition
from bot.compiler.texts import WrittenText
from bot.content.catalog import Catalog, ChoiceWords, Language, Mail, Template, Variant, Wording
from bot.engine.conditions import ALWAYS, Condition
from bot.engine.model import Moment


def build_catalog(written: Written) -> Catalog:
    """Build the catalog of all languages."""
    terms = _roughly(written)
    languages = {
        code: _language(code, language, terms, families_of(written, code))
        for code, language in written.languages.items()
    }
    return Catalog(languages, written.fallback, written.operator.values)


def _roughly(written: Written) -> dict[str, Template]:
    """A term ``roughly.<slot>`` tells the catalog which moments are worded by part of day."""
    declared = [written.slots, *(dialog.slots for dialog in written.dialogs.values())]
    return {
        f"roughly.{name}": Template(("yes",))
        for slots in declared
        for name, one in slots.items()
        if isinstance(one.slot.kind, Moment) and one.slot.kind.roughly
    }


def _language(code: str, language: WrittenLanguage, terms: dict[str, Template], families: Families) -> Language:
    codes: dict[str, dict[str, str]] = {}
    for (slot, value), word in language.words.codes.items():
        codes.setdefault(slot, {})[value] = word.words
    return Language(
        code=code,
        messages={key: _wording(laid.message, families) for key, laid in language.messages.items()},
        codes=codes,
        counted=language.words.counted,
        terms={**{name: term.template for name, term in language.words.terms.items()}, **terms},
    )


def _wording(message: WrittenMessage, families: Families) -> Wording:
    heard = heard_as(message.choices, families)
    return Wording(
        variants=tuple(Variant(one.text.template, condition_of(one.when)) for one in message.variants),
        choices={code: _choice(choice, heard[code]) for code, choice in message.choices.items()},
        mail=_mail(message.mail),
        preview=_template(message.preview),
    )


def _choice(choice: WrittenChoice, heard: tuple[str, ...]) -> ChoiceWords:
    return ChoiceWords(_template(choice.label), heard, _template(choice.link))


def _mail(mail: WrittenMail | None) -> Mail | None:
    return None if mail is None else Mail(mail.label.template, mail.subject.template, condition_of(mail.when))


def _template(text: WrittenText | None) -> Template | None:
    return None if text is None else text.template


def condition_of(written: WrittenCondition | None) -> Condition:
    return ALWAYS if written is None else written.condition
