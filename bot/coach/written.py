"""What a person wrote, with the forms of it that several readers need; each form is made once."""

from __future__ import annotations

from dataclasses import dataclass

from bot.coach.folding import plain
from bot.coach.words import Words


@dataclass(frozen=True, slots=True)
class Written:
    """One cleaned text, its words, its plain form behind odd letters, and the words of that."""

    text: str
    words: Words
    plain: str
    plain_words: Words

    @classmethod
    def of(cls, text: str) -> Written:
        words, bare = Words.of(text), plain(text)
        return cls(text, words, bare, words if text.isascii() else Words.of(bare))
