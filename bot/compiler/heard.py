"""Heard: a choice that is heard as "yes" is heard as all that people say for it, which a language lists once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.compiler.content import WrittenChoice
from bot.compiler.overlays import Written
from bot.content.tokens import words_of

Families = Mapping[str, tuple[str, ...]]
"""What else is heard, by the word of ``heard_as`` that stands for it."""


def families_of(written: Written, code: str) -> Families:
    """Return a language's families over those of its base and of the fallback language."""
    families: dict[str, tuple[str, ...]] = {}
    for name in (written.fallback, code.partition("-")[0], code):
        if name in written.languages:
            families |= written.languages[name].words.heard
    return families


def heard_as(choices: Mapping[str, WrittenChoice], families: Families) -> dict[str, tuple[str, ...]]:
    """Return what each choice of one question is heard as, its own words first.

    What another choice has as its own words, or two choices would both get, is left out of the families.
    """
    own = {code: {words_of(text) for text in _own(choice)} for code, choice in choices.items()}
    lent = {code: tuple(_lent(choice, families)) for code, choice in choices.items()}
    heard: dict[str, tuple[str, ...]] = {}
    for code, choice in choices.items():
        taken = {words for other in choices if other != code for words in own[other]}
        taken |= {words_of(text) for other in choices if other != code for text in lent[other]}
        heard[code] = (*choice.heard_as, *(text for text in lent[code] if words_of(text) not in taken | own[code]))
    return heard


def _own(choice: WrittenChoice) -> Iterator[str]:
    if choice.label is not None:
        yield choice.label.node.text
    yield from choice.heard_as


def _lent(choice: WrittenChoice, families: Families) -> Iterator[str]:
    for word in _own(choice):
        yield from families.get(word.casefold(), ())
