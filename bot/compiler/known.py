"""Known: which slots are surely known, and which may be known, where a dialog stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.engine.conditions import Condition


@dataclass(frozen=True, slots=True)
class Known:
    """``sure`` holds on every path to a place, ``maybe`` on at least one."""

    sure: frozenset[str] = frozenset()
    maybe: frozenset[str] = frozenset()

    def learn(self, names: Iterable[str]) -> Known:
        names = frozenset(names)
        return Known(self.sure | names, self.maybe | names)

    def suspect(self, names: Iterable[str]) -> Known:
        """The names may be known now, but need not."""
        return Known(self.sure, self.maybe | frozenset(names))

    def forget(self, names: Iterable[str]) -> Known:
        names = frozenset(names)
        return Known(self.sure - names, self.maybe - names)

    def only(self, names: Iterable[str]) -> Known:
        names = frozenset(names)
        return Known(self.sure & names, self.maybe & names)

    def meet(self, other: Known) -> Known:
        """What is known where two paths come together."""
        return Known(self.sure & other.sure, self.maybe | other.maybe)

    def given(self, condition: Condition) -> Known:
        """What is known when the condition holds."""
        return self.learn(clause.slot for clause in condition.clauses if clause.test in ("is", "is known", "has"))

    def refused(self, condition: Condition) -> Known:
        """What is known when the condition does not hold; one clause alone says something then."""
        unknown = [clause.slot for clause in condition.clauses if clause.test == "is unknown"]
        return self.learn(unknown) if len(condition.clauses) == 1 else self

    def proves(self, condition: Condition) -> bool:
        """Whether the condition surely holds, as far as being known goes."""
        return all(clause.test == "is known" and clause.slot in self.sure for clause in condition.clauses)
