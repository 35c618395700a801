"""Pacing: how often Slack wants to hear from us. A courtesy kept in memory; what it misses, Slack's 429 says.

One message a second into a channel, and so many calls of a method a minute in a workspace.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping

CHANNEL_SECONDS = 1.0
"""Between two messages into one channel."""

A_MINUTE: Mapping[str, int] = {
    "chat.postMessage": 600,
    "conversations.history": 50,
    "views.publish": 100,
    "chat.update": 50,
    "users.info": 100,
}
"""Calls a minute in one workspace: Slack's tiers, and for messages the several hundred that it names."""

BURST = 0.25
"""The part of a minute's calls that may come at once."""

MOST_REMEMBERED = 20_000


class Pace:
    """Asks for leave to call. ``monotonic`` gives seconds.

    For each channel and each workspace's method it keeps from when on it is free again. What cannot go at once gets its
    place in the queue of its workspace, so that ten thousand that wait ask ten thousand times, and not every second.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._free: OrderedDict[tuple[str, ...], float] = OrderedDict()
        self._turns: OrderedDict[int, float] = OrderedDict()

    def wait_for_post(self, team: str, channel: str, letter: int, urgent: bool = False) -> float:
        """Seconds to wait before posting a letter; 0 is leave. What is urgent is counted and does not wait."""
        now = self._monotonic()
        mine, ours = ("channel", team, channel), ("chat.postMessage", team)
        wait = 0.0 if urgent else self._free_at(mine) - now
        if wait > 0:
            return wait
        turn = self._turns.pop(letter, None)
        if turn is None:
            turn = self._free_at(ours) - 60.0 * BURST
            self._set(ours, max(self._free_at(ours), now) + 60.0 / A_MINUTE["chat.postMessage"])
        if turn > now and not urgent:
            self._queue(letter, turn)
            return turn - now
        self._set(mine, now + CHANNEL_SECONDS)
        return 0.0

    def may_call(self, team: str, method: str) -> bool:
        """Leave for a call that may as well be left out; if given, it is counted."""
        now, ours = self._monotonic(), (method, team)
        if self._free_at(ours) - now > 60.0 * BURST:
            return False
        self._set(ours, max(self._free_at(ours), now) + 60.0 / A_MINUTE[method])
        return True

    def hold_channel(self, team: str, channel: str, seconds: float) -> None:
        """Slack asked for a pause before the next message into a channel."""
        self._hold(("channel", team, channel), seconds)

    def hold(self, team: str, method: str, seconds: float) -> None:
        """Slack asked for a pause before the next call of a method that may be left out."""
        self._hold((method, team), 60.0 * BURST + seconds)

    def _hold(self, name: tuple[str, ...], seconds: float) -> None:
        self._set(name, max(self._free_at(name), self._monotonic() + seconds))

    def _free_at(self, name: tuple[str, ...]) -> float:
        return self._free.get(name, float("-inf"))

    def _set(self, name: tuple[str, ...], free_at: float) -> None:
        self._free[name] = free_at
        self._free.move_to_end(name)
        if len(self._free) > MOST_REMEMBERED:
            self._free.popitem(last=False)

    def _queue(self, letter: int, turn: float) -> None:
        self._turns[letter] = turn
        if len(self._turns) > MOST_REMEMBERED:
            self._turns.popitem(last=False)
