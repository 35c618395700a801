"""Review: what was found in a draft, worded for the person: what works first, then the two gravest points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.coach.blocks import Line, read_line, read_lines
from bot.coach.etiquette import GRAVITY, SPOKEN, Assessment, Finding
from bot.coach.rewriting import Rewriting
from bot.coach.rules import Rules

MOST_FINDINGS = 2
MOST_PRAISE = 2
_LONGEST_QUOTE = 5
"""Words of the person's own that are quoted back at most."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a finding matters, a gentler wording, and both as one text."""

    reason: str
    gentler: str
    text: str


@dataclass(frozen=True, slots=True)
class Review:
    praise: Mapping[str, Line]
    praise_text: Line
    reasons: Mapping[str, Line]
    insult: Line
    hints: Mapping[str, str]
    gentler: Mapping[str, Line]
    finding_text: Line
    advice_text: Line
    advice: frozenset[str]
    rewriting: Rewriting

    @classmethod
    def from_rules(cls, rules: Rules) -> Review:
        """Read the file ``review``.

        Raises:
            BadRuleError: something is missing or has the wrong shape, or a phrase cannot be read.
        """
        findings = {code: rules.part("findings", code) for code in GRAVITY}
        return cls(
            praise=read_lines(rules.part("praise")),
            praise_text=read_line(rules.part("praise_text")),
            reasons={code: read_line(part.part("reason")) for code, part in findings.items()},
            insult=read_line(rules.part("insult")),
            hints=rules.part("hints").table(),
            gentler={code: read_line(part.part("gentler")) for code, part in findings.items()},
            finding_text=read_line(rules.part("finding_text")),
            advice_text=read_line(rules.part("advice_text")),
            advice=frozenset(rules.part("advice").texts()),
            rewriting=Rewriting.from_rules(rules.part("rewriting")),
        )

    def praise_for(self, assessment: Assessment) -> str:
        """Return one sentence on what works; empty when nothing was found to praise."""
        said = [self.praise[key].say({}) for key in assessment.praise[:MOST_PRAISE]]
        words = dict(zip(("first", "second"), said, strict=False))
        text = self.praise_text.say(words)
        return text[:1].upper() + text[1:]

    def hint_for(self, assessment: Assessment) -> str:
        """Return what is worth a word although it breaks no rule; mostly empty."""
        return " ".join(self.hints[name] for name in assessment.advisories if name in self.hints)

    def explain(self, finding: Finding, text: str) -> Explanation:
        """Word one finding of a text."""
        words = {"topic": self.rewriting.topic(text[finding.start :]), "quote": _quote(finding, text)}
        reason = (self.insult if finding.insult else self.reasons[finding.code]).say(words)
        gentler = self.gentler[finding.code].say(words)
        whole = self.advice_text if finding.code in self.advice else self.finding_text
        return Explanation(reason, gentler, whole.say({"reason": reason, "gentler": gentler}))

    def findings_for(self, assessment: Assessment, text: str) -> str:
        """Return the gravest findings, a line each; empty when the draft is clean."""
        gravest = {finding.code: finding for finding in reversed(assessment.findings)}
        chosen = [gravest[code] for code in assessment.broken[:MOST_FINDINGS]]
        return "\n".join(self.explain(finding, text).text for finding in chosen)


def _quote(finding: Finding, text: str) -> str:
    """Return the words that broke the rule, when they are few enough to be read as a quotation."""
    words = text[finding.start : finding.end].replace('"', "'").split()
    return " ".join(words) if finding.code in SPOKEN and 1 < len(words) <= _LONGEST_QUOTE else ""
