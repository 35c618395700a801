"""Keys: the public keys with which the Bot Connector signs, kept at hand without keeping anybody waiting.

What is known stays good while the key server is slow, down or talks rubbish. Whatever requests come, they make us knock
there once a minute at most, so nobody who makes up key ids can make us a nuisance; as each answer brings all keys, a
rotation is noticed at its first use, and a minute later at most while somebody is at that. Until there is a first list
it is looked for with growing pauses, whether requests come or not.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable

import aiohttp

from bot.platforms.teams.key_list import BadKeyListError, KeyList, SigningKey, fetch_keys, is_key_id, open_session

log = logging.getLogger(__name__)

OPENID_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"

FRESH = 24 * 3600.0
"""Seconds after which keys are fetched anew, beside whatever else is going on."""

ASK_EVERY = 60.0

PATIENCE = 2.0
"""Seconds that an event waits for a key that nobody knows yet."""

FIRST_PAUSE = 0.5


class Keys:
    """The keys by id. ``seconds`` is a clock that never goes back, ``sleep`` waits so many of them."""

    def __init__(
        self,
        url: str = OPENID_URL,
        seconds: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._url = url
        self._seconds = seconds
        self._sleep = sleep
        self._known: KeyList = {}
        self._fetched_at = float("-inf")
        self._asked_at = float("-inf")
        self._looking: asyncio.Task[None] | None = None
        self._fetching: asyncio.Task[None] | None = None
        self._session: aiohttp.ClientSession | None = None

    def start(self) -> None:
        """Begin to look for the first list; nobody waits for it."""
        self._looking = asyncio.create_task(self._look())

    async def close(self) -> None:
        tasks = [task for task in (self._looking, self._fetching) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def known(self, key_id: str) -> SigningKey | None:
        """The key with the id, of those that are known now."""
        found = self._known.get(key_id)
        if found is not None and self._seconds() - self._fetched_at > FRESH and self._may_ask():
            self._ask()
        return found

    def all_known(self) -> Iterable[SigningKey]:
        return self._known.values()

    def may_bring(self, key_id: str) -> bool:
        """Whether a look at the list is allowed now, or under way, that may bring a key which nobody knows yet."""
        return is_key_id(key_id) and (self._is_fetching() or self._may_ask())

    async def bring(self, key_id: str) -> SigningKey | None:
        """The key with the id, after that look."""
        asked = self._fetch_once() if self._is_fetching() else self._ask()
        await asyncio.wait([asked], timeout=PATIENCE)
        return self._known.get(key_id)

    def _may_ask(self) -> bool:
        return self._seconds() - self._asked_at >= ASK_EVERY

    def _ask(self) -> asyncio.Task[None]:
        """Look at the list because of a request."""
        self._asked_at = self._seconds()
        return self._fetch_once()

    def _is_fetching(self) -> bool:
        return self._fetching is not None and not self._fetching.done()

    def _fetch_once(self) -> asyncio.Task[None]:
        if self._fetching is None or self._fetching.done():
            self._fetching = asyncio.create_task(self._fetch())
        return self._fetching

    async def _look(self) -> None:
        pause = FIRST_PAUSE
        while not self._known:
            await asyncio.wait([self._fetch_once()])
            if not self._known:
                await self._sleep(pause)
                pause = min(2 * pause, ASK_EVERY)

    async def _fetch(self) -> None:
        if self._session is None:
            self._session = open_session()
        try:
            found = await fetch_keys(self._session, self._url)
        except BadKeyListError as error:
            log.warning(
                "The keys of Teams could not be fetched.",
                extra={"action": "keys", "reason": str(error), "known": len(self._known)},
            )
            return
        if not self._known:
            # Who asked for the first list asked for no unknown key: a rotation right after it is still noticed.
            self._asked_at = float("-inf")
        self._known, self._fetched_at = found, self._seconds()
