"""Blocks: ready-made sentences, as an author wrote them, that skills put together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.coach.rules import BadRuleError, Rules

_PLACE = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence or paragraph in several forms, the fullest first; ``{company}`` is a place to fill by name."""

    forms: tuple[str, ...]

    def say(self, words: Mapping[str, str]) -> str:
        """Return the first form whose places can all be filled; empty when there is none.

        A word that is empty counts as unknown. What fills a place is never read as a place itself.
        """
        for form in self.forms:
            if all(words.get(name) for name in _PLACE.findall(form)):
                return _PLACE.sub(lambda place: words[place[1]], form)
        return ""


def read_line(rules: Rules) -> Line:
    """Read one text, or a list of texts from the fullest to the barest.

    Raises:
        BadRuleError: it is neither, or the list is empty.
    """
    if isinstance(rules.data, str):
        return Line((rules.text(),))
    forms = rules.texts()
    if not forms:
        raise BadRuleError(rules.path, "should have at least one text")
    return Line(forms)


def read_lines(rules: Rules) -> Mapping[str, Line]:
    """Read a map of lines by name.

    Raises:
        BadRuleError: it is not a map, or an entry is not a line.
    """
    return {name: read_line(part) for name, part in rules.parts().items()}
