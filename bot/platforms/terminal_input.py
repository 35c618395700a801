"""What is typed into the terminal, line by line, without holding up the coach."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from threading import Thread

LONGEST_LINE = 64 * 1024
"""Bytes of one line that are kept; more than any message may have, and the rest of the line is dropped."""

ReadLine = Callable[[], str | None]
"""Waits for one line and returns it without its end; ``None`` when there are no more."""


class Lines:
    """Reads in a thread of its own, so that a nudge can appear while somebody thinks.

    The thread is left behind when the chat ends: nothing can wake it from waiting for a key.
    """

    def __init__(self, read: ReadLine) -> None:
        self._read = read

    async def next(self) -> str | None:
        loop = asyncio.get_running_loop()
        arrived: asyncio.Future[str | None] = loop.create_future()
        Thread(target=self._fetch, args=(loop, arrived), daemon=True).start()
        return await arrived

    def _fetch(self, loop: asyncio.AbstractEventLoop, arrived: asyncio.Future[str | None]) -> None:
        line = self._read()
        if not loop.is_closed():
            loop.call_soon_threadsafe(_settle, arrived, line)


def _settle(arrived: asyncio.Future[str | None], line: str | None) -> None:
    if not arrived.done():
        arrived.set_result(line)


class Pipe:
    """Reads lines from a file descriptor; bytes that are no UTF-8 come through as lone surrogates."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._waiting = b""
        self._ended = False

    def read(self) -> str | None:
        while b"\n" not in self._waiting and not self._ended:
            piece = os.read(self._descriptor, LONGEST_LINE)
            self._ended = not piece
            self._waiting = self._shortened() + piece
        if self._ended and not self._waiting:
            return None
        line, _, self._waiting = self._waiting.partition(b"\n")
        return line[:LONGEST_LINE].rstrip(b"\r").decode("utf-8", "surrogateescape")

    def _shortened(self) -> bytes:
        """What has arrived of an unfinished line; more than is kept of it would only fill the memory."""
        return self._waiting[: LONGEST_LINE + 1]
