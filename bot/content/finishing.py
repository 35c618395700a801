"""Finishing: words for the dialogs of an older library, in today's wording wherever it fits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.content.catalog import Catalog, Language, Template, Wording


def finishing(newest: Catalog, old: Catalog) -> Catalog:
    """Today's words where they name nothing else and offer the same choices, the old ones elsewhere."""
    languages = {code: _blended(newest.languages.get(code), language) for code, language in old.languages.items()}
    return replace(newest, languages={**newest.languages, **languages})


def _blended(newest: Language | None, old: Language) -> Language:
    if newest is None:
        return old
    kept = {key: wording for key, wording in old.messages.items() if not _fits(newest.messages.get(key), wording)}
    codes = {slot: {**words, **newest.codes.get(slot, {})} for slot, words in old.codes.items()}
    return replace(
        newest,
        messages={**newest.messages, **kept},
        codes={**newest.codes, **codes},
        counted={**old.counted, **newest.counted},
        terms={**old.terms, **newest.terms},
    )


def _fits(today: Wording | None, old: Wording) -> bool:
    return today is not None and today.choices.keys() == old.choices.keys() and _names(today) <= _names(old)


def _names(wording: Wording) -> set[str]:
    """All that must be known for the wording to be complete; an old dialog passes what its own words needed."""
    named = {name for template in _templates(wording) for name in template.names}
    whens = [variant.when for variant in wording.variants] + ([] if wording.mail is None else [wording.mail.when])
    return named | {clause.slot for when in whens for clause in when.clauses}


def _templates(wording: Wording) -> Iterable[Template]:
    yield from (variant.text for variant in wording.variants)
    for choice in wording.choices.values():
        yield from (template for template in (choice.label, choice.link) if template is not None)
    if wording.mail is not None:
        yield from (wording.mail.label, wording.mail.subject)
    if wording.preview is not None:
        yield wording.preview
