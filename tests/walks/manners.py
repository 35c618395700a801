"""Manners: what the coach owes somebody whom it writes to first, counted by what was said and not by its own marks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.engine.conversation import Conversation
from bot.engine.effects import Send
from bot.engine.events import Event, MessageReceived, ProfileChanged, Tick
from bot.engine.model import Library, Nudge

A_WEEK = timedelta(days=7)
USUAL_PACE = 3
MOST_UNANSWERED = 2


class Manners:
    """Watches one conversation, turn by turn."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._agreed: frozenset[str] = frozenset()
        self._spoke: list[datetime] = []
        self._unanswered = 0

    def watch(self, event: Event, after: Conversation, sends: Sequence[Send], now: datetime) -> None:
        """Take in one turn; raises ``AssertionError`` where the coach spoke and should not have."""
        if not isinstance(event, Tick | ProfileChanged):
            self._unanswered = 0
            timers = () if _stops(event) else after.timers
            self._agreed = frozenset(f"{timer.nudge}/{timer.application or 0}" for timer in timers)
            return
        nudges = [send for send in sends if send.nudge is not None]
        if nudges:
            self._spoken_to(after, nudges, now)

    def _spoken_to(self, after: Conversation, sends: Sequence[Send], now: datetime) -> None:
        mark = sends[0].nudge
        assert mark is not None, "only sends of a nudge are looked at"
        name = mark.partition("@")[0]
        assert name in self._agreed, "nothing comes that was not agreed to, or that was stopped since"
        nudge = self._nudge(name)
        if nudge.after is None:
            return  # promised for this very moment
        self._check_pace(after, now)
        self._unanswered += 1
        if self._unanswered > MOST_UNANSWERED:
            assert nudge.last is not None, "without a last line there is silence"
            assert [send.key for send in sends] == [nudge.last.key], "after two without a word only a last line comes"
            assert self._unanswered == MOST_UNANSWERED + 1, "after the last line there is silence"

    def _check_pace(self, after: Conversation, now: datetime) -> None:
        self._spoke.append(now)
        pace = after.slots.get("nudges_a_week", USUAL_PACE)
        assert isinstance(pace, int)
        assert sum(now - at < A_WEEK for at in self._spoke) <= pace, "no more in a week than the person wants"

    def _nudge(self, name: str) -> Nudge:
        dialog, _, nudge = name.partition("/")[0].partition(".")
        return self._library.dialogs[dialog].nudges[nudge]


def _stops(event: Event) -> bool:
    return isinstance(event, MessageReceived) and event.reading.command == "stop" and event.reading.safety is None
