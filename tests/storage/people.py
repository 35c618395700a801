"""People, turns and letters for the tests of storage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.runtime.ports import Address, Change, Kept, Letter, OutboxRow, Storage

NOW = datetime(2026, 3, 4, 10, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LONG_AFTER = datetime(2090, 1, 1, tzinfo=UTC)

SAM = Address("slack", "T1", "U1", "D1", {"thread": "17.4"})
PRIYA = Address("slack", "T1", "U2", "D2")
NEIGHBOURS = (replace(SAM, tenant="T2"), replace(SAM, platform="teams"))
"""Another person each, who shares all but one part of Sam's key."""

PLATFORMS = ("slack", "teams", "terminal")


def turn(address: Address = SAM, version: int = 0, inbound: str | None = "e1", **more: object) -> Change:
    """A change that says little; ``more`` replaces its fields."""
    plain = Change(address, inbound, version, '{"turns": 1}', next_due=None, now=NOW)
    return replace(plain, **more)  # type: ignore[arg-type]


def row(body: str = "hello", due_at: datetime = NOW, **more: object) -> OutboxRow:
    return replace(OutboxRow(body, due_at, expires_at=due_at + DAY), **more)  # type: ignore[arg-type]


async def said(storage: Storage, *bodies: str, to: Address = SAM, **more: object) -> None:
    """Queue messages in the order given, one turn each."""
    for body in bodies:
        version = (await storage.load(to)).version
        assert await storage.commit(turn(to, version, None, rows=[row(body, **more)])) == "committed"


async def claim(storage: Storage, now: datetime = NOW, most: int = 10, seconds: float = 30) -> list[Letter]:
    return await storage.claim_letters(PLATFORMS, now, seconds, most)


async def claimed_bodies(storage: Storage, now: datetime = NOW, most: int = 10) -> list[str]:
    return [letter.body for letter in await claim(storage, now, most)]


async def settle_in(storage: Storage, people: Sequence[Address] = NEIGHBOURS) -> list[Kept | None]:
    """Let each have one of everything that is kept, with Sam's inbound ids, due long after every test."""
    for person in people:
        waiting = [row("theirs", LONG_AFTER), row("their nudge", LONG_AFTER, nudge="send_by")]
        first = turn(person, rows=waiting, reply="their reply", letter="TheirError", now=LONG_AFTER)
        await storage.commit(replace(first, next_due=LONG_AFTER, planned_with="new"))
    return [await storage.kept(person) for person in people]
