"""Rewriting: a person's draft with only those points changed that the check found; all else stays word for word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from operator import sub

from bot.coach.blocks import Line, read_lines
from bot.coach.etiquette import MOST_WORDS, SPOKEN, Etiquette, Finding, asks_for_something, check
from bot.coach.letter import Letter, Sentence, take_apart
from bot.coach.mending import FEW_WORDS, Mending, begins, capital, mend, tidy, without_lead
from bot.coach.phrases import Phrases
from bot.coach.rules import Rules
from bot.coach.words import Words

MOST_OWN_WORDS = 60
"""How many words of a person's statements stay in a draft that is too long; thanks and requests always stay."""

_ROUNDS = 12
"""How many faults are mended one by one; after that the sentences that hold one go as a whole."""

_GAP = re.compile(r"\s*\n\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Rewriting:
    """Ready sentences for what is missing, and phrases that say what a person's own sentence does."""

    lines: Mapping[str, Line]
    mending: Mending
    greetings: Phrases
    closings: Phrases
    runs_on: Phrases
    topics: Phrases
    abouts: Phrases

    @classmethod
    def from_rules(cls, rules: Rules) -> Rewriting:
        """Read the part ``rewriting`` of the file ``review``.

        Raises:
            BadRuleError: something is missing or has the wrong shape, or a phrase cannot be read.
        """
        return cls(
            lines=read_lines(rules.part("lines")),
            mending=Mending.from_rules(rules.part("mending")),
            greetings=rules.part("greetings").phrases(),
            closings=rules.part("closings").phrases(),
            runs_on=rules.part("runs_on").phrases(),
            topics=rules.part("topics").phrases(),
            abouts=rules.part("abouts").phrases(),
        )

    def topic(self, text: str) -> str:
        """Return what the person asks about, as "in the lesson"; empty when they do not say."""
        found = self.topics.first(text)
        if found:
            return text[slice(*found)].lower()
        found = self.abouts.first(text)
        return "in " + text[slice(*found)].lower().partition(" ")[2] if found else ""

    def letter(self, text: str) -> Letter:
        return take_apart(text, self.greetings, self.closings)


def rewrite(text: str, etiquette: Etiquette, rewriting: Rewriting, words: Mapping[str, str]) -> str:
    """Return a version without what was found; a draft that passes already comes back as it is.

    Nothing is said in it that the person did not say, but for thanks and a question where these are missing.
    ``words`` fill the places of the ready sentences: ``company`` is empty when unknown.
    """
    draft = text.strip()
    if check(draft, etiquette).clean:
        return draft
    lines = {name: line.say({**words, "topic": rewriting.topic(draft)}) for name, line in rewriting.lines.items()}
    draft = _shortened(_courteous(draft, etiquette, rewriting), etiquette, rewriting)
    return _with_question(_with_thanks(draft, etiquette, rewriting, lines), etiquette, rewriting, lines)


def _courteous(draft: str, etiquette: Etiquette, rewriting: Rewriting) -> str:
    for _ in range(_ROUNDS):
        said = _said(draft, etiquette)
        if not said:
            return draft
        draft = _mended(draft, said[0], etiquette, rewriting)
    while said := _said(draft, etiquette):
        words = Words.of(draft)
        at = next(place for place, start in enumerate(words.starts) if start >= said[0].start)
        start, end = words.span(*words.sentence(at))
        draft = _cut(draft, start, end)
    return draft


def _said(draft: str, etiquette: Etiquette) -> list[Finding]:
    return [finding for finding in check(draft, etiquette).findings if finding.code in SPOKEN]


def _mended(draft: str, finding: Finding, etiquette: Etiquette, rewriting: Rewriting) -> str:
    """Return the draft without one fault; where a whole sentence goes, what runs on from it goes too."""
    sentences = rewriting.letter(draft).sentences
    at = next((at for at, one in enumerate(sentences) if one.start <= finding.start < one.end), None)
    if at is None:
        return _cut(draft, *_row(draft, finding))
    hurt = sentences[at]
    end = min(finding.end, hurt.end) - hurt.start
    better = mend(hurt.text, finding.start - hurt.start, end, finding.code, etiquette, rewriting.mending)
    if better and better not in (one.text for one in sentences):
        return draft[: hurt.start] + better + draft[hurt.end :]
    last = hurt
    for following in sentences[at + 1 :]:
        if not _runs_on(following, etiquette, rewriting):
            break
        last = following
    return _cut(draft, hurt.start, last.end)


def _runs_on(sentence: Sentence, etiquette: Etiquette, rewriting: Rewriting) -> bool:
    """Whether a sentence makes no sense without the one before, and neither asks nor thanks."""
    return (begins(sentence.text, rewriting.runs_on) or len(sentence.text.split()) < FEW_WORDS) and not _weighty(
        sentence, etiquette
    )


def _weighty(sentence: Sentence, etiquette: Etiquette) -> bool:
    """Whether the sentence asks or thanks: then it stays whatever else goes."""
    return asks_for_something(sentence.text, etiquette) or "no_thanks" not in check(sentence.text, etiquette).broken


def _row(draft: str, finding: Finding) -> tuple[int, int]:
    """The line around a fault that stands in no sentence, as in "Dear idiots,"."""
    end = draft.find("\n", finding.end)
    comma = draft.find(",", finding.end)
    ends = [place for place in (end, comma + 1) if place > 0]
    return draft.rfind("\n", 0, finding.start) + 1, min(ends, default=len(draft))


def _cut(draft: str, start: int, end: int) -> str:
    """Return the draft without a part of it; what stood apart stays apart."""
    before, after = draft[:start].rstrip(" \t"), draft[end:].lstrip(" \t.!?…")
    joined = before + ("" if not before or not after or before[-1] == "\n" or after[0] == "\n" else " ") + after
    return _GAP.sub("\n\n", joined).strip()


def _shortened(draft: str, etiquette: Etiquette, rewriting: Rewriting) -> str:
    """Return a draft that was too long with its first few statements; what asks or thanks stays."""
    if "too_long" not in check(draft, etiquette).broken:
        return draft
    statements = [
        one
        for one in rewriting.letter(draft).sentences
        if not _weighty(one, etiquette) and not begins(one.text, rewriting.closings)
    ]
    others = len(draft.split()) - sum(len(one.text.split()) for one in statements)
    room = accumulate(
        (len(one.text.split()) for one in statements), sub, initial=min(MOST_OWN_WORDS, MOST_WORDS - others)
    )
    going = [one for one, left in zip(statements, list(room)[1:], strict=True) if left < 0]
    for one in reversed(going):
        draft = _cut(draft, one.start, one.end)
    return draft


def _with_thanks(draft: str, etiquette: Etiquette, rewriting: Rewriting, lines: Mapping[str, str]) -> str:
    """Return the draft with thanks at its beginning: the person's own moved there, or ready ones."""
    missing = [one for one in check(draft, etiquette).findings if one.code in ("no_thanks", "thanks_late")]
    if not missing:
        return draft
    late = [one for one in rewriting.letter(draft).sentences if one.start <= missing[0].start < one.end]
    if missing[0].code == "thanks_late" and late:
        own = tidy(capital(without_lead(late[0].text, rewriting.mending.leads)))
        moved = _begun_with(own, _cut(draft, late[0].start, late[0].end), rewriting)
        if "thanks_late" not in check(moved, etiquette).broken:
            return moved
    return _begun_with(lines["thanks"], draft, rewriting)


def _begun_with(thanks: str, draft: str, rewriting: Rewriting) -> str:
    greeting = rewriting.letter(draft).greeting
    rest = draft.removeprefix(greeting).lstrip()
    if greeting and rest:
        rest = capital(rest)
    return "\n\n".join(part for part in (greeting, f"{thanks} {rest}".strip()) if part)


def _with_question(draft: str, etiquette: Etiquette, rewriting: Rewriting, lines: Mapping[str, str]) -> str:
    if "no_improve_ask" not in check(draft, etiquette).broken:
        return draft
    closing = rewriting.letter(draft).closing
    body = draft.removesuffix(closing).rstrip()
    return "\n\n".join(part for part in (body, lines["ask"], closing) if part)
