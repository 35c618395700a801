"""The one path: every event of every platform, and every tick, goes through ``Bot.handle``.

Load, take the turn, one conditional write, return. Whoever called acknowledges after that and never before. A conflict
begins again from the load, which is safe because a turn is pure. Nothing is sent here: the outbox does that.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from bot.content.message import OutgoingMessage
from bot.engine.conversation import Conversation, Profile
from bot.engine.effects import DropNudges, Effect, Export, Forget, Send
from bot.engine.events import ProfileChanged, Tick
from bot.engine.record import dump, load
from bot.engine.ticking import next_due
from bot.errors import place_of
from bot.runtime.clock import Clock
from bot.runtime.coach import Coach
from bot.runtime.export import with_export
from bot.runtime.letters import dump_message
from bot.runtime.ports import (
    Address,
    Change,
    Incoming,
    Loaded,
    OutboxRow,
    Outcome,
    Storage,
    StorageUnavailableError,
    UnopenedError,
)
from bot.runtime.shelf import NotAtHandError, Shelf
from bot.runtime.watching import UNWATCHED, Watcher

log = logging.getLogger(__name__)

LONGEST_WAIT = 2.5
"""Seconds within which a turn is committed or refused; Slack waits three."""

MOST_TRIES = 10

REPLY_LIVES = timedelta(days=1)

PLATFORM = "platform"
"""The person's slot that says where they are met: it decides who else may read what is written there."""

FAILED_TICK_WAITS = timedelta(days=1)
"""A timer whose turn fails would otherwise fail again at once, for ever."""


class NotSavedError(Exception):
    """No commit was possible in time: the event was not received and may come again. Say so where it can be seen."""


@dataclass(frozen=True, slots=True)
class Handled:
    """What became of an event. ``reply`` is the synchronous reply as JSON; a repeated event gets the first one.

    ``address`` is the way back to the person as far as it is known now.
    """

    outcome: Literal["committed", "repeated"]
    message: OutgoingMessage | None = None
    reply: str | None = None
    address: Address | None = None


class Bot:
    """The coach with a memory."""

    def __init__(
        self,
        coach: Coach | Shelf,
        storage: Storage,
        clock: Clock,
        longest_wait: float = LONGEST_WAIT,
        watcher: Watcher = UNWATCHED,
    ) -> None:
        self.shelf = coach if isinstance(coach, Shelf) else Shelf(coach, storage)
        self._storage = storage
        self._clock = clock
        self._longest_wait = longest_wait
        self._watcher = watcher

    @property
    def coach(self) -> Coach:
        """Today's coach; a reload puts another in its place."""
        return self.shelf.coach

    async def handle(self, incoming: Incoming) -> Handled:
        """Take one turn and commit it.

        Raises:
            NotSavedError: nothing could be committed in time.
            UnopenedError: what is kept of the person does not open.
        """
        try:
            async with asyncio.timeout(self._longest_wait):
                return await self._handle(incoming)
        except UnopenedError:
            self._watcher.took_turn("unopened")
            raise
        except (StorageUnavailableError, TimeoutError) as error:
            log.warning("A turn was not saved.", extra={"action": "turn", "reason": type(error).__name__})
            self._watcher.took_turn("not saved")
            raise NotSavedError("nothing was saved; please try again") from error

    async def recall(self, address: Address) -> Conversation | None:
        """What is kept of a person, to be shown to them; ``None`` of somebody of whom nothing is.

        Raises:
            NotSavedError: nothing could be read in time.
        """
        try:
            async with asyncio.timeout(self._longest_wait):
                loaded = await self._storage.load(address)
        except (StorageUnavailableError, TimeoutError) as error:
            raise NotSavedError("nothing could be read; please try again") from error
        return None if loaded.body is None else load(loaded.body)

    async def forget(self, incoming: Incoming) -> None:
        """Delete all that is kept of a person, without a word; the event's id stays known.

        Raises:
            NotSavedError: it could not be done in time.
        """
        try:
            async with asyncio.timeout(self._longest_wait):
                while await self._forget(incoming) == "conflict":
                    pass
        except (StorageUnavailableError, TimeoutError) as error:
            raise NotSavedError("nothing was deleted; please try again") from error

    async def bury(self, address: Address, reason: str) -> None:
        """Keep a dead letter of a request that is genuine and cannot be used; it would be no more use a second time."""
        try:
            async with asyncio.timeout(self._longest_wait):
                await self._storage.keep_dead(address, reason, self._clock.now())
        except (StorageUnavailableError, TimeoutError) as error:
            log.warning("A dead letter was not saved.", extra={"action": "bury", "reason": type(error).__name__})

    async def _forget(self, incoming: Incoming) -> Outcome:
        try:
            loaded = await self._storage.load(incoming.address, incoming.id)
        except UnopenedError:
            # What does not open is deleted all the same; it needs no reading for that.
            await self._storage.forget(incoming.address)
            loaded = Loaded(0, None)
        change = Change(incoming.address, incoming.id, loaded.version, None, None, self._clock.now())
        return await self._storage.commit(change)

    async def _handle(self, incoming: Incoming) -> Handled:
        inbound = None if isinstance(incoming.event, Tick) else incoming.id
        for _ in range(MOST_TRIES):
            loaded = await self._storage.load(incoming.address, inbound)
            if loaded.known or _is_overtaken(incoming, loaded):
                self._watcher.took_turn("repeated")
                return Handled("repeated", reply=loaded.reply, address=loaded.address)
            try:
                taken = self._taken(incoming, inbound, loaded)
            except NotAtHandError as needed:
                await self.shelf.fetch(needed.version)
                continue
            if await self._storage.commit(taken.change) == "committed":
                self._watcher.took_turn("committed" if taken.change.letter is None else "failed")
                self._watcher.moved(incoming.address.person, taken.before, taken.after)
                return Handled("committed", taken.message, taken.change.reply, taken.change.address)
        raise StorageUnavailableError("the conversation changed under every attempt")

    def _taken(self, incoming: Incoming, inbound: str | None, loaded: Loaded) -> _Taken:
        """Take the turn; whatever goes wrong in it must neither be lost nor come back for ever."""
        conversation = Conversation(slots={PLATFORM: incoming.address.platform})
        try:
            if loaded.body is not None:
                conversation = load(loaded.body)
            return self._moved(incoming, inbound, loaded, conversation)
        except NotAtHandError:
            raise
        except Exception as error:  # noqa: BLE001 - a turn is pure: what failed once fails each time, so it ends here
            reason = type(error).__name__
            log.error("A turn failed and was answered kindly.", extra={"action": "turn", "reason": place_of(error)})
            return self._failed(incoming, inbound, loaded, conversation, reason)

    def _moved(self, incoming: Incoming, inbound: str | None, loaded: Loaded, conversation: Conversation) -> _Taken:
        now, coach = self._clock.now(), self.shelf.coach_for(conversation)
        if incoming.profile is not None and is_news(conversation.profile, incoming.profile):
            conversation = coach.take_turn(conversation, incoming.profile, now).turn.conversation
        spoken = coach.take_turn(conversation, incoming.event, now)
        after, effects = self.shelf.settled(spoken.turn.conversation), spoken.turn.effects
        message, *more = with_export(spoken.message, after) if _has(Export, effects) else (spoken.message,)
        forgets = _has(Forget, effects)
        change = Change(
            address=_way_back(incoming.address, loaded.address),
            inbound=inbound,
            version=loaded.version,
            body=None if forgets else dump(after),
            next_due=None if forgets else next_due(after),
            now=now,
            rows=(
                *rows_for(message, now, _expiry(effects), stops=_has(DropNudges, effects)),
                *(row for further in more for row in rows_for(further, now)),
            ),
            drop_nudges=_has(DropNudges, effects),
            reply=_reply(coach, spoken.turn.reply, after, now),
            planned_with=after.planned_with,
            finishes_on=after.finishes_on,
        )
        return _Taken(change, message, conversation, after)

    def _failed(
        self, incoming: Incoming, inbound: str | None, loaded: Loaded, conversation: Conversation, reason: str
    ) -> _Taken:
        now = self._clock.now()
        ticked = isinstance(incoming.event, Tick)
        message = None if ticked else self.coach.repair("failed", conversation, now)
        change = Change(
            address=_way_back(incoming.address, loaded.address),
            inbound=inbound,
            version=loaded.version,
            body=loaded.body if loaded.body is not None else dump(conversation),
            next_due=now + FAILED_TICK_WAITS if ticked else next_due(conversation),
            now=now,
            rows=rows_for(message, now),
            letter=reason,
            planned_with=self.coach.library.version,
            finishes_on=conversation.finishes_on or conversation.planned_with,
        )
        return _Taken(change, message, conversation, conversation)


