"""Names: the employer, the job and the people in a message, told apart by where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_letters, ascii_lowercase

from bot.coach.phrasebook import Place
from bot.coach.rules import Rules
from bot.coach.words import Words


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Sets of words that names are told apart by; ``employer_leads`` say how surely an employer follows."""

    common: frozenset[str]
    not_employers: frozenset[str]
    agencies: frozenset[str]
    employer_endings: frozenset[str]
    employer_verbs: frozenset[str]
    role_heads: frozenset[str]
    role_things: frozenset[str]
    role_modifiers: frozenset[str]
    role_nouns: frozenset[str]
    not_roles: frozenset[str]
    news_people: frozenset[str]
    calendar: frozenset[str]
    after_a_name: frozenset[str]
    belongings: frozenset[str]
    linked_heads: frozenset[str]
    process_nouns: frozenset[str]
    turned: frozenset[str]
    persons: frozenset[str]
    titles: frozenset[str]
    departments: frozenset[str]
    before_a_person: frozenset[str]
    the: frozenset[str]
    joiners: frozenset[str]
    sure_leads: frozenset[str]
    no_name_before: frozenset[str]
    agency_leads: frozenset[str]
    agents: frozenset[str]
    articles: frozenset[str]
    a_or_an: frozenset[str]
    of: frozenset[str]
    of_or_as: frozenset[str]
    as_a: frozenset[str]
    to_be: frozenset[str]
    becoming: frozenset[str]
    title_links: frozenset[str]
    before_an_employer: frozenset[str]
    at_an_employer: frozenset[str]
    before_somebody: frozenset[str]
    before_somebody_known: frozenset[str]
    after_somebody: frozenset[str]
    hiring: frozenset[str]
    no_title_alone: frozenset[str]
    employer_leads: Mapping[str, float]
    role_suffixes: tuple[str, ...]
    past_endings: tuple[str, ...]
    ordinary_endings: tuple[str, ...]

    @classmethod
    def from_rules(cls, rules: Rules) -> Vocabulary:
        suffixes, past, ordinary = (tuple(rules.part(name).words()) for name in _ENDINGS)
        sets = {name: rules.part(name).words() for name in cls.__slots__ if name not in (*_ENDINGS, _WEIGHTED)}
        leads = {word: part.number() for word, part in rules.part(_WEIGHTED).by_word().items()}
        return cls(**sets, employer_leads=leads, role_suffixes=suffixes, past_endings=past, ordinary_endings=ordinary)

    def is_role_head(self, word: str) -> bool:
        """Whether a job title can end in the word."""
        if word in self.role_heads:
            return True
        return len(word) > 6 and word not in self.common and word.endswith(self.role_suffixes)

    def ordinary(self, word: str) -> bool:
        return word in self.common or word in self.role_heads or word in self.not_employers or word.isdigit()


_ENDINGS = ("role_suffixes", "past_endings", "ordinary_endings")
_WEIGHTED = "employer_leads"
_SOON = 4
"""Words behind somebody within which a name between commas is theirs: "the HR lady at Acme, Dana, rang"."""

_SMALL = ascii_lowercase.encode()
_LETTERS = ascii_letters.encode()
_OPENS = ",.!?;:(\n-–—"
_CLOSES = ",.!?;:)\n-–—"


@dataclass(frozen=True, slots=True)
class Around:
    """The two words before a place, the nearest first, and the word after it; empty at the end of a sentence."""

    before: str
    earlier: str
    after: str


class Spelling:
    """The words of a text with their capitals."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.raw = [words.text[start:end] for start, end in zip(words.starts, words.ends, strict=True)]
        self.shouted = _shouted(words.text)
        small = map(str.islower, self.raw)
        self.capitals = () if self.shouted else tuple(at for at, low in enumerate(small) if not low and self._named(at))

    def capital(self, at: int) -> bool:
        """Whether the word is written as a name: a capital anywhere, in a text that is not all in capitals."""
        return at in self.capitals

    def _named(self, at: int) -> bool:
        return any(map(str.isupper, self.raw[at]))

    def close(self, at: int) -> bool:
        """Whether the word follows the one before with only blanks, a hyphen or the dot of an abbreviation between."""
        between = self.words.text[self.words.ends[at - 1] : self.words.starts[at]] if at else "|"
        return between.strip(" -&/") in ("", ".") and (between != ". " or len(self.raw[at - 1]) <= 2)

    def text(self, place: Place) -> str:
        start, end = self.words.span(place.first, place.end)
        return self.words.text[start:end]

    def around(self, place: Place) -> Around:
        """Return the words of the same sentence right around a place; empty where there is none."""
        first, end, lower = place.first, place.end, self.words.lower
        before = [lower[at - 1] if at > 0 and self.words.joined[at] else "" for at in (first, first - 1)]
        after = lower[end] if end < len(self.words) and self.words.joined[end] else ""
        return Around(before[0], before[1] if before[0] else "", after)

    def stands_alone(self, place: Place) -> bool:
        """Whether a place stands between commas, brackets, dashes or ends of sentences."""
        start, end = self.words.span(place.first, place.end)
        before, after = self.words.text[:start].rstrip(), self.words.text[end:].lstrip()
        return (not before or before[-1] in _OPENS) and (not after or after[0] in _CLOSES)


def is_somebody(place: Place, spelling: Spelling, vocabulary: Vocabulary) -> bool:
    """Whether a name is a person's: "my boss Dana", "a candidate called Dana", "Dana from finance"."""
    around = spelling.around(place)
    if around.before in vocabulary.persons:
        return True
    if around.before in vocabulary.before_a_person and around.earlier in vocabulary.persons:
        return True
    return works_there(place, spelling, vocabulary)


def works_there(place: Place, spelling: Spelling, vocabulary: Vocabulary) -> bool:
    """Whether a name is somebody's at the employer's: "Dana from HR", "the HR lady at Acme, Dana, rang"."""
    return _comes_from_a_department(place, spelling, vocabulary) or _is_set_off(place, spelling, vocabulary)


def _is_set_off(place: Place, spelling: Spelling, vocabulary: Vocabulary) -> bool:
    """Whether a name stands between commas soon after somebody."""
    words = spelling.words
    before = words.lower[max(words.sentence(place.first)[0], place.first - _SOON) : place.first]
    return spelling.stands_alone(place) and not vocabulary.persons.isdisjoint(before)


def _comes_from_a_department(place: Place, spelling: Spelling, vocabulary: Vocabulary) -> bool:
    """Whether a department of the employer follows a name."""
    after = spelling.words.lower[place.end + 1 : place.end + 2]
    return spelling.around(place).after in vocabulary.agency_leads and not vocabulary.departments.isdisjoint(after)


def _shouted(text: str) -> bool:
    """Whether nearly all of the letters are capitals, in more than a word or two."""
    if text.isascii():  # counting bytes takes a tenth of the time
        others = text.encode()
        letters = len(others) - len(others.translate(None, _LETTERS))
        small = len(others) - len(others.translate(None, _SMALL))
    else:
        letters, small = sum(map(str.isalpha, text)), sum(letter.isalpha() and letter.islower() for letter in text)
    return letters > 12 and small * 4 < letters
