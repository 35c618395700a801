"""Named things: which of the names in a table a text says, as whole words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.coach.rules import Rules
from bot.coach.words import Words


class Named:
    """A table of things by their names; where one name holds another, the longer one counts."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        pairs = [(_plain(name), thing) for thing, given in names.items() for name in given]
        self._pairs = sorted(pairs, key=lambda pair: -len(pair[0]))

    @classmethod
    def from_rules(cls, rules: Rules) -> Named:
        """Read a map from things to lists of names.

        Raises:
            BadRuleError: it is of another shape.
        """
        return cls({thing: part.texts() for thing, part in rules.parts().items()})

    def find(self, text: str) -> str:
        """Return the thing whose longest name stands in the text; empty when there is none."""
        said = _plain(text)
        return next((thing for name, thing in self._pairs if name in said), "")


def _plain(text: str) -> str:
    """The words with a blank around each, so that a name is only ever found whole."""
    return f" {' '.join(Words.of(text).lower)} "
