"""Wording: one value in words, as a piece of a sentence or of a label."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, assert_never

from bot.content.catalog import Language
from bot.content.cleaning import visible
from bot.content.moments import Manner, word_moment
from bot.content.template import fill
from bot.engine.conditions import as_code
from bot.engine.schedules import wall_time
from bot.engine.values import Value

TERMS = ("list.comma", "list.and")
"""The terms that a language must have to word a list: what stands between its items, and before its last."""


class Clock(NamedTuple):
    """When and where something is said: the moment of the turn, and the person's zone by its IANA name."""

    now: datetime
    zone: str


def word(name: str, value: Value, language: Language, clock: Clock, short: bool = False) -> str:
    """Word the value of the slot ``name``, with moments ``short`` for a label.

    The result has no control characters and is never read again.

    Raises:
        KeyError: the language lacks a term for it.
    """
    match value:
        case str():
            return _word_code(name, value, language)
        case bool():
            return _word_code(name, as_code(value), language)
        case int():
            return _word_count(name, value, language)
        case datetime():
            return _word_moment(name, value, language, clock, short)
        case tuple():
            return _word_list([_word_code(name, code, language) for code in value], language)
    assert_never(value)


def shown(text: str) -> str:
    """Return a text as it may be shown. Texts are cleaned at the door; this only catches what came another way."""
    return text if text.isprintable() or text.replace("\n", "").isprintable() else visible(text)


def _word_code(name: str, code: str, language: Language) -> str:
    """Return the words of a code, or a text as it is."""
    codes = language.codes.get(name)
    return shown(code) if codes is None else codes.get(code) or shown(code)


def _word_count(name: str, number: int, language: Language) -> str:
    counted = language.counted.get(name)
    if counted is None:
        return str(number)
    template = counted.one if number == 1 and counted.one is not None else counted.other
    return fill(template, dict.fromkeys(template.names, str(number)))


def _word_moment(name: str, moment: datetime, language: Language, clock: Clock, short: bool) -> str:
    manner: Manner = "short" if short else "exact"
    if f"roughly.{name}" in language.terms:
        manner = "roughly"
    return word_moment(wall_time(moment, clock.zone), wall_time(clock.now, clock.zone), language, manner)


def _word_list(items: Sequence[str], language: Language) -> str:
    if len(items) < 2:
        return "".join(items)
    comma, last = (fill(language.terms[name], {}) for name in TERMS)
    return comma.join(items[:-1]) + last + items[-1]
