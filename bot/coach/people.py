"""People in a message: the consultant's first name and the person's own."""

from __future__ import annotations

from bot.coach.names import Spelling, Vocabulary
from bot.coach.rules import Rules


class People:
    """Where first names are said."""

    def __init__(self, rules: Rules) -> None:
        self._consultant = rules.part("consultant").phrases()
        self._me = rules.part("me").phrases()
        self._not_names = rules.part("first_names_not").words()

    def consultant(self, spelling: Spelling, vocabulary: Vocabulary, asked: bool) -> str | None:
        """Return the consultant's first name; "it's Priya" names them only when they were asked for."""
        for first, end, number in self._consultant.places(spelling.words):
            plain = self._consultant.sources[number].startswith("it's")
            weak = plain or spelling.words.lower[first] == "my"
            name = self._name(end, spelling, vocabulary, weak)
            if name and (asked or not plain):
                return name
        return None

    def own(self, spelling: Spelling, vocabulary: Vocabulary) -> str | None:
        """Return the first name that the person gives as their own."""
        for _, end, number in self._me.places(spelling.words):
            weak = number > 0
            name = self._name(end, spelling, vocabulary, weak)
            alone = end + 1 >= len(spelling.raw) or not spelling.close(end + 1) or not spelling.words.joined[end + 1]
            if name and (not weak or alone):
                return name
        return None

    def _name(self, at: int, spelling: Spelling, vocabulary: Vocabulary, needs_capital: bool) -> str | None:
        if at >= len(spelling.raw) or not spelling.words.joined[at]:
            return None
        word = spelling.words.lower[at]
        if word in self._not_names or vocabulary.ordinary(word) or not word.isalpha() or len(word) < 2:
            return None
        if needs_capital and not spelling.capital(at) and not _ends_like_a_name(at, spelling, vocabulary):
            return None
        raw = spelling.raw[at]
        return raw if spelling.capital(at) else raw.capitalize()


def _ends_like_a_name(at: int, spelling: Spelling, vocabulary: Vocabulary) -> bool:
    """Whether the part of the sentence is over with a word that is no verb: "my consultant dave, and ..."."""
    over = at + 1 >= len(spelling.raw) or not spelling.words.joined[at + 1] or not spelling.close(at + 1)
    return over and not spelling.words.lower[at].endswith(vocabulary.ordinary_endings)
