"""What the coach never says, as patterns over plain text (COACHING.md, sections 3 and 5; DESIGN.md, decision 13)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

AMERICAN = "American spelling"
"""What is wrong in British English alone."""

PATTERNS = {
    "the employer was wrong, or the person was": (
        r"(?:they|employer|company|decision|manager) (?:was|were|is|are|got it|chose) (?:wrong|unfair)\b",
        r"(?:they|employer|company|manager) made an? (?:mistake|error)\b",
        r"wrong (?:decision|choice|call)\b",
        r"their (?:loss|mistake)\b",
        r"your (?:fault|mistake|weakness\w*|failure\w*)\b",
        r"you (?:failed|messed|blew)\b",
        r"(?:because|since|as) you (?:did|were|had|lack|are|didn't|weren't)\b",
    ),
    "a promise, a prediction or a statistic": (
        r"you(?:'ll| will) (?:get|find|land|succeed|be fine|hear)\b",
        r"\bguarante\w*|\bi promise\b|\bcertainly\b|\bdefinitely\b|\bbound to\b",
        r"\bchances\b|\bodds\b|\bper cent\b|\d ?%|\bout of (?:ten|\d+)\b|\bmost people\b",
        r"(?:feedback|it|this) (?:will|always) helps?\b",
    ),
    "a label on the person": (
        r"\byou (?:lack|seem|appear)\b|\byou(?:'re| are) (?:too|not|so|an?)\b",
        r"\byou (?:need|have) more (?:confidence|experience)\b",
    ),
    "false comfort": (
        r"\bat least\b|\bhappens? for a reason\b|\bmeant to be\b|\b(?:stay|be|think) positive\b|\bpersonally\b",
        r"\bcheer up\b|\bchin up\b|\bbright side\b|\bcould be worse\b|\bdon't (?:worry|be sad|be angry|cry)\b",
        r"\bplenty of\b|\bbetter off\b|\bgood luck\b|\bkeep (?:going|smiling)\b|\bi know how you feel\b",
    ),
    "pressure": (
        r"(?<!if )(?<!nothing )\byou (?:must|should|ought to|need to|have to|had better)\b",
        r"\bhurry\b|\btoo late to\b(?<!not too late to)|\blast chance\b|\bas soon as possible\b|\basap\b",
        r"\bwe missed you\b|\bstreak\b|\bstill haven't\b|\bdon't forget\b|\bwhere have you been\b",
    ),
    "why they said no, or what the person did wrong, asked of an employer": (
        r"\bwhy (?:didn't i|did i not|i (?:was|did)|was i|you (?:chose|did|rejected))\b",
        r"\bwhat (?:did i do|i did) wrong\b|\bwhere did (?:i|it) go wrong\b|\breconsider\b",
    ),
    "diagnosis, therapy, legal or medical advice": (
        r"\bdepress\w*|\banxiety\b|\bdisorder\b|\bdiagnos\w*|\btherapy\b|\bsue\b|\billegal\b|\bmedic\w*",
    ),
    "looks, accent, or what to hide": (
        r"\b(?:hide|conceal) (?:your|a|the)\b|\baccent\b|\bhair\b|\byour (?:age|gap|disability|gender)\b",
    ),
    "privacy that nobody can promise": (
        r"\bprivate(?:ly)?\b|\bconfidential\w*|\banonymous\w*|\bnever (?:stored|kept|saved|shared)\b|\bsecret\b",
        r"\bnobody (?:else )?(?:can|will) (?:see|read)\b|\bonly you\b|\bend-to-end\b",
    ),
    "an idiom": (
        r"\bbounce back\b|\bnail(?:ed|ing)? it\b|\bsilver lining\b|\bget (?:back )?on (?:the|your) (?:horse|feet)\b",
        r"\bgame changer\b|\bhit the ground\b|\bthink outside\b|\bball (?:is )?in (?:your|their) court\b",
        r"\bfoot in the door\b|\bback to square one\b|\bopen (?:a |the )?doors?\b|\btouch base\b|\breach out\b",
        r"\bdust yourself\b|\bpiece of cake\b|\bin the same boat\b|\bdodged?\b|\brollercoaster\b|\bturn the page\b",
        r"\bstep up\b|\bwin[- ]win\b|\bheads[- ]up\b|\bfingers crossed\b|\bgive it a shot\b|\bcatch up\b|\bhang in\b",
    ),
    AMERICAN: (
        r"\b(?:fl?avor|endeavor|color|labor|honor|neighbor|humor|rumor|behavior|harbor)(?:s|ed|ing|able|ite|ful|al)?\b",
        r"\b(?!prize|seize)\w{3,}(?:iz(?:e|es|ed|ing|ation|ations)|yz(?:e|es|ed|ing))\b",
        r"\b(?:center\w*|(?:cancel|travel|label)(?:ed|ing)|gray|fulfill|enroll|skillful|judgment)\b",
        r"\b(?:to practice|practicing|practiced|defense|offense|license to|math|resume)\b",
    ),
    "shouting, jokes or pictures": (
        r"!",
        r"\b(?:ha)+ha\b|\blol\b|:-?[)(D]|;-?\)",
        r"[\u2600-\u27bf\U0001f000-\U0001faff]",
    ),
}  # fmt: skip

_COMPILED = {
    reason: [re.compile(pattern, re.IGNORECASE) for pattern in patterns] for reason, patterns in PATTERNS.items()
}


def faults(text: str, reasons: Iterable[str] = PATTERNS) -> Iterator[tuple[str, str]]:
    """Yield (what it is, the words) for everything in the text that is never said."""
    plain = text.replace("’", "'")
    for reason in reasons:
        for pattern in _COMPILED[reason]:
            yield from ((reason, match[0]) for match in pattern.finditer(plain))
