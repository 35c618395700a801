"""What a person wrote, with the forms of it that several readers need; each form is made once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.coach.folding import plain
from bot.coach.words import Words


@dataclass(frozen=True)
class Written:
    """One cleaned text, its words, its plain form behind odd letters, and the words of that."""

    text: str

    @cached_property
    def words(self) -> Words:
        return Words.of(self.text)

    @cached_property
    def plain(self) -> str:
        return plain(self.text)

    @cached_property
    def plain_words(self) -> Words:
        return self.words if self.text.isascii() else Words.of(self.plain)
