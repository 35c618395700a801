"""Plans: for each area a first act, an if-then and a smaller act, and the card that holds what was planned."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.coach.rules import Rules


@dataclass(frozen=True, slots=True)
class Step:
    """What to do first in one area, in ten to twenty minutes; ``smaller`` takes five."""

    act: str
    if_then: str
    smaller: str


@dataclass(frozen=True, slots=True)
class Plans:
    """The block ``plans`` of a language; the easiest area stands first in ``steps``."""

    steps: Mapping[str, Step]
    card_lines: Mapping[str, str]

    @classmethod
    def from_rules(cls, rules: Rules) -> Plans:
        """Read the file ``plans``.

        Raises:
            BadRuleError: something is missing or has the wrong shape.
        """
        steps = {
            area: Step(*(part.part(name).text() for name in ("act", "if_then", "smaller")))
            for area, part in rules.part("areas").parts().items()
        }
        return cls(steps, rules.part("card").table())

    def easiest(self, named: Collection[str]) -> str:
        """Return the easiest of the areas named by an employer; empty when there is none to work on."""
        return next((area for area in self.steps if area in named), "")

    def card(self, act: str, when: str, if_then: str, helper: str) -> str:
        """Return what was planned, line by line; what is empty has no line."""
        said = {"act": act, "when": when, "if_then": if_then, "helper": helper}
        return "\n".join(line.format_map(said) for name, line in self.card_lines.items() if said[name])
