"""Crisis replies: what somebody answers who was asked about danger, as that a friend is there or that it was a joke."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.coach.phrasebook import Found, Phrasebook
from bot.coach.rules import Rules
from bot.coach.safety import LEANING, Decision
from bot.coach.words import Words
from bot.coach.written import Written
from bot.engine.values import Value

_IN_CRISIS = frozenset({"near", "soft_reply", "more"})
"""What the dialog ``crisis`` asks for: a text there is read for what it answers."""

_UNLESS = " unless"
_SHORT = 8
"""The most words of a text that is nothing but thanks."""


@dataclass(frozen=True, slots=True)
class Reply:
    """``calm`` is no answer beside a new sign of danger, ``first`` only begins a text, ``short`` is all there is."""

    name: str
    calm: bool
    first: bool
    short: bool


class CrisisReplies:
    """The file ``crisis_replies``.

    Raises:
        BadRuleError: something is missing, or a phrase cannot be read.
    """

    def __init__(self, rules: Rules) -> None:
        classes = rules.part("classes").classes()
        parts = rules.part("replies").parts()
        self._replies = [_reply(name, part) for name, part in parts.items()]
        groups = {name: part.part("phrases").phrases(classes) for name, part in parts.items()}
        groups |= {
            f"{name}{_UNLESS}": part.part("unless").phrases(classes)
            for name, part in parts.items()
            if part.has("unless")
        }
        self._book = Phrasebook(groups)

    def read(self, words: Words, in_danger: bool) -> tuple[str, ...]:
        """Return all that a text answers; ``in_danger`` says that it has a sign of danger in it besides."""
        return tuple(self._read(self._book.find(words), len(words), in_danger))

    def _read(self, found: Found, length: int, in_danger: bool) -> Iterator[str]:
        for reply in self._replies:
            places = found.get(reply.name)
            if places is None or f"{reply.name}{_UNLESS}" in found:
                continue
            if (reply.calm and in_danger) or (reply.short and length > _SHORT) or (reply.first and places[0].first > 0):
                continue
            yield reply.name


def slots_about_danger(
    written: Written, decision: Decision | None, asking: str | None, replies: CrisisReplies
) -> dict[str, Value]:
    """What a text says about danger beside the decision: that there is none, and in a crisis what it answers."""
    denied = decision is not None and decision.denied
    slots: dict[str, Value] = {"denies_danger": True} if denied else {}
    if asking in _IN_CRISIS:
        signed = decision is not None and not denied and decision.rule != LEANING
        said = replies.read(written.words, in_danger=signed)
        slots |= {"crisis_reply": said} if said else {}
    return slots


def _reply(name: str, part: Rules) -> Reply:
    checks = part.part("checks").words() if part.has("checks") else frozenset()
    return Reply(name, calm="calm" in checks, first="first" in checks, short="short" in checks)
