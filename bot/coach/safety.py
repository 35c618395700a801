"""Safety: does a text say that somebody may be in danger, decided by rules that can be named and explained.

Two layers. The full answer (self, other, harm, danger) is decided by explicit statements; a wider net only asks softly.
An idiom takes back the soft layer alone. What takes back an explicit statement is in its own rule (``unless``): another
meaning, a negation right before it, a time long past, or a subject of work. Denial and the past still ask softly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.coach.folding import in_own_script, joined, plain, spelt_out, unmasked
from bot.coach.leaning import Leaning
from bot.coach.near_words import NearWords
from bot.coach.phrasebook import Found, Phrasebook, Place
from bot.coach.rules import BadRuleError, Rules
from bot.coach.words import WORD, Words
from bot.coach.written import Written
from bot.engine.events import Safety

_ORDER: tuple[Safety, ...] = ("self", "danger", "other", "harm", "soft")
LEANING = "leaning"
"""The rule of a text that only leans, by the weights of its words."""

_DENIED = ", denied"
_REACH = 3
"""How many words before a statement a negation may stand."""

_LONGEST_CHOPPED = 8
"""Words of a text that is read over its full stops too: "ok. bye. forever.", or "I. want. to. die." """


@dataclass(frozen=True, slots=True)
class Decision:
    """Who is at risk and the name of the rule that says so; ``denied`` says that all the text does is to deny it."""

    safety: Safety
    rule: str
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    answer: Safety
    denied: bool
    bare: bool


class SafetyRules:
    """The rules of one language, ready to decide.

    Raises:
        BadRuleError: a rule has another answer than the five, or a phrase cannot be read.
    """

    def __init__(self, rules: Rules, tongues: Rules, leaning: Rules) -> None:
        classes = rules.part("classes").classes()
        parts = rules.part("rules").parts()
        self._rules = [_rule(name, part) for name, part in parts.items()]
        groups = {name: part.part("phrases").phrases(classes) for name, part in parts.items()}
        groups |= {
            f"{name} unless": part.part("unless").phrases(classes) for name, part in parts.items() if part.has("unless")
        }
        groups |= {name: rules.part(name).phrases(classes) for name in ("idioms", "work")}
        shared = rules.part("classes")
        times = ("long_past", "still_now", "over_it")
        groups |= {name: shared.made_of([f"<{name}>"]).phrases(classes) for name in times}
        self._book = Phrasebook(groups)
        self._negations = rules.part("negations").words()
        self._no_denial = rules.part("no_denial").words()
        self._masked = rules.part("masked").table()
        self._spellings = rules.part("spellings").table()
        self._unpointed = rules.part("unpointed").table()
        self._nearly = NearWords(rules.part("nearly").words())
        self._spelt_out = rules.part("spelt_out").texts()
        self._run_together = rules.part("run_together").texts()
        self._tongues = Tongues(tongues)
        self._leaning = Leaning(leaning)

    def decide(self, written: Written) -> Decision | None:
        """Return the gravest decision over the text as written and the plain forms behind it."""
        written = self._pointed(written)
        letters = spelt_out(written.plain)
        forms = (*self._forms(written, letters), *_in_one(written.words))
        decisions = [found for words in forms if (found := self._decide(words))]
        if self._hidden(written.plain, letters):
            decisions.append(Decision("self", "hidden_letters"))
        tongue = self._tongues.found_in(written)
        if tongue:
            decisions.append(Decision("self", tongue))
        if not decisions and self._leaning.found_in(written.plain_words):
            return Decision("soft", LEANING)
        return min(decisions, key=lambda decision: _ORDER.index(decision.safety), default=None)

    def _pointed(self, written: Written) -> Written:
        """The text with the apostrophes that were left out."""
        known = self._unpointed
        if known.keys().isdisjoint(written.words.lower):
            return written
        return Written.of(WORD.sub(lambda word: known.get(word[0].lower(), word[0]), written.text))

    def _forms(self, written: Written, letters: str) -> Iterator[Words]:
        """The text itself, and its plain form where that differs."""
        yield written.words
        plain = joined(written.plain) if letters else written.plain
        folded = unmasked(plain, self._masked).replace("_", " ")
        words = written.plain_words if folded == written.plain else Words.of(folded)
        known = self._spellings
        respelt = self._nearly.corrected([known.get(word, word) for word in words.lower])
        if respelt != written.words.lower:
            yield words.with_lower(respelt)

    def _hidden(self, folded: str, letters: str) -> bool:
        """Whether it is written without blanks, or letter by letter."""
        if any(run in word for word in folded.split() if len(word) > 8 for run in self._run_together):
            return True
        return any(run in letters for run in (*self._spelt_out, *self._run_together)) if letters else False

    def _decide(self, words: Words) -> Decision | None:
        found = self._book.find(words)
        raised: dict[Safety, list[tuple[str, Place]]] = {}
        for rule in self._rules:
            for place in found.get(rule.name, ()):
                answer, why = self._weighed(rule, place, words, found)
                if answer:
                    raised.setdefault(answer, []).append((why, place))
        if "other" in raised and "self" in raised and _covered(raised["self"], raised["other"], words):
            del raised["self"]
        return next((_decision(answer, raised[answer]) for answer in _ORDER if answer in raised), None)

    def _weighed(self, rule: Rule, place: Place, words: Words, found: Found) -> tuple[Safety | None, str]:
        """What a place of a rule is worth after everything that may take it back."""
        if _met(place, found, f"{rule.name} unless") or (rule.bare and _met(place, found, "work")):
            return None, rule.name
        if rule.answer == "soft":
            return (None if _met(place, found, "idioms") else "soft"), rule.name
        if rule.denied and self._negated(place, words):
            return "soft", f"{rule.name}{_DENIED}"
        if _long_past(place, words, found):
            return ("soft" if rule.answer == "self" else None), f"{rule.name}, long past"
        return rule.answer, rule.name

    def _negated(self, place: Place, words: Words) -> bool:
        """Whether one of the few words before denies it, and not something else by what follows the negation."""
        first = max(words.sentence(place.first)[0], place.first - _REACH)
        if "why" in words.lower[max(0, first - 1) : place.first]:
            return False
        following = (words.lower[at + 1] for at in range(first, place.first))
        negations = zip(words.lower[first : place.first], following, strict=True)
        return any(word in self._negations and then not in self._no_denial for word, then in negations)


class Tongues:
    """The wish to die in other languages, by the name of the group."""

    def __init__(self, rules: Rules) -> None:
        parts = rules.parts()
        worded = {name: part.part("words") for name, part in parts.items() if part.has("words")}
        folded = {name: part.made_of([plain(text) for text in part.texts()]) for name, part in worded.items()}
        self._book = Phrasebook({name: part.phrases() for name, part in folded.items()})
        self._within = {
            name: tuple(map(in_own_script, part.part("within").texts()))
            for name, part in parts.items()
            if part.has("within")
        }

    def found_in(self, written: Written) -> str | None:
        """Return the group that the plain form of a text meets, if one."""
        return self._found_within(written.text) or next(iter(self._book.find(written.plain_words)), None)

    def _found_within(self, text: str) -> str | None:
        """The group of a piece in its own script, which may stand in a text that is mostly in another."""
        if text.isascii():
            return None
        shown = " ".join(in_own_script(text).split())
        return next((name for name, texts in self._within.items() if any(one in shown for one in texts)), None)


def _in_one(words: Words) -> Iterator[Words]:
    """A few words that full stops part, as one sentence."""
    if len(words) <= _LONGEST_CHOPPED and not all(words.joined[1:]):
        yield words.as_one_sentence()


def _rule(name: str, part: Rules) -> Rule:
    answer = part.part("answer").text()
    for safety in _ORDER:
        if answer == safety:
            flags = part.part("checks").words() if part.has("checks") else frozenset()
            return Rule(name, safety, denied="denial" in flags, bare="work" in flags)
    raise BadRuleError((*part.path, "answer"), f"should be one of {', '.join(_ORDER)}")


def _decision(answer: Safety, reasons: Sequence[tuple[str, Place]]) -> Decision:
    return Decision(answer, reasons[0][0], denied=all(why.endswith(_DENIED) for why, _ in reasons))


def _met(place: Place, found: Mapping[str, list[Place]], group: str) -> bool:
    return any(place.meets(other) for other in found.get(group, ()))


def _long_past(place: Place, words: Words, found: Found) -> bool:
    """Whether the sentence speaks of a time long past and of nothing that is still so."""
    sentence = Place(*words.sentence(place.first))
    if not _met(sentence, found, "long_past"):
        return False
    return _met(sentence, found, "over_it") or not _met(sentence, found, "still_now")


def _covered(own: Sequence[tuple[str, Place]], others: Sequence[tuple[str, Place]], words: Words) -> bool:
    """Whether whatever seems said of oneself stands in a sentence, or right after one, about somebody else."""
    sentences = [words.sentence(place.first) for _, place in others]
    return all(any(first <= place.first < end for first, end in sentences) for _, place in own)
