"""Metrics: what is counted for the operator, as Prometheus reads it; numbers and codes, nothing of people.

Each process counts for itself, except for the backlog, which is that of the database.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterator
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from bot.crowds import Crowds
from bot.engine.conversation import Conversation
from bot.runtime.ports import Backlog
from bot.runtime.watching import LetterOutcome, TurnOutcome

__all__ = ["CONTENT_TYPE_LATEST", "Metrics"]

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Slack waits three seconds for an acknowledgement, and we say no after two and a half."""


class Metrics:
    """Implements ``Watcher``; the server tells it of requests, and of the backlog right before it is asked."""

    def __init__(self) -> None:
        self._registry = ours = CollectorRegistry()
        self._crowds = Crowds()
        self._turns = Counter("afterword_turns", "Events by what became of them.", ["outcome"], registry=ours)
        self._letters = Counter("afterword_letters", "Attempts to send a message.", ["outcome"], registry=ours)
        self._nudges = Counter("afterword_nudges_sent", "Reminders that a platform took.", registry=ours)
        self._missed = Counter("afterword_nudges_missed", "Reminders not sent, and why.", ["reason"], registry=ours)
        self._requests = Histogram(
            "afterword_request_seconds",
            "From the headers of a request to its acknowledgement.",
            ["path", "status"],
            buckets=_SECONDS,
            registry=ours,
        )
        self._waiting = Gauge("afterword_outbox_letters", "Messages that are not delivered yet.", registry=ours)
        self._age = Gauge("afterword_outbox_due_seconds", "How long the one due longest has been due.", registry=ours)
        self._dead = Gauge("afterword_dead_letters", "What failed for good in the last 30 days.", registry=ours)
        self._paused = Gauge("afterword_paused", "1 while an operator holds back what the coach says.", registry=ours)
        self._leap = Gauge("afterword_clock_leap_seconds", "By how much this clock leapt last.", registry=ours)
        ours.register(_Passages(self._crowds))
        ProcessCollector(registry=ours)

    def took_turn(self, outcome: TurnOutcome) -> None:
        self._turns.labels(outcome).inc()

    def moved(self, person: str, before: Conversation, after: Conversation) -> None:
        self._crowds.moved(person, before, after)
        if after.missed != before.missed:
            for mark in (Tally(after.missed) - Tally(before.missed)).elements():
                self._missed.labels(mark.partition(" ")[2]).inc()

    def settled(self, outcome: LetterOutcome, reason: str = "", nudge: bool = False) -> None:
        self._letters.labels(outcome).inc()
        if nudge and outcome == "sent":
            self._nudges.inc()
        elif nudge and outcome == "buried":
            self._missed.labels(reason).inc()

    def answered(self, path: str, status: int, seconds: float) -> None:
        """A request was answered; ``path`` is the route's, not what was asked for, which may carry anything."""
        self._requests.labels(path, str(status)).observe(seconds)

    def leapt(self, seconds: float) -> None:
        """The clock leapt."""
        self._leap.set(seconds)

    def holds(self, backlog: Backlog, paused: bool, now: datetime) -> None:
        """What the database says just now."""
        self._waiting.set(backlog.waiting)
        self._age.set((now - backlog.due_since).total_seconds() if backlog.due_since else 0)
        self._dead.set(backlog.dead)
        self._paused.set(paused)

    def text(self) -> bytes:
        """All of it, of content type ``CONTENT_TYPE_LATEST``."""
        return generate_latest(self._registry)


class _Passages(Collector):
    """Where people leave: dialogs begun and ended, in groups large enough."""

    def __init__(self, crowds: Crowds) -> None:
        self._crowds = crowds

    def collect(self) -> Iterator[Metric]:
        begun = CounterMetricFamily(
            "afterword_dialogs_begun", "Dialogs begun, of five people or more.", labels=["dialog"]
        )
        ended = CounterMetricFamily("afterword_dialogs_ended", "Those of them that were over.", labels=["dialog"])
        for passage in self._crowds.passages():
            begun.add_metric([passage.dialog], passage.begun)
            ended.add_metric([passage.dialog], passage.ended)
        yield begun
        yield ended
