"""People in a message: the consultant's first name, whom a note greets, and the person's own."""

from __future__ import annotations

from itertools import chain

from bot.coach.names import Spelling, Vocabulary, works_there
from bot.coach.phrasebook import Place
from bot.coach.phrases import Phrases
from bot.coach.rules import Rules

_SIGNS = ("consultant", "consultant_with_capital", "consultant_if_asked")


class People:
    """Where first names are said."""

    def __init__(self, rules: Rules) -> None:
        signs = [rules.part(name).phrases().sources for name in _SIGNS]
        self._consultant = Phrases(chain(*signs))
        self._consultant.make_ready()  # no rules know of these, so nobody else would
        self._weak_from = len(signs[0])
        self._asked_from = self._weak_from + len(signs[1])
        self._contact = rules.part("contact").phrases()
        self._me = rules.part("me").phrases()
        self._not_names = rules.part("first_names_not").words()

    def consultant(self, spelling: Spelling, vocabulary: Vocabulary, asked: bool) -> str | None:
        """Return the consultant's first name; "it's Priya" names them only when they were asked for."""
        for _, end, number in self._consultant.places(spelling.words):
            name = self._name(end, spelling, vocabulary, number >= self._weak_from)
            if name and (asked or number < self._asked_from):
                return name
        return None

    def contact(self, spelling: Spelling, vocabulary: Vocabulary) -> str | None:
        """Return whom a note is to greet: "Mrs Okafor", "address it to Dana", "Dana from HR"."""
        for at in spelling.capitals:
            if spelling.words.lower[at] not in vocabulary.titles and at > 0:
                title = spelling.words.lower[at - 1] in vocabulary.titles and spelling.close(at)
                if title or works_there(Place(at, at + 1), spelling, vocabulary):
                    name = self._name(at, spelling, vocabulary, needs_capital=True)
                    if name:
                        return f"{spelling.raw[at - 1].capitalize()} {name}" if title else name
        for _, end, _ in self._contact.places(spelling.words) if spelling.capitals else ():
            name = self._name(end, spelling, vocabulary, needs_capital=True)
            if name and spelling.capital(end):
                return name
        return None

    def own(self, spelling: Spelling, vocabulary: Vocabulary) -> str | None:
        """Return the first name that the person gives as their own."""
        for first, end, number in self._me.places(spelling.words):
            weak = number > 0
            if weak and first > 0 and not spelling.capital(end):
                continue  # "make it later, im asleep"
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
