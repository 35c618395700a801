"""The same coach in random words: whatever a test finds out about it then does not hang on wording."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from bot.content.catalog import Catalog, ChoiceWords, Language, Mail, Template, Variant, Wording

_LETTERS = "bcdfghjklmnprstvwz"
_VOWELS = "aeiou"

Word = Callable[[], str]


def reworded(catalog: Catalog, seed: int) -> Catalog:
    """Replace the text of every message and label; names to be filled in, and what a choice is heard as, stay."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret: the same seed gives the same words

    def word() -> str:
        return "".join(chance.choice(_LETTERS) + chance.choice(_VOWELS) for _ in range(chance.randint(2, 4)))

    languages = {code: _language(language, word) for code, language in catalog.languages.items()}
    return replace(catalog, languages=languages)


def _language(language: Language, word: Word) -> Language:
    return replace(language, messages={key: _wording(wording, word) for key, wording in language.messages.items()})


def _wording(wording: Wording, word: Word) -> Wording:
    return replace(
        wording,
        variants=tuple(Variant(_template(variant.text, word), variant.when) for variant in wording.variants),
        choices={code: _choice(choice, word) for code, choice in wording.choices.items()},
        mail=None if wording.mail is None else _mail(wording.mail, word),
        preview=None if wording.preview is None else _template(wording.preview, word),
    )


def _choice(choice: ChoiceWords, word: Word) -> ChoiceWords:
    return choice if choice.label is None else replace(choice, label=_template(choice.label, word))


def _mail(mail: Mail, word: Word) -> Mail:
    return replace(mail, label=_template(mail.label, word), subject=_template(mail.subject, word))


def _template(template: Template, word: Word) -> Template:
    """New text around the same names; an empty piece stays empty, so that an empty message stays one."""
    pieces = (piece if nth % 2 or not piece else f"{word()} {word()} " for nth, piece in enumerate(template.pieces))
    return Template(tuple(pieces))
