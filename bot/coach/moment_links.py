"""The words around a name that more than one reader of moments looks for."""

from __future__ import annotations

from dataclasses import dataclass, fields

from bot.coach.rules import Rules


@dataclass(frozen=True, slots=True)
class Links:
    """Each holds the words that mean it: ``next`` in English is "next" alone."""

    after: frozenset[str]
    before: frozenset[str]
    next: frozenset[str]
    last: frozenset[str]
    the: frozenset[str]
    of: frozenset[str]
    week: frozenset[str]

    @classmethod
    def from_rules(cls, rules: Rules) -> Links:
        names = [field.name for field in fields(cls)]
        rules.no_more_than(names)
        return cls(**{name: rules.part(name).single_words() for name in names})
