"""Watching: what the shell tells whoever counts. The default counts nothing."""

from __future__ import annotations

from typing import Literal, Protocol

from bot.engine.conversation import Conversation

TurnOutcome = Literal["committed", "repeated", "failed", "not saved", "unopened"]

LetterOutcome = Literal["sent", "later", "buried"]


class Watcher(Protocol):
    """Told on the hot path, so it is quick, never raises and keeps nothing that a person wrote."""

    def took_turn(self, outcome: TurnOutcome) -> None: ...

    def moved(self, person: str, before: Conversation, after: Conversation) -> None:
        """A turn was committed."""

    def settled(self, outcome: LetterOutcome, reason: str = "", nudge: bool = False) -> None:
        """A letter came to its end, or to its next attempt; ``reason`` says why it was buried."""


class Unwatched:
    """Implements ``Watcher`` where nobody counts."""

    def took_turn(self, outcome: TurnOutcome) -> None: ...

    def moved(self, person: str, before: Conversation, after: Conversation) -> None: ...

    def settled(self, outcome: LetterOutcome, reason: str = "", nudge: bool = False) -> None: ...


UNWATCHED = Unwatched()
