"""Templates: text with named places, filled by name and by nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.content.catalog import Template

_PLACE = re.compile(r"\{\{|\}\}|\{([a-z][a-z0-9_]*)\}|[{}]")


class BadTemplateError(ValueError):
    """A template that cannot be read.

    ``position`` is the index of the offending character in the text, ``message`` a clause that fits behind "the text".
    """

    def __init__(self, position: int, message: str) -> None:
        super().__init__(message)
        self.position = position
        self.message = message


def parse_template(text: str) -> Template:
    """Read ``Dear {name},``; ``{{`` and ``}}`` are literal braces.

    Raises:
        BadTemplateError: a brace stands alone, or what stands in braces is not a name in snake_case.
    """
    pieces = [""]
    end = 0
    for match in _PLACE.finditer(text):
        pieces[-1] += text[end : match.start()]
        end = match.end()
        if match[1] is not None:
            pieces += [match[1], ""]
        elif len(match[0]) == 2:
            pieces[-1] += match[0][0]
        else:
            raise BadTemplateError(match.start(), _fault(text, match.start()))
    pieces[-1] += text[end:]
    return Template(tuple(pieces))


def _fault(text: str, position: int) -> str:
    """Say what is wrong with the brace at ``position``, and how to write it right."""
    if text[position] == "}":
        return "has a `}` that closes nothing; write `}}` for the sign itself"
    inside, closed, _ = text[position + 1 :].partition("}")
    if not closed:
        return "has a `{` that is never closed; write `{{` for the sign itself"
    return f"has `{{{inside}}}`; a place is a slot's name in small letters, like `{{company}}`"


def fill(template: Template, words: Mapping[str, str]) -> str:
    """Put the words in their places; what they contain is never read as a template.

    Raises:
        KeyError: a name of the template has no words.
    """
    return put(template, [words[name] for name in template.names])


def put(template: Template, words: Sequence[str]) -> str:
    """Put one text into each place, in order."""
    pieces = list(template.pieces)
    pieces[1::2] = words
    return "".join(pieces)
