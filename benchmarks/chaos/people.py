"""The people: they write, Slack delivers by its rules to whichever process it meets, and now and then once more."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from aiohttp import ClientSession

from benchmarks.chaos.ledger import Ledger, token
from tests.standins.slack import SIGNING_SECRET, SlackStandIn, Someone
from tests.standins.slack_delivery import Http
from tests.standins.slack_faults import Fault, Faults, Kind

RETRIES = (0.0, 1.0, 3.0)
"""Seconds before Slack's three retries: at once, and one and five minutes in fast motion."""

AGAIN = 0.25
"""The part of the events that comes again although it was acknowledged."""

KINDS = tuple(kind for kind in get_args(Kind) if kind != "hang_before")
"""All but the one from which nothing is learned in a run that is short."""


@dataclass(slots=True)
class OddApi(Faults):
    """Posts go wrong at random, ``part`` of them, in every way there is."""

    part: float = 0.5
    suffered: int = 0

    def take(self, method: str) -> Fault | None:
        if method != "chat.postMessage" or random.random() >= self.part:
            return None
        self.suffered += 1
        return Fault(method, random.choice(KINDS))


@dataclass(slots=True)
class Crowd:
    """Everybody in one workspace, and the ways to the processes."""

    slack: SlackStandIn
    session: ClientSession
    ports: Sequence[int]
    wanted: int
    """So many acknowledged turns are enough; with 0 there is no such number."""
    ledger: Ledger = field(default_factory=Ledger)
    late: set[asyncio.Task[object]] = field(default_factory=set)
    busy: float = 6.0
    """Seconds, at most, between an acknowledgement and the next message."""

    async def write(self, someone: Someone, enough: asyncio.Event) -> None:
        """Write until it is enough, one message after the other."""
        number = 0
        await asyncio.sleep(random.random() * self.busy)
        while not enough.is_set():
            number += 1
            payload = someone.written(f"hello {token(someone.person.id, number)}")
            if await self._deliver(payload):
                self.ledger.acknowledge(someone.person.id, number)
                if self.ledger.turns == self.wanted:
                    enough.set()
            else:
                self.ledger.refused += 1
            if random.random() < AGAIN:
                self.late.add(asyncio.ensure_future(self._once_more(payload)))
            await asyncio.sleep(random.random() * self.busy)

    async def _deliver(self, payload: Mapping[str, Any]) -> bool:
        """Slack keeps to no process: every attempt may meet another."""
        for wait in (0.0, *RETRIES):
            await asyncio.sleep(wait)
            if (await self._door().event(payload))[0].accepted:
                return True
        return False

    async def _once_more(self, payload: Mapping[str, Any]) -> None:
        await asyncio.sleep(random.random() * 2)
        await self._door().event(payload)

    def _door(self) -> Http:
        url = f"http://127.0.0.1:{random.choice(self.ports)}/slack/events"
        return Http(url, SIGNING_SECRET, self.slack.world.clock, self.session, waits=())
