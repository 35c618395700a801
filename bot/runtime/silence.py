"""Silence: nothing more is planned for somebody who cannot be reached. What is kept of them stays until its time."""

from __future__ import annotations

from bot.engine.record import BadConversationError, dump, load
from bot.engine.ticking import next_due
from bot.runtime.clock import Clock
from bot.runtime.ports import Address, Change, Storage, StorageUnavailableError
from bot.runtime.turn import MOST_TRIES


async def fall_silent(storage: Storage, clock: Clock, address: Address) -> None:
    """Take the person's reminders away, those that wait to be sent too; should they write again, new ones may be set.

    Raises:
        StorageUnavailableError: it could not be saved.
    """
    for _ in range(MOST_TRIES):
        loaded = await storage.load(address)
        try:
            conversation = load(loaded.body) if loaded.body is not None else None
        except BadConversationError:
            return
        if conversation is None or not conversation.timers:
            return
        silent = conversation._replace(timers=())
        change = Change(
            address=loaded.address or address,
            inbound=None,
            version=loaded.version,
            body=dump(silent),
            next_due=next_due(silent),
            now=clock.now(),
            drop_nudges=True,
            planned_with=silent.planned_with,
        )
        if await storage.commit(change) == "committed":
            return
    raise StorageUnavailableError("the conversation changed under every attempt")
