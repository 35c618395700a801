"""Commands: a few words that move the chat itself."""

from __future__ import annotations

from bot.coach.folding import plain
from bot.coach.phrases import Phrases
from bot.coach.rules import BadRuleError, Rules
from bot.coach.words import Words
from bot.engine.events import Command

_COMMANDS: tuple[Command, ...] = ("stop", "undo", "skip", "repeat", "help", "cancel", "start_over")


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
        self._exact: dict[Command, Phrases] = {name: exact.part(name).phrases(classes) for name in _COMMANDS}

    def exact(self, text: str) -> Command | None:
        """Return the command that the whole text is; letters of other widths and accents count as plain ones."""
        for form in dict.fromkeys((text, plain(text))):
            if len(Words.of(form)) <= self._most_words:
                for name, phrases in self._exact.items():
                    if phrases.is_whole(form):
                        return name
        return None
