"""A surface: a platform as the server has it, and what is the same for every platform that is spoken to over HTTP."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from typing import Protocol

from aiohttp import web

from bot.runtime.delivery import Platform
from bot.runtime.turn import Bot

log = logging.getLogger(__name__)

LARGEST_BODY = 256 * 1024
PATIENCE = 5.0
"""Seconds in which a client has to finish its headers, and then its body; between two requests it may rest as long."""


class Surface(Protocol):
    """Something that sends, and the ways in which it is spoken to."""

    @property
    def platform(self) -> Platform: ...

    async def start(self, bot: Bot) -> None:
        """Open what it needs to send what ``bot`` says, whoever takes the messages; depends on nobody out there."""

    def routes(self, bot: Bot, wake: Callable[[], None]) -> Iterable[web.RouteDef]:
        """Where it is spoken to, once it is started. It calls ``wake`` after a commit, to have the answer sent."""

    def listen(self) -> None:
        """Let events come in by other ways than the routes, once there are routes."""

    async def drain(self) -> None:
        """Take no more events and finish what was begun; sending goes on."""

    async def close(self) -> None: ...


async def read_body(request: web.Request) -> bytes:
    """Read a body as it came over the wire.

    Raises:
        web.HTTPException: it is too large, takes too long, or is packed.
    """
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise web.HTTPUnsupportedMediaType
    if request.content_length is not None and request.content_length > LARGEST_BODY:
        raise web.HTTPRequestEntityTooLarge(LARGEST_BODY, request.content_length)
    try:
        async with asyncio.timeout(PATIENCE):
            return await request.read()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None


def note_no_turn(reason: str) -> None:
    """Note that a request led to no turn; ``reason`` is one of a few, with nothing in it of what was sent."""
    log.info("A request led to no turn.", extra={"action": "receive", "reason": reason})
