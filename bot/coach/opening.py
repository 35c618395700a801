"""An opening: everything that one free message says, read at once."""

from __future__ import annotations

from dataclasses import dataclass

from bot.coach.employer import find_employer, names_several
from bot.coach.intents import IntentRules, Verdict
from bot.coach.names import Spelling, Vocabulary
from bot.coach.near_words import NearWords
from bot.coach.news import News, NewsRules
from bot.coach.people import People
from bot.coach.phrasebook import Phrasebook, Place
from bot.coach.role import find_role
from bot.coach.words import Words

MOST_WORDS = 300
"""Words of a message that are read for its sense; safety reads all of it."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What was understood, with the places in the words that it rests on."""

    spelling: Spelling
    verdict: Verdict
    several: bool
    news: News
    employer: Place | None
    role: Place | None
    contact: str | None
    consultant: str | None
    first_name: str | None

    def text(self, place: Place | None) -> str | None:
        return self.spelling.text(place) if place else None


@dataclass(frozen=True, slots=True)
class Names:
    """Names as they are written."""

    employer: str | None
    role: str | None


@dataclass(frozen=True, slots=True)
class OpeningRules:
    """Everything that reading an opening needs."""

    intents: IntentRules
    news: NewsRules
    vocabulary: Vocabulary
    triggers: Phrasebook
    people: People
    near: NearWords

    def read(self, words: Words, asking: str | None = None) -> Opening:
        words = words.at_most(MOST_WORDS)
        words = words.with_lower(self.near.corrected(words.lower))
        spelling = Spelling(words)
        employer = find_employer(spelling, self.vocabulary, self.triggers)
        role = find_role(spelling, self.vocabulary, employer)
        news = self.news.read(words)
        named = {"names_job": employer or role, "names_channel": news.channel, "names_when": news.when}
        verdict = self.intents.judge(words, [sign for sign, value in named.items() if value])
        listed = employer is not None and names_several(spelling, self.vocabulary, employer)
        return Opening(
            spelling,
            verdict=verdict,
            several=listed or "several" in verdict.found,
            news=news,
            employer=employer,
            role=role,
            contact=self.people.contact(spelling, self.vocabulary),
            consultant=self.people.consultant(spelling, self.vocabulary, asking == "consultant"),
            first_name=self.people.own(spelling, self.vocabulary),
        )

    def names(self, words: Words) -> Names:
        """Return the employer and the role that a letter names."""
        words = words.at_most(MOST_WORDS)
        spelling = Spelling(words)
        employer = find_employer(spelling, self.vocabulary, self.triggers)
        role = find_role(spelling, self.vocabulary, employer)
        return Names(*(spelling.text(place) if place else None for place in (employer, role)))

    def rejects(self, words: Words) -> bool:
        """Whether a letter says no."""
        return not {"rejected", "formula"}.isdisjoint(self.intents.judge(words).found)

    def kind_of(self, name: str) -> str | None:
        """Which slot a bare name would fill: the role if it ends like a title, the company if no word is known."""
        lower = Words.of(name).lower
        if lower and self.vocabulary.is_role_head(lower[-1]):
            return "role"
        return "company" if lower and not any(map(self.vocabulary.ordinary, lower)) else None
