"""Pausing: an operator holds back everything that the coach says, in every process that shares the database.

People are still heard and their turns are kept. What goes out all the same is the urgent lane: the crisis answer, and
the answer to whoever says stop. Timers wait; those that are then too late are missed by their own rule.
"""

from __future__ import annotations

from datetime import datetime

from bot.runtime.ports import Storage, UnopenedError

_NOTE = "paused"


async def pause(storage: Storage, now: datetime) -> bool:
    """Hold back from now on; false when it was so already."""
    if await is_paused(storage):
        return False
    await storage.keep_note(_NOTE, now.isoformat())
    return True


async def resume(storage: Storage) -> bool:
    """Go on; false when nothing was paused."""
    was_paused = await is_paused(storage)
    await storage.keep_note(_NOTE, None)
    return was_paused


async def is_paused(storage: Storage) -> bool:
    """Whether all is held back; by a note that does not open here too, for it says so by being there."""
    try:
        return await storage.note(_NOTE) is not None
    except UnopenedError:
        return True


async def paused_since(storage: Storage) -> datetime | None:
    """Since when.

    Raises:
        UnopenedError: it is paused, but the note does not open.
    """
    note = await storage.note(_NOTE)
    return None if note is None else datetime.fromisoformat(note)
