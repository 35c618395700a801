"""A notice: one repair said to a person outside any turn, for what an operator did."""

from __future__ import annotations

from bot.engine.record import load
from bot.engine.ticking import next_due
from bot.runtime.clock import Clock
from bot.runtime.coach import Coach
from bot.runtime.ports import Address, Change, Storage, StorageUnavailableError
from bot.runtime.turn import MOST_TRIES, rows_for


async def give_notice(storage: Storage, coach: Coach, clock: Clock, address: Address, repair: str) -> None:
    """Put the message into the person's outbox; nothing else about them changes.

    Raises:
        StorageUnavailableError: it could not be saved.
    """
    for _ in range(MOST_TRIES):
        loaded = await storage.load(address)
        if loaded.body is None:
            return
        conversation, now = load(loaded.body), clock.now()
        change = Change(
            address=address,
            inbound=None,
            version=loaded.version,
            body=loaded.body,
            next_due=next_due(conversation),
            now=now,
            rows=rows_for(coach.repair(repair, conversation, now), now),
            planned_with=conversation.planned_with,
            finishes_on=conversation.finishes_on,
        )
        if await storage.commit(change) == "committed":
            return
    raise StorageUnavailableError("the conversation changed under every attempt")
