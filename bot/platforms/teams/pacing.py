"""Pacing: how often Teams wants to hear from us, kept in memory; what several processes do together, its 429 says."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Sequence

CHAT: Sequence[tuple[int, float]] = ((7, 1.0), (8, 2.0), (60, 30.0), (1_800, 3_600.0))
"""So many messages in so many seconds, into one chat."""

TENANT: Sequence[tuple[int, float]] = ((30, 1.0),)
"""So many requests in so many seconds, of one app in one tenant."""

MOST_REMEMBERED = 20_000


class Pace:
    """Asks for leave to send. ``monotonic`` gives seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._sent: OrderedDict[tuple[str, str], deque[float]] = OrderedDict()
        self._held: dict[tuple[str, str], float] = {}

    def wait(self, tenant: str, chat: str) -> float:
        """Seconds to wait before sending; 0 is leave, and then it is counted."""
        now = self._monotonic()
        ours, theirs = ("tenant", tenant), ("chat", chat)
        wait = max(self._wait(ours, TENANT, now), self._wait(theirs, CHAT, now))
        if wait == 0.0:
            self._count(ours, now)
            self._count(theirs, now)
        return wait

    def hold(self, chat: str, seconds: float) -> None:
        """Teams asked for a pause in one chat."""
        now = self._monotonic()
        self._held = {lane: until for lane, until in self._held.items() if until > now}
        self._held["chat", chat] = now + seconds

    def _wait(self, lane: tuple[str, str], limits: Sequence[tuple[int, float]], now: float) -> float:
        held = self._held.get(lane, now) - now if self._held else 0.0
        sent = self._sent.get(lane)
        if sent is None:
            return max(held, 0.0)
        full = (sent[-most] + seconds - now for most, seconds in limits if len(sent) >= most)
        return max(held, 0.0, *full)

    def _count(self, lane: tuple[str, str], now: float) -> None:
        limits = TENANT if lane[0] == "tenant" else CHAT
        sent = self._sent.setdefault(lane, deque(maxlen=max(most for most, _ in limits)))
        sent.append(now)
        self._sent.move_to_end(lane)
        if len(self._sent) > MOST_REMEMBERED:
            self._sent.popitem(last=False)
