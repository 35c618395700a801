"""People who wait for a reminder, made in numbers: one lives through the conversation, the others are given its end."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.engine.conversation import Conversation
from bot.engine.events import Event, MessageReceived, ProfileChanged
from bot.engine.record import dump
from bot.engine.ticking import next_due
from bot.runtime.coach import Coach
from bot.runtime.ports import Address, Change, Storage

AT_ONCE = 200

TO_THE_REMINDER: Sequence[Event] = (
    ProfileChanged(name="Sam", timezone="Europe/London"),
    MessageReceived("acme said no, email this morning. analyst job"),
    MessageReceived("1"),
    MessageReceived("3"),
)


def reminded(coach: Coach, now: datetime, events: Sequence[Event] = TO_THE_REMINDER) -> Conversation:
    """The conversation of somebody who drafted a request at ``now`` and asked to be reminded of it."""
    conversation = Conversation()
    for event in events:
        conversation = coach.take_turn(conversation, event, now).turn.conversation
    assert conversation.timers, "they asked for a reminder"
    return conversation


async def seed(storage: Storage, conversations: Iterable[tuple[Address, Conversation]], now: datetime) -> int:
    """Keep them all, many at once; return how many that were."""
    kept, pending = 0, []
    for address, conversation in conversations:
        pending.append(storage.commit(_change(address, conversation, now)))
        kept += 1
        if len(pending) == AT_ONCE:
            await asyncio.gather(*pending)
            pending.clear()
    await asyncio.gather(*pending)
    return kept


def _change(address: Address, conversation: Conversation, now: datetime) -> Change:
    return Change(
        address=address,
        inbound=None,
        version=0,
        body=dump(conversation),
        next_due=next_due(conversation),
        now=now,
        planned_with=conversation.planned_with,
    )
