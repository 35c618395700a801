"""Problems: what is wrong in a file, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from typing import Any, Literal

from bot.compiler.nodes import File, Node, Scalar

Severity = Literal["problem", "warning"]

MOST_SHOWN = 100
"""Characters of a source line that are shown around the fault."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault. Line and column count from 1; 0 means the file as a whole. ``source`` is the line itself."""

    file: str
    line: int
    column: int
    message: str
    source: str = ""
    severity: Severity = "problem"

    def __str__(self) -> str:
        """The message behind its place, then the line with a caret under the fault."""
        return self.head if not self.source.strip() else f"{self.head}\n{self._excerpt()}"

    @property
    def head(self) -> str:
        """The message behind its place, without the line itself."""
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        label = "warning: " if self.severity == "warning" else ""
        return f"{place}: {label}{self.message}"

    @property
    def is_fault(self) -> bool:
        """Whether it keeps the library from being used; a warning does not."""
        return self.severity == "problem"

    def _excerpt(self) -> str:
        start = max(0, self.column - 1 - MOST_SHOWN // 2) if len(self.source) > MOST_SHOWN else 0
        part = self.source[start : start + MOST_SHOWN].rstrip()
        shown = "".join(character if character.isprintable() else " " for character in part)
        return f"{self.line:>5} | {shown}\n{' ' * (8 + max(0, self.column - 1 - start))}^"

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class BrokenLibraryError(Exception):
    """The dialogs or their words have problems; nothing was loaded."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Notes:
    """Collects the problems of a run. ``within`` names what is being read ("state `offer`") in front of a message."""

    def __init__(self, collected: set[Problem] | None = None, context: str = "") -> None:
        self._collected = set() if collected is None else collected
        self._context = context

    def within(self, context: str) -> Notes:
        return Notes(self._collected, f"{self._context}{context}: ")

    def problem(self, node: Node, message: str, offset: int = 0) -> None:
        """Note a fault at the node, ``offset`` characters into its text."""
        self._note(node.file, node.line, node.column + _shift(node, offset), message, "problem")

    def warning(self, node: Node, message: str) -> None:
        self._note(node.file, node.line, node.column, message, "warning")

    def problem_at(self, file: File, line: int, column: int, message: str) -> None:
        """Note a fault at a place of a file that holds no node; line 0 is the file as a whole."""
        self._note(file, line, column, message, "problem")

    def warning_at(self, file: File, line: int, column: int, message: str) -> None:
        self._note(file, line, column, message, "warning")

    def _note(self, file: File, line: int, column: int, message: str, severity: Severity) -> None:
        text = f"{self._context}{message}"
        self._collected.add(Problem(file.path, line, column, text, file.line(line), severity))

    @property
    def clean(self) -> bool:
        """Whether there is no problem; warnings may be there."""
        return all(problem.severity == "warning" for problem in self._collected)

    @property
    def all(self) -> tuple[Problem, ...]:
        """Problems and warnings by file and line."""
        return tuple(sorted(self._collected))


def _shift(node: Node, offset: int) -> int:
    """Columns that an offset into a text is away from its beginning; none where the text runs over several lines."""
    if not isinstance(node, Scalar) or not offset:
        return 0
    shift = offset if node.plain else offset + 1
    end = node.column - 1 + shift - offset + len(node.text)
    return shift if node.file.line(node.line)[:end].endswith(node.text) else 0


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return ``; did you mean `x`?`` for a known name that is close, or a full stop."""
    close = closest(name, known)
    return "." if close is None else f"; did you mean `{close}`?"


def closest(name: str, known: Iterable[str]) -> str | None:
    """The known name that is most like this one, if any is."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    folded = name.casefold()[:100].replace(" ", "_").replace("-", "_")
    close = get_close_matches(folded, by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None


def listed(names: Iterable[str], last: str = "or") -> str:
    """Return names in backticks as prose: `` `a`, `b` or `c` ``."""
    ticked = [f"`{name}`" for name in names]
    if len(ticked) < 2:
        return "".join(ticked)
    return f"{', '.join(ticked[:-1])} {last} {ticked[-1]}"


def quoted(text: str) -> str:
    """Return what was typed in backticks, shortened and on one line."""
    short = " ".join(text.split())
    return f"`{short}`" if len(short) <= 60 else f"`{short[:57]}...`"
