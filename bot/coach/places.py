"""Places: which country somebody is in, by their time zone or by a place that they tell of."""

from __future__ import annotations

from bot.coach.phrasebook import Phrasebook
from bot.coach.rules import Row, Rules, row_of
from bot.coach.words import Words

ELSEWHERE = "ZZ"
"""The code that ISO 3166 leaves free, for a country of which nothing is known here."""

_NOWHERE = ("", "UTC", "GMT", "Factory")
"""Zones that nobody is in: none was set, or a machine set it."""


class Places:
    """The file ``places``.

    Raises:
        BadRuleError: something is missing, or a phrase cannot be read.
    """

    def __init__(self, rules: Rules) -> None:
        classes = rules.part("classes").classes()
        countries = rules.part("countries").parts()
        self._zones = {zone: code for code, part in countries.items() for zone in part.part("zones").texts()}
        self._places: dict[Row, str] = {
            row_of(name): code for code, part in countries.items() for name in part.part("places").texts()
        }
        self._codes = frozenset(countries)
        self._longest = max(map(len, self._places), default=0)
        self._visits = rules.part("visits").words()
        self._book = Phrasebook({name: rules.part(name).phrases(classes) for name in ("told", "not_told")})

    def country_of(self, zone: str, usual: str) -> str:
        """Return the country of a time zone, ``ELSEWHERE`` for one that is not in the file; empty if nobody can tell.

        A zone that is not in the file may be of the ``usual`` country where none of that country's are in it.
        """
        if zone in self._zones:
            return self._zones[zone]
        nowhere = zone in _NOWHERE or zone.startswith("Etc/")
        return ELSEWHERE if not nowhere and usual.upper() in self._codes else ""

    def named_in(self, words: Words) -> str:
        """Return the country of the first place that stands in a text, whatever is said of it."""
        return next((code for at in range(len(words)) if (code := self._named(words.lower, at))), "")

    def told_in(self, words: Words) -> str:
        """Return the country in which somebody says to be; empty when they say nothing of it."""
        if "in" not in words.lower:
            return ""
        found = self._book.find(words)
        elsewhere = found.get("not_told", ())
        told = (place for place in found.get("told", ()) if not any(place.meets(other) for other in elsewhere))
        return next((code for place in told if (code := self._named(words.lower, place.end))), "")

    def _named(self, words: list[str], at: int) -> str:
        """The country of the longest name that stands at a word, unless somebody is only there on a visit."""
        for end in range(min(at + self._longest, len(words)), at, -1):
            code = self._places.get(tuple(words[at:end]), "")
            if code:
                return "" if end < len(words) and words[end] in self._visits else code
        return ""
