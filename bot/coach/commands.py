"""Commands: a few words that move the chat itself."""

from __future__ import annotations

from bot.coach.exact_phrases import ExactPhrases
from bot.coach.rules import BadRuleError, Rules
from bot.coach.words import Words
from bot.coach.written import Written
from bot.engine.events import Command

_COMMANDS: tuple[Command, ...] = (
    "stop",
    "no_reminders",
    "undo",
    "skip",
    "repeat",
    "help",
    "cancel",
    "start_over",
    "noted",
    "goodbye",
)


class CommandRules:
    """Which short texts are commands.

    Raises:
        BadRuleError: there is a command that the coach does not know, or one of its own is missing.
    """

    def __init__(self, rules: Rules) -> None:
        self._most_words = int(rules.part("most_words").number())
        classes = rules.part("classes").classes()
        exact = rules.part("exact")
        for name in exact.parts():
            if name not in _COMMANDS:
                raise BadRuleError((*exact.path, name), f"is not a command; there are {', '.join(_COMMANDS)}")
        self._exact = ExactPhrases({name: exact.part(name).phrases(classes) for name in _COMMANDS})

    def exact(self, written: Written) -> Command | None:
        """Return the command that the whole text is; letters of other widths and accents count as plain ones."""
        found = self._whole(written.text, written.words)
        return found or (None if written.text.isascii() else self._whole(written.plain, written.plain_words))

    def _whole(self, text: str, words: Words) -> Command | None:
        found = self._exact.group_of(text) if len(words) <= self._most_words else None
        return next((name for name in _COMMANDS if name == found), None)
