"""Pacing: how often Slack wants to hear from us. A courtesy kept in memory; what it misses, Slack's 429 says.

One message a second into a channel, and so many calls of a method a minute in a workspace.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

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


@dataclass(slots=True)
class _Lane:
    """``free_at`` is when the calls made so far have had their time."""

    free_at: float


class Pace:
    """Asks for leave to call. ``monotonic`` gives seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._lanes: OrderedDict[tuple[str, ...], _Lane] = OrderedDict()

    def wait_for_post(self, team: str, channel: str) -> float:
        """Seconds to wait before posting; 0 is leave, and then it is counted."""
        now, per_call = self._monotonic(), 60.0 / A_MINUTE["chat.postMessage"]
        mine, ours = self._lane("channel", team, channel), self._lane("chat.postMessage", team)
        wait = max(mine.free_at - now, ours.free_at - now - 60.0 * BURST, 0.0)
        if wait == 0.0:
            mine.free_at = now + CHANNEL_SECONDS
            ours.free_at = max(ours.free_at, now) + per_call
        return wait

    def may_call(self, team: str, method: str) -> bool:
        """Leave for a call that may as well be left out; if given, it is counted."""
        now, lane = self._monotonic(), self._lane(method, team)
        if lane.free_at - now > 60.0 * BURST:
            return False
        lane.free_at = max(lane.free_at, now) + 60.0 / A_MINUTE[method]
        return True

    def hold_channel(self, team: str, channel: str, seconds: float) -> None:
        """Slack asked for a pause."""
        lane = self._lane("channel", team, channel)
        lane.free_at = max(lane.free_at, self._monotonic() + seconds)

    def hold(self, team: str, method: str, seconds: float) -> None:
        lane = self._lane(method, team)
        lane.free_at = max(lane.free_at, self._monotonic() + 60.0 * BURST + seconds)

    def _lane(self, *name: str) -> _Lane:
        lane = self._lanes.get(name)
        if lane is None:
            lane = self._lanes[name] = _Lane(float("-inf"))
            if len(self._lanes) > MOST_REMEMBERED:
                self._lanes.popitem(last=False)
        else:
            self._lanes.move_to_end(name)
        return lane
