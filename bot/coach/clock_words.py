"""The words of clock times in one language: what leads to an hour, what follows it, and the parts of an hour."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.coach.rules import Row, Rules, row_of

_HALVES = ("am", "pm")
_NOTHING = r"(?!)"
_SETS = ("leads", "hour_leads", "marks", "past", "to", "no_hours", "bounds", "denials", "spans", "ends")
"""Lists of single words, of which any may stand."""

_KEYS = (*_SETS, "halves", "hour_signs", "exact", "fractions", "alone")


@dataclass(frozen=True, slots=True)
class ClockWords:
    """``exact`` names hours; ``fractions`` and ``alone`` count minutes, before the hour when they are negative.

    ``figures`` finds ``7``, ``7h30`` or ``7pm`` as one word, ``run_together`` finds ``1430`` or ``930am``, ``signed``
    finds ``7:30 p.m.`` in a text. What they find of the half of the day is a key of ``halves``.
    """

    leads: frozenset[str]
    hour_leads: frozenset[str]
    marks: frozenset[str]
    halves: Mapping[str, str]
    half_rows: Mapping[Row, str]
    exact: Mapping[str, int]
    past: frozenset[str]
    to: frozenset[str]
    fractions: Mapping[str, int]
    alone: Mapping[str, int]
    no_hours: frozenset[str]
    bounds: frozenset[str]
    denials: frozenset[str]
    spans: frozenset[str]
    ends: frozenset[str]
    figures: re.Pattern[str]
    run_together: re.Pattern[str]
    signed: re.Pattern[str]

    @classmethod
    def from_rules(cls, rules: Rules) -> ClockWords:
        rules.no_more_than(_KEYS)
        halves = {text: part.code(_HALVES) for text, part in rules.part("halves").parts().items()}
        half, hour = _any_of(halves), _any_of(rules.part("hour_signs").texts())
        marks = _any_of(rules.part("marks").texts())
        return cls(
            **{name: rules.part(name).single_words() for name in _SETS},
            halves=halves,
            half_rows={row_of(text): code for text, code in halves.items()},
            exact=rules.part("exact").counts(0, 23),
            fractions=rules.part("fractions").counts(1, 59),
            alone=rules.part("alone").counts(-59, 59),
            figures=re.compile(rf"(\d{{1,2}})(?:{hour}(\d{{2}})?)?({half})?({marks})?\Z"),
            run_together=re.compile(rf"(\d{{1,2}})(\d{{2}})({half})?\Z"),
            signed=re.compile(rf"(?<!\d)(\d{{1,2}})\s?[:.]\s?(\d{{2}})\s?({half})?(?!\d)", re.IGNORECASE),
        )


def _any_of(texts: Iterable[str]) -> str:
    """A pattern that takes any of the texts, the longer ones first."""
    return f"(?:{'|'.join(map(re.escape, sorted(texts, key=len, reverse=True))) or _NOTHING})"
