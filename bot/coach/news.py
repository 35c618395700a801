"""News: how it came, when, at which stage, whether a call is on, and the feeling that was shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.coach.phrasebook import Found, Phrasebook, Place
from bot.coach.phrases import Classes, Phrases
from bot.coach.rules import Rules
from bot.coach.words import Words

_CALLS = {"call now": "now", "call soon": "soon", "call over": "over"}


@dataclass(frozen=True, slots=True)
class News:
    """What was said of the news; everything may be missing."""

    channel: str | None = None
    detail: str | None = None
    call: str | None = None
    stage: str | None = None
    feeling: str | None = None
    when: Place | None = None


class NewsRules:
    """The rules of `news.yaml` in one language."""

    def __init__(self, rules: Rules, shared: Classes) -> None:
        channels, times = rules.part("channels"), rules.part("times")
        classes = shared | channels.part("classes").classes()
        self._channels = _named("channel", channels.part("order"))
        self._within = {
            detail: channel for channel, part in channels.part("within").parts().items() for detail in part.texts()
        }
        self._stages = _named("stage", rules.part("stages", "order"))
        self._feelings = _named("feeling", rules.part("feelings", "order"))
        groups = {
            **_groups("channel", channels.part("found"), classes),
            **_groups("not", channels.part("not_a_channel"), classes),
            **_groups("call", rules.part("calls"), classes),
            **_groups("stage", rules.part("stages", "found"), classes),
            **_groups("not stage", rules.part("stages", "not_found"), classes),
            **_groups("feeling", rules.part("feelings", "found"), classes),
            "rang": channels.part("rang").phrases(classes),
        }
        clock = shared | times.part("classes").classes()
        groups |= {
            name: times.part(name).phrases(clock) for name in ("found", "not_a_time", "about_news", "about_other")
        }
        self._book = Phrasebook(groups)
        self._negations = channels.part("negations").single_words()
        self._ways_in = channels.part("ways_in").single_words()
        self._clause_starts = times.part("clause_starts").single_words()

    def read(self, words: Words) -> News:
        found = self._book.find(words)
        channel, detail = self._channel(found, words)
        return News(
            channel,
            detail,
            call=_first(_CALLS, found),
            stage=self._stage(found),
            feeling=_first(self._feelings, found),
            when=self._when(found, words),
        )

    def _stage(self, found: Found) -> str | None:
        """The first stage that is named and not denied."""
        return next(
            (name for group, name in self._stages.items() if group in found and f"not {group}" not in found), None
        )

    def times(self, words: Words) -> list[Place]:
        """Every phrase for a moment."""
        return self._book.find(words).get("found", [])

    def _channel(self, found: Found, words: Words) -> tuple[str | None, str | None]:
        for group, name in self._channels.items():
            if group in found and any(self._counts(place, name, found, words) for place in found[group]):
                return self._detailed(name, found)
        return None, None

    def _detailed(self, name: str, found: Found) -> tuple[str, str | None]:
        if name == "recruiter":
            return name, "rang" if "rang" in found else None
        return self._within.get(name, name), name if name in self._within else None

    def _counts(self, place: Place, name: str, found: Found, words: Words) -> bool:
        before = place.first - 1
        if (
            before >= 0
            and words.lower[before] in self._negations
            and words.lower[place.first] not in self._ways_in
            and words.starts[place.first] == words.ends[before] + 1
        ):
            return False
        return not any(place.meets(other) for other in found.get(f"not {name}", ()))

    def _when(self, found: Found, words: Words) -> Place | None:
        """The moment that stands with the news rather than with another event; a tie goes to the first."""
        best, most = None, -1.5
        for place in found.get("found", ()):
            if any(place.meets(other) for other in found.get("not_a_time", ())):
                continue
            worth = self._worth(place, found, words)
            if worth > most:
                best, most = place, worth
        return best

    def _worth(self, place: Place, found: Found, words: Words) -> float:
        clause = Place(*self._clause(place, words))
        news = any(clause.meets(other) for other in found.get("about_news", ()))
        elsewhere = any(clause.meets(other) for other in found.get("about_other", ()))
        return 2 * news - 2 * elsewhere

    def _clause(self, place: Place, words: Words) -> tuple[int, int]:
        first, end = words.sentence(place.first)
        start, stop = place.first, place.end
        while start > first and not self._parted(start, words):
            start -= 1
        while stop < end and not self._parted(stop, words):
            stop += 1
        return start, stop

    def _parted(self, at: int, words: Words) -> bool:
        """Whether a clause begins with the word: after a comma, or with a joining word."""
        return words.lower[at] in self._clause_starts or "," in words.text[words.ends[at - 1] : words.starts[at]]


def _groups(prefix: str, part: Rules, classes: Classes) -> Mapping[str, Phrases]:
    return {f"{prefix} {name}": phrases.phrases(classes) for name, phrases in part.parts().items()}


def _named(prefix: str, order: Rules) -> Mapping[str, str]:
    """Names by their groups in the book, in the order in which they count."""
    return {f"{prefix} {name}": name for name in order.texts()}


def _first(names: Mapping[str, str], found: Found) -> str | None:
    return next((name for group, name in names.items() if group in found), None)
