"""Rules files as typed data; whatever is wrong in one is raised with the path to it, for an author to be shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import time
from typing import Any
from weakref import WeakSet

from bot.coach.phrases import BadPhraseError, Classes, Phrases
from bot.coach.words import Words

Path = tuple[str | int, ...]
Row = tuple[str, ...]
"""Words that stand one after the other, in small letters."""


class BadRuleError(ValueError):
    """A rules file does not say what the coach needs.

    ``path`` leads from the file's stem through keys and numbers to the fault; ``message`` reads on from "this".
    """

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(f"{'.'.join(map(str, path))}: {message}")
        self.path = path
        self.message = message


class Rules:
    """A part of a rules file that knows where it stands.

    Every method raises ``BadRuleError`` when the part is missing or of another shape. All parts of a file share
    ``read``, the phrases that were read from it and are still used somewhere.
    """

    def __init__(self, data: Any, path: Path = (), read: WeakSet[Phrases] | None = None) -> None:
        self.data = data
        self.path = path
        self._read = WeakSet[Phrases]() if read is None else read

    def part(self, *keys: str) -> Rules:
        return self if not keys else self._child(keys[0]).part(*keys[1:])

    def _child(self, key: str) -> Rules:
        here = self._mapping()
        if key not in here:
            raise BadRuleError(self.path, f"has no `{key}`")
        return Rules(here[key], (*self.path, key), self._read)

    def made_of(self, data: Any) -> Rules:
        """Other data in the place of this part, so that a fault in it is still shown here."""
        return Rules(data, self.path, self._read)

    def has(self, key: str) -> bool:
        return key in self._mapping()

    def parts(self) -> Mapping[str, Rules]:
        return {key: Rules(value, (*self.path, key), self._read) for key, value in self._mapping().items()}

    def items(self) -> Sequence[Rules]:
        if not isinstance(self.data, list | tuple):
            raise BadRuleError(self.path, "should be a list")
        return [Rules(value, (*self.path, number), self._read) for number, value in enumerate(self.data)]

    def text(self) -> str:
        if not isinstance(self.data, str | int | float) or isinstance(self.data, bool):
            raise BadRuleError(self.path, "should be a text")
        return str(self.data)

    def number(self) -> float:
        try:
            return float(self.text())
        except ValueError:
            raise BadRuleError(self.path, "should be a number") from None

    def texts(self) -> tuple[str, ...]:
        """A list of texts, or a block of them, one a line."""
        if isinstance(self.data, str):
            return tuple(line.strip() for line in self.data.splitlines() if line.strip())
        return tuple(item.text() for item in self.items())

    def words(self) -> frozenset[str]:
        """A set of words: a list, or one text with words between blanks."""
        if isinstance(self.data, str):
            return frozenset(self.data.lower().split())
        return frozenset(text.lower() for text in self.texts())

    def table(self) -> Mapping[str, str]:
        return {key: value.text() for key, value in self.parts().items()}

    def numbers(self) -> Mapping[str, int]:
        """Whole numbers by name."""
        return {key: int(value.number()) for key, value in self.parts().items()}

    def whole(self, least: int, most: int) -> int:
        number = self.number()
        if not (number.is_integer() and least <= number <= most):
            raise BadRuleError(self.path, f"should be a whole number from {least} to {most}")
        return int(number)

    def clock_time(self) -> time:
        try:
            return time.fromisoformat(self.text())
        except ValueError:
            raise BadRuleError(self.path, "should be a clock time like 10:00") from None

    def code(self, known: Collection[str]) -> str:
        if self.text() not in known:
            raise BadRuleError(self.path, f"should be one of {', '.join(known)}")
        return self.text()

    def single_words(self) -> frozenset[str]:
        """A list of words, each of which is one word where a text is parted into words."""
        return frozenset(item.single(item.text()) for item in self.items())

    def by_word(self) -> Mapping[str, Rules]:
        """Parts by single words."""
        return {part.single(word): part for word, part in self.parts().items()}

    def counts(self, least: int, most: int) -> Mapping[str, int]:
        """Whole numbers by single words."""
        return {word: part.whole(least, most) for word, part in self.by_word().items()}

    def codes(self, known: Collection[str]) -> Mapping[str, str]:
        """Codes by single words."""
        return {word: part.code(known) for word, part in self.by_word().items()}

    def rows(self) -> tuple[Row, ...]:
        """A list of texts, each as the words that it is parted into; the longest first."""
        return tuple(sorted((item.row() for item in self.items()), key=len, reverse=True))

    def row(self) -> Row:
        row = row_of(self.text())
        if not row:
            raise BadRuleError(self.path, "should be words")
        return row

    def single(self, word: str) -> str:
        """The word, which stands here; most are told to be single without being parted."""
        if not (word.isascii() and word.isalpha() and word.islower()) and row_of(word) != (word,):
            raise BadRuleError(self.path, "should be a single word in small letters")
        return word

    def no_more_than(self, keys: Collection[str]) -> None:
        """Refuse every other key."""
        for key, part in self.parts().items():
            if key not in keys:
                raise BadRuleError(part.path, f"is not used; there are {', '.join(keys)}")

    def phrases(self, classes: Classes | None = None) -> Phrases:
        """Phrases under one heading; a fault is raised with the number of the phrase."""
        sources = self.texts()
        try:
            phrases = Phrases(sources, classes)
        except BadPhraseError:
            raise self._bad_phrase(sources, classes) from None
        self._read.add(phrases)
        return phrases

    def make_ready(self) -> None:
        """Make all phrases ready that were read so far and are still used."""
        for phrases in tuple(self._read):
            phrases.make_ready()

    def _bad_phrase(self, sources: Sequence[str], classes: Classes | None) -> BadRuleError:
        for number, source in enumerate(sources):
            try:
                Phrases([source], classes)
            except BadPhraseError as fault:
                return BadRuleError((*self.path, number), str(fault))
        raise AssertionError("one of the phrases is at fault")

    def classes(self) -> Classes:
        return Classes({name: part.texts() for name, part in self.parts().items()})

    def _mapping(self) -> Mapping[str, Any]:
        if not isinstance(self.data, Mapping):
            raise BadRuleError(self.path, "should be a map")
        return self.data


def row_of(text: str) -> Row:
    """Return the words that a text is parted into."""
    return tuple(Words.of(text).lower)
