"""The survey: how many conversations an edit would touch, and how. Conversations are opened and only counted.

Small numbers are not told: where fewer than five people stand in one place, saying so would say where somebody stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from bot.engine.conversation import Conversation
from bot.engine.model import Library
from bot.engine.overtaken import Fate, fate_of, lost_reminders
from bot.engine.record import BadConversationError, load
from bot.runtime.versions import Versions

PAGE = 200

LEAST_TOLD = 5


class Touched(NamedTuple):
    """Where somebody waits, or the reminder that they were promised, and what will become of it."""

    dialog: str
    place: str
    fate: Fate


class Survey(NamedTuple):
    """How many conversations there are, how many could not be opened, and how many are touched in each way."""

    conversations: int
    unread: int
    touched: Counter[Touched]


async def survey(versions: Versions, newest: Library, recompiled: Callable[[bytes], Library | None]) -> Survey:
    """Look at every conversation, a page at a time."""
    old: dict[str, Library | None] = {}
    touched: Counter[Touched] = Counter()
    after = seen = unread = 0
    while page := await versions.conversations(after, PAGE):
        for after, body in page:  # noqa: B007 - the last number is where the next page begins
            conversation = _read(body)
            if conversation is None:
                unread += 1
                continue
            version = conversation.finishes_on or conversation.planned_with
            if conversation.stack and version not in old:
                bundle = await versions.version(version)
                old[version] = None if bundle is None else recompiled(bundle)
            touched.update(_touched(newest, old.get(version), conversation))
        seen += len(page)
    return Survey(seen, unread, touched)


def told(count: int) -> str:
    """A number as it may be shown."""
    return str(count) if count >= LEAST_TOLD else f"fewer than {LEAST_TOLD}"


def _read(body: str | None) -> Conversation | None:
    try:
        return None if body is None else load(body)
    except BadConversationError:
        return None


def _touched(newest: Library, old: Library | None, conversation: Conversation) -> list[Touched]:
    fate = fate_of(newest, old, conversation)
    top = conversation.stack[-1] if conversation.stack else None
    waiting = [] if fate is None or top is None else [Touched(top.dialog, top.state, fate)]
    lost = [name.partition(".") for name in lost_reminders(newest, conversation)]
    return waiting + [Touched(dialog, nudge, "reminder is lost") for dialog, _, nudge in lost]
