"""Random walks: storage beside a model that is a few lists, with two tenants, lapsing claims and stale tokens."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.runtime.ports import Address, Letter, OutboxRow
from bot.storage.crypto import Key, KeyRing
from bot.storage.lanes import MOST_ROUNDS
from bot.storage.opening import open_storage
from tests.storage.databases import execute
from tests.storage.people import NOW, SAM, turn
from tests.storage.postgres.server import new_database

T = TypeVar("T")

PEOPLE = (SAM, replace(SAM, user="U2"), replace(SAM, tenant="T2"), replace(SAM, platform="teams"))
CLAIM_SECONDS = 60

people = st.sampled_from(PEOPLE)
minutes = st.integers(0, 5)


@dataclass
class Waiting:
    """A message in the model; ``held`` is the newest claim on it."""

    person: Address
    lane: str
    body: str
    due_at: datetime
    expires_at: datetime
    nudge: str | None
    attempts: int = 0
    tries: int = 0


class StorageWalk(RuleBasedStateMachine):
    """Every rule does one thing to storage and to the model, and compares what came of it."""

    url = "sqlite://"

    @initialize()
    def open(self) -> None:
        self.runner = asyncio.Runner()
        self.storage = self.run(open_storage(self.url, KeyRing([Key(b"k" * 32)])))
        self.now = NOW
        self.turns = 0
        self.bodies: dict[str, str] = {}
        self.versions: dict[str, list[int]] = {person.person: [0] for person in PEOPLE}
        self.outbox: list[Waiting] = []
        self.claims: list[tuple[Letter, Waiting, int]] = []
        self.buried: list[tuple[Address, str]] = []

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    @rule(
        person=people,
        lanes=st.lists(st.sampled_from(["chat", "urgent"]), max_size=2),
        nudge=st.sampled_from([None, None, "send_by"]),
        wait=minutes,
        lives=st.integers(1, 8),
        stops=st.booleans(),
    )
    def take_a_turn(
        self, person: Address, lanes: list[str], nudge: str | None, wait: int, lives: int, stops: bool
    ) -> None:
        self.turns += 1
        due_at = self.now + wait * timedelta(minutes=1)
        rows = [
            OutboxRow(f"{self.turns}.{n}", due_at, due_at + lives * timedelta(minutes=1), lane, nudge)  # type: ignore[arg-type]
            for n, lane in enumerate(lanes)
        ]
        version = self.run(self.storage.load(person)).version
        change = replace(turn(person, version, f"e{self.turns}"), body=str(self.turns), rows=rows, drop_nudges=stops)

        assert self.run(self.storage.commit(change)) == "committed"

        if stops:
            self.outbox = [one for one in self.outbox if one.person != person or one.nudge is None]
        self.outbox += [Waiting(person, row.lane, row.body, row.due_at, row.expires_at, row.nudge) for row in rows]
        self.bodies[person.person] = str(self.turns)
        self.versions[person.person].append(self.run(self.storage.load(person)).version)

    @rule(person=people, back=st.integers(1, 3))
    def take_a_stale_turn(self, person: Address, back: int) -> None:
        *_, current = versions = self.versions[person.person]
        for version in [old for old in versions if old != current][-back:][:1]:
            change = turn(person, version, f"stale{self.turns}", rows=[OutboxRow("never", self.now, self.now)])
            assert self.run(self.storage.commit(change)) == "conflict"

    @rule(person=people, number=st.integers(1, 30))
    def deliver_an_event_again(self, person: Address, number: int) -> None:
        inbound = f"e{number}"
        if self.run(self.storage.load(person, inbound)).known:
            change = turn(
                person, self.versions[person.person][-1], inbound, rows=[OutboxRow("never", self.now, self.now)]
            )
            assert self.run(self.storage.commit(change)) == "repeated"

    @rule(person=people)
    def forget(self, person: Address) -> None:
        known = person.person in self.bodies or any(one.person == person for one in self.outbox)
        buried = any(one == person for one, _ in self.buried)

        assert self.run(self.storage.forget(person)) == (known or buried)

        self.bodies.pop(person.person, None)
        self.outbox = [one for one in self.outbox if one.person != person]
        self.buried = [one for one in self.buried if one[0] != person]
        self.versions[person.person] = [*self.versions[person.person], 0]

    @rule(wait=minutes)
    def let_time_pass(self, wait: int) -> None:
        self.now += wait * timedelta(minutes=1)

    @rule(most=st.integers(1, 4))
    def claim(self, most: int) -> None:
        letters = self.run(self.storage.claim_letters(["slack", "teams"], self.now, CLAIM_SECONDS, most))

        expected = self._claim(most)
        assert [letter.body for letter in letters] == [one.body for one in expected]
        for letter, waiting in zip(letters, expected, strict=True):
            self._hold(letter, waiting)

    @rule(nth=st.integers(0, 5))
    def begin_to_send(self, nth: int) -> None:
        if not self.claims:
            return
        letter, waiting, attempts = self.claims.pop(nth % len(self.claims))
        holds = self._holds(waiting, attempts) and waiting.due_at > self.now

        assert self.run(self.storage.still_claimed(letter, self.now)) == holds
        begun = self.run(self.storage.begin(letter, self.now))

        assert (begun is not None) == holds
        if begun is not None:
            waiting.attempts |= 1
            self.claims.append((begun, waiting, waiting.attempts))

    @rule(nth=st.integers(0, 5), verb=st.sampled_from(["delivered", "retry", "wait", "bury"]), wait=minutes)
    def settle_a_claim(self, nth: int, verb: str, wait: int) -> None:
        if not self.claims:
            return
        letter, waiting, attempts = self.claims.pop(nth % len(self.claims))
        holds = self._holds(waiting, attempts)

        match verb:
            case "delivered":
                done = self.run(self.storage.delivered(letter, self.now))
            case "retry" | "wait":
                at = self.now + wait * timedelta(minutes=1)
                done = self.run(self.storage.retry(letter, at, tried=verb == "retry"))
            case _:
                done = self.run(self.storage.bury(letter, "gone", self.now))

        assert done == holds
        if done and verb in ("retry", "wait"):
            waiting.due_at = min(self.now + wait * timedelta(minutes=1), waiting.expires_at)
            waiting.attempts += waiting.attempts % 2
            waiting.tries -= verb == "wait"
            self.claims.append((letter, waiting, attempts))
        elif done:
            self._remove(waiting, verb == "bury")

    @invariant()
    def conversations_and_outbox_are_as_in_the_model(self) -> None:
        for person in PEOPLE:
            kept = self.run(self.storage.kept(person))
            assert (kept.body if kept else None) == self.bodies.get(person.person)
            if kept:
                expected = [one.body for one in self.outbox if one.person == person]
                assert [letter.body for letter in kept.letters] == expected
                assert len(kept.dead_letters) == sum(one == person for one, _ in self.buried)

    def teardown(self) -> None:
        self.run(self.storage.close())
        self.runner.close()

    def _due_heads(self, most: int) -> list[Waiting]:
        heads: dict[tuple[str, str], Waiting] = {}
        for one in self.outbox:
            heads.setdefault((one.person.person, one.lane), one)
        due = (one for one in heads.values() if one.due_at <= self.now)
        return sorted(due, key=lambda one: (one.due_at, self.outbox.index(one)))[:most]

    def _claim(self, most: int) -> list[Waiting]:
        due: list[Waiting] = []
        for _ in range(MOST_ROUNDS):
            due = self._due_heads(most)
            expired = [one for one in due if one.expires_at <= self.now]
            for one in expired:
                self._remove(one, buried=True)
            if not expired:
                break
        return [one for one in due if one.expires_at > self.now]

    def _hold(self, letter: Letter, waiting: Waiting) -> None:
        assert letter.due_at == self.now + timedelta(seconds=CLAIM_SECONDS)
        assert (letter.address, letter.expires_at, letter.nudge) == (waiting.person, waiting.expires_at, waiting.nudge)
        waiting.attempts += 2
        waiting.tries += 1
        waiting.due_at = letter.due_at
        assert (letter.attempts, letter.tries) == (waiting.attempts, waiting.tries)
        self.claims.append((letter, waiting, waiting.attempts))

    def _holds(self, waiting: Waiting, attempts: int) -> bool:
        return any(one is waiting for one in self.outbox) and waiting.attempts == attempts

    def _remove(self, waiting: Waiting, buried: bool) -> None:
        self.outbox = [one for one in self.outbox if one is not waiting]
        if buried:
            self.buried.append((waiting.person, waiting.body))


class PostgresWalk(StorageWalk):
    """The same walk; each begins with empty tables."""

    @initialize()
    def open(self) -> None:
        super().open()
        self.run(execute(self.url, "TRUNCATE conversations, inbox, replies, outbox, letters"))


TestStorageWalk = StorageWalk.TestCase
TestStorageWalk.settings = settings(stateful_step_count=40)


class TestPostgresWalk(PostgresWalk.TestCase):  # type: ignore[name-defined,misc]
    settings = settings(stateful_step_count=40, max_examples=20, deadline=None)

    @pytest.fixture(autouse=True)
    def walk_on_a_server(self, empty_tables: str) -> None:
        PostgresWalk.url = new_database(empty_tables, like=empty_tables)
