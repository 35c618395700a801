"""Mending: one sentence of a draft with one fault taken out, and as much of the person's own left as can stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.coach.etiquette import SPOKEN, Code, Etiquette, asks_for_something
from bot.coach.phrases import Phrases
from bot.coach.rules import Rules

FEW_WORDS = 3
"""What is left of a sentence and is shorter than this says nothing."""

_BREAK = re.compile(r"[,;:\n]+|\s[-–—]+(?=\s)")
_END = re.compile(r"[.!?…]+[)\"'”’]*\s*$")
_BLANKS = re.compile(r"[ \t]{2,}")
_BLANK_BEFORE = re.compile(r"[ \t]+([,.;:!?])")
_APART = (";", ":", "\n", "-", "–", "—")
"""What stands behind one of these says something of its own."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """What takes the place of a fault that begins in this way: ``asked`` as a question, ``told`` within a sentence.

    Both empty: the fault is left out, and what stands around it stays.
    """

    codes: frozenset[Code]
    begins: Phrases
    asked: str
    told: str


@dataclass(frozen=True, slots=True)
class Mending:
    """``instead`` is what is asked in place of a request that cannot stay, by what is wrong with it."""

    replacements: tuple[Replacement, ...]
    instead: Mapping[str, str]
    leads: Phrases
    joins: Phrases
    stands: Phrases
    along: Phrases
    hangs: Phrases
    goes_on: Phrases

    @classmethod
    def from_rules(cls, rules: Rules) -> Mending:
        """Read the part ``mending`` of the file ``review``.

        Raises:
            BadRuleError: something is missing or has the wrong shape, or a phrase cannot be read.
        """
        return cls(
            replacements=tuple(map(_read_replacement, rules.part("replacements").items())),
            instead=rules.part("instead").table(),
            leads=rules.part("leads").phrases(),
            stands=rules.part("stands").phrases(),
            hangs=rules.part("hangs").phrases(),
            along=rules.part("along").phrases(),
            joins=rules.part("joins").phrases(),
            goes_on=rules.part("goes_on").phrases(),
        )

    def replacement(self, text: str, start: int, end: int, code: Code) -> Replacement | None:
        """Return what fits a fault; none when it begins in no known way."""
        return next(
            (one for one in self.replacements if code in one.codes and begins(text[start:end], one.begins)), None
        )


def mend(text: str, start: int, end: int, code: Code, etiquette: Etiquette, mending: Mending) -> str:
    """Return a sentence without the fault between two of its places; empty when nothing of it can stay."""
    asks = asks_for_something(text, etiquette)
    begin = _in_last_clause(text, start, end)
    replacement = mending.replacement(text, begin, end, code)
    said_already = replacement is not None and bool(replacement.asked) and replacement.asked in text.lower()
    if replacement is not None and not said_already and (asks or not replacement.told):
        return _in_place(text, begin, end, replacement, mending)
    instead = mending.instead.get(code, "") if asks and not said_already else ""
    return _clauses(text, start, end, instead, etiquette, mending)


def begins(text: str, phrases: Phrases) -> bool:
    found = phrases.first(text)
    return found is not None and found[0] == 0


def without_lead(text: str, leads: Phrases) -> str:
    """Return a sentence without the words that hang it on to the one before."""
    bare = _without_beginning(text, leads)
    return text if bare == text else capital(bare.lstrip(" ,"))


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _read_replacement(rules: Rules) -> Replacement:
    codes = frozenset(code for code in SPOKEN if code in rules.part("codes").texts())
    return Replacement(codes, rules.part("begins").phrases(), *(rules.part(key).text() for key in ("asked", "told")))


def _in_last_clause(text: str, start: int, end: int) -> int:
    """Where a fault begins in the clause in which it ends: "have time, tell me the reason"."""
    for match in _BREAK.finditer(text, start, end):
        start = match.end()
    return start + len(text[start:end]) - len(text[start:end].lstrip())


def _without_beginning(text: str, phrases: Phrases) -> str:
    found = phrases.first(text)
    return text[found[1] :] if found is not None and not text[: found[0]].strip() else text


def _in_place(text: str, start: int, end: int, replacement: Replacement, mending: Mending) -> str:
    before, after = text[:start], text[end:]
    if not replacement.told:
        return tidy(before + _without_beginning(after, mending.along))
    clause = without_lead(_BREAK.split(before)[-1].strip(), mending.leads)
    words = replacement.told if clause else replacement.asked or replacement.told
    rest = _rest(after, mending)
    rest = "?" if words == replacement.asked and not rest.strip(" .") else rest
    return tidy(before + (words if before.strip() else capital(words)) + rest)


def _rest(after: str, mending: Mending) -> str:
    """What may stand behind the new words: where it was, what else is asked, or only how the sentence ends."""
    if begins(after.lstrip(), mending.goes_on):
        return after
    joined = mending.joins.first(after)
    places = [match.start() for match in (_BREAK.search(after), _END.search(after)) if match]
    return " " + after[min([*places, *(joined or ())[:1]], default=len(after)) :].lstrip()


def _clauses(text: str, start: int, end: int, instead: str, etiquette: Etiquette, mending: Mending) -> str:
    """The clauses around the fault that can stand without the one that holds it."""
    places = _places(text)
    hit = [place for place in places if place[0] < end and start < place[1]]
    if len(hit) > 1 and hit[0] == places[0]:
        del hit[0]
    before = _asking_before(text, hit[0][0], start, etiquette, mending)
    after = _standing_after(text, hit[-1], end, etiquette, mending)
    kept = _put_together(_alone(text[:before], etiquette, mending), text[after:], mending)
    asks = asks_for_something(kept, etiquette)
    if instead and not asks:
        return f"{kept} {instead}".strip()
    return kept if asks or len(kept.split()) >= FEW_WORDS or etiquette.thanks.says.found_in(kept) else ""


def _places(text: str) -> list[tuple[int, int]]:
    """Where the clauses of a sentence stand; what parts them belongs to the one behind."""
    starts = [0, *(match.start() for match in _BREAK.finditer(text))]
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def _asking_before(text: str, clause: int, start: int, etiquette: Etiquette, mending: Mending) -> int:
    """A clause with a fault goes from its beginning, or from where it stops asking for something."""
    for join, _ in mending.joins.all(text[clause:start]):
        if asks_for_something(text[clause : clause + join], etiquette):
            return clause + join
    return clause


def _standing_after(text: str, clause: tuple[int, int], end: int, etiquette: Etiquette, mending: Mending) -> int:
    joins = (end + join for join, _ in mending.joins.all(text[end:]))
    for join in joins:
        if join < clause[1] and asks_for_something(text[join : clause[1]], etiquette):
            return join
    for place, until in _places(text):
        part = text[place:until]
        bare = part.lstrip(" ,;:-–—\n")
        apart = part.lstrip(" ,")[:1] in _APART
        if place >= clause[1] and (apart or begins(bare, mending.stands) or asks_for_something(bare, etiquette)):
            return place
    return len(text)


def _alone(before: str, etiquette: Etiquette, mending: Mending) -> str:
    bare = before.strip(" ,;:-–—\n")
    return "" if begins(bare, mending.hangs) and not asks_for_something(bare, etiquette) else bare


def _put_together(before: str, after: str, mending: Mending) -> str:
    if not after:
        return tidy(before)
    if before and after.lstrip(" ,")[0] in _APART:
        return f"{tidy(before)} {_put_together('', after, mending)}"
    if not before:
        return tidy(capital(without_lead(after.lstrip(" ,;:-–—\n"), mending.leads)))
    return tidy(before + ("" if after[0] in " ,;:\n" else " ") + after)


def tidy(text: str) -> str:
    """Return a sentence without double blanks, with an end."""
    bare = _BLANKS.sub(" ", text).strip(" ,;:-–—")
    bare = _BLANK_BEFORE.sub(r"\1", bare)
    return bare if not bare or _END.search(bare) else bare + "."
