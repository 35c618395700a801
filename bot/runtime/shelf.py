"""The shelf: today's coach at hand, and those of older versions that conversations finish on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace

from bot.content.finishing import finishing as finishing_words
from bot.engine.conversation import Conversation
from bot.engine.finishing import finishing
from bot.engine.mending import fits
from bot.runtime.coach import Coach
from bot.runtime.versions import Versions

log = logging.getLogger(__name__)

MOST_AT_HAND = 8
"""How many older versions are held ready; each is a few megabytes and takes a fifth of a second to make again."""

Recompile = Callable[[bytes], Coach]
"""Makes the coach of a bundle again; raises ``UnusableVersionError`` where the program of today cannot."""


class UnusableVersionError(Exception):
    """A kept version that cannot be used any more: damaged, or its files mean nothing to the program of today."""


class NotAtHandError(Exception):
    """A turn needs an older version that is not at hand; ``fetch`` it, then take the turn again."""

    def __init__(self, version: str) -> None:
        super().__init__(version)
        self.version = version


def nothing_older(bundle: bytes) -> Coach:
    """For whoever never finishes anything on an older version."""
    raise UnusableVersionError("older versions are not used here")


class Shelf:
    """Every turn asks ``coach_for``; everything else of a person that is not a turn uses ``coach``."""

    def __init__(self, coach: Coach, versions: Versions, recompile: Recompile = nothing_older) -> None:
        self.coach = coach
        self._versions = versions
        self._recompile = recompile
        self._old: dict[str, Coach | None] = {}
        self._blended: dict[str, Coach] = {}

    def renew(self, coach: Coach) -> None:
        """From now on this is today's coach; the one before stays at hand for what it began."""
        before, self.coach = self.coach, coach
        self._blended.clear()
        self._put(before.library.version, before)

    def coach_for(self, conversation: Conversation) -> Coach:
        """The coach to take a turn with: today's, unless the conversation has something to finish.

        Raises:
            NotAtHandError: the version that it needs must be fetched first.
        """
        if fits(self.coach.library, conversation):
            return self.coach
        old = self._finishing(conversation.finishes_on or conversation.planned_with)
        return self.coach if old is None or not fits(old.library, conversation) else old

    async def fetch(self, version: str) -> None:
        """Bring an older version to hand; one that is gone, or cannot be used, is not asked for again."""
        bundle = await self._versions.version(version)
        self._put(version, None if bundle is None else await asyncio.to_thread(self._made, version, bundle))

    def settled(self, conversation: Conversation) -> Conversation:
        """The conversation after a turn, without a claim on an older version that it needs no longer."""
        done = conversation.finishes_on and fits(self.coach.library, conversation)
        return conversation._replace(finishes_on="") if done else conversation

    def _finishing(self, version: str) -> Coach | None:
        if version not in self._old:
            if version == self.coach.library.version or not version:
                return None
            raise NotAtHandError(version)
        old = self._old[version]
        if old is None:
            return None
        if version not in self._blended:
            self._blended[version] = replace(
                self.coach,
                library=finishing(self.coach.library, old.library),
                catalog=finishing_words(self.coach.catalog, old.catalog),
            )
        return self._blended[version]

    def _made(self, version: str, bundle: bytes) -> Coach | None:
        try:
            return self._recompile(bundle)
        except UnusableVersionError as error:
            log.warning(
                "A version that a conversation was to finish on cannot be used.",
                extra={"action": "fetch", "version": version, "reason": str(error)},
            )
            return None

    def _put(self, version: str, coach: Coach | None) -> None:
        self._old.pop(version, None)
        self._old[version] = coach
        while len(self._old) > MOST_AT_HAND:
            dropped = next(iter(self._old))
            del self._old[dropped]
            self._blended.pop(dropped, None)
