"""Unreachable: what becomes of the reminders of somebody whom their platform does not let us reach any more."""

from __future__ import annotations

from bot.engine.record import dump, load
from bot.engine.ticking import next_due
from bot.runtime.clock import Clock
from bot.runtime.ports import Address, Change, Storage, StorageUnavailableError
from bot.runtime.turn import MOST_TRIES


async def drop_reminders(storage: Storage, clock: Clock, address: Address) -> None:
    """Take the person's reminders away, those in the outbox too; the rest is kept until its time is over.

    Raises:
        StorageUnavailableError: it could not be saved.
        BadConversationError: what is kept of them cannot be read.
    """
    for _ in range(MOST_TRIES):
        loaded = await storage.load(address)
        if loaded.body is None:
            return
        conversation = load(loaded.body)._replace(timers=())
        change = Change(
            address=loaded.address or address,
            inbound=None,
            version=loaded.version,
            body=dump(conversation),
            next_due=next_due(conversation),
            now=clock.now(),
            drop_nudges=True,
            planned_with=conversation.planned_with,
            finishes_on=conversation.finishes_on,
        )
        if await storage.commit(change) == "committed":
            return
    raise StorageUnavailableError("the conversation changed under every attempt")