@dataclass(frozen=True, slots=True)
class _Taken:
    change: Change
    message: OutgoingMessage | None
    before: Conversation
    after: Conversation


def _is_overtaken(incoming: Incoming, loaded: Loaded) -> bool:
    """A tick of somebody who was deleted since it was claimed brings nobody back, and nobody is new a second time."""
    return incoming.only_new if loaded.body is not None else isinstance(incoming.event, Tick)


def _reply(coach: Coach, reply: Effect | None, conversation: Conversation, now: datetime) -> str | None:
    message = coach.worded((reply,), conversation, now) if isinstance(reply, Send) else None
    return dump_message(message) if message else None


def _way_back(told: Address, known: Address | None) -> Address:
    """What an event does not tell of the way back to the person stays as it was."""
    if known is None or (told.channel and told.route.keys() >= known.route.keys()):
        return told
    return replace(told, channel=told.channel or known.channel, route={**known.route, **told.route})


def is_news(known: Profile, told: ProfileChanged) -> bool:
    """Whether a platform tells anything of the person that is not known yet."""
    pairs = zip((told.name, told.timezone, told.language, told.country), known, strict=True)
    return any(new and new != old for new, old in pairs)


def _has(kind: type[Effect], effects: Iterable[Effect]) -> bool:
    return any(isinstance(effect, kind) for effect in effects)


def _expiry(effects: Iterable[Effect]) -> datetime | None:
    """When the first of the sends is too late, if one ever is."""
    return min((one.expires for one in effects if isinstance(one, Send) and one.expires is not None), default=None)


def rows_for(
    message: OutgoingMessage | None, now: datetime, expires: datetime | None = None, stops: bool = False
) -> tuple[OutboxRow, ...]:
    """The message as a row of the outbox; an answer to "stop" waits behind nothing, like one to a crisis."""
    if message is None:
        return ()
    return (
        OutboxRow(
            body=dump_message(message),
            due_at=now,
            expires_at=expires or now + REPLY_LIVES,
            lane="urgent" if message.urgent or (stops and message.nudge is None) else "chat",
            nudge=message.nudge,
        ),
    )
