"""Drafting: a request for feedback that is ready to send, from what is known and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.coach.blocks import Line, read_line, read_lines
from bot.coach.capitals import Capitals
from bot.coach.rules import Rules
from bot.engine.values import Values

Versions = Mapping[str, tuple[Line, ...]]
"""By tone; the first version is the plain one."""

_CLOSINGS = ("hello", "dear", "thanks_again", "kind_thanks", "warm_thanks", "regards")
_ENOUGH = 2
_INTERVIEWED = ("interview", "final", "offer")


@dataclass(frozen=True, slots=True)
class Letters:
    """The blocks of a language that requests are made of."""

    capitals: Capitals
    chance: Mapping[str, Line]
    how_far: Mapping[str, tuple[str, ...]]
    first: Mapping[str, Versions]
    letters: Mapping[str, Versions]
    closings: Mapping[str, Line]

    @classmethod
    def from_rules(cls, rules: Rules) -> Letters:
        """Read the files ``drafts`` and ``capitals``.

        Raises:
            BadRuleError: something is missing or has the wrong shape.
        """
        capitals = rules.part("capitals")
        rules = rules.part("drafts")
        return cls(
            capitals=Capitals.from_rules(capitals, rules.part("abbreviations").texts()),
            chance=read_lines(rules.part("chance")),
            how_far={stage: forms.texts() for stage, forms in rules.part("how_far").parts().items()},
            first=_versions_by_way(rules.part("first")),
            letters=_versions_by_way(rules.part("letters")),
            closings={name: read_line(rules.part(name)) for name in _CLOSINGS},
        )


_SHORT = "short"
"""The form of a letter for whoever wants it shorter; with the way behind it, that of one way alone."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a draft sounds: ``warm`` or ``formal``, and which version of it."""

    tone: str = "warm"
    version: int = 0


def style_for(known: Values) -> Style:
    """Return the style asked for: asking twice for "warmer" goes one version on."""
    tone, version = str(known.get("tone", "warm")), known.get("variant", 0)
    assert isinstance(version, int), "a number slot holds a whole number"
    if known.get("change") == "warmer":
        return Style("warm", version + 1 if tone == "warm" else 1)
    if known.get("change") == "more_formal":
        return Style("formal", version + 1 if tone == "formal" else 0)
    return Style(tone, version)


def write_request(known: Values, style: Style, name: str, letters: Letters) -> str:
    """Return the whole request, signed with the first name in ``first_name`` or ``name`` if there is one."""
    way = _way(known, letters)
    words = wording(known, name, letters.capitals)
    words["chance"] = _chance(known, letters).say(words) + _how_far(known, style, letters)
    words["first"] = _version(letters.first[way], style).say(words)
    words |= {closing: line.say(words) for closing, line in letters.closings.items()}
    forms = (f"{_SHORT}_{way}", _SHORT) if known.get("change") == "shorter" else (way, "usual")
    return _version(next(letters.letters[form] for form in forms if form in letters.letters), style).say(words)


def wording(known: Values, name: str, capitals: Capitals) -> dict[str, str]:
    """Return the words for the places of any block: names with capitals, the role so that it fits after "the".

    Whoever is named where the news came from the employer itself is somebody there, and no consultant.
    """
    apart = known.get("news_channel", "recruiter") == "recruiter"
    said = {slot: str(known.get(slot, "")) for slot in ("company", "role", "contact", "consultant", "first_name")}
    return {
        "company": capitals.name(said["company"]),
        "role": capitals.role(said["role"]),
        "contact": capitals.person(said["contact"] or ("" if apart else said["consultant"])),
        "consultant": first_word(capitals.person(said["consultant"])) if apart else "",
        "first_name": first_word(capitals.person(said["first_name"] or name)),
    }


def first_word(text: str) -> str:
    return text.partition(" ")[0]


def interviewed(known: Values) -> bool:
    """Whether it is known that there was an interview."""
    return known.get("stage") in _INTERVIEWED


def _way(known: Values, letters: Letters) -> str:
    """How the news came, as far as there are words for it: its detail, otherwise its channel."""
    for slot in ("news_detail", "news_channel"):
        if known.get(slot) in letters.first:
            return str(known[slot])
    return "other"


def _chance(known: Values, letters: Letters) -> Line:
    stage = "interview" if interviewed(known) else str(known.get("stage"))
    return letters.chance.get(stage, letters.chance["unknown"])


def _how_far(known: Values, style: Style, letters: Letters) -> str:
    versions = letters.how_far.get(str(known.get("stage")))
    return versions[min(style.version, len(versions) - 1)] if versions else ""


def _version(versions: Versions, style: Style) -> Line:
    """The style's version; after the last one all but the plain first one come round again, if there are enough."""
    lines = versions.get(style.tone) or versions["warm"]
    if style.version < len(lines):
        return lines[style.version]
    again = lines[1:] if len(lines) > _ENOUGH else lines
    return again[(style.version - len(lines)) % len(again)]


def _versions_by_way(rules: Rules) -> Mapping[str, Versions]:
    return {
        way: {tone: tuple(read_line(line) for line in lines.items()) for tone, lines in tones.parts().items()}
        for way, tones in rules.parts().items()
    }
