"""Something between us and the server, on TCP: it listens in, falls silent, or gives out process ids of its own."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

_SSL_REQUEST = 80877103
_PROCESS_ID = b"K\x00\x00\x00\x0c"


class Between:
    """``pools``: as PgBouncer does, it hides which server process a connection got."""

    def __init__(self, pools: bool) -> None:
        self._pools = pools
        self._heard: list[bytearray] = []
        self._hears = asyncio.Event()
        self._hears.set()

    def fall_silent(self) -> None:
        """Pass nothing on in either direction, and keep all connections open."""
        self._hears.clear()

    def speak_again(self) -> None:
        self._hears.set()

    def messages(self) -> list[list[tuple[str, bytes]]]:
        """What each client said after it was let in: kinds of message with what they hold."""
        return [list(_messages(bytes(heard))) for heard in self._heard]

    async def serve(self, host: str, port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection(host, port)
        heard = bytearray()
        self._heard.append(heard)
        try:
            await asyncio.gather(self._pass(reader, there_writer, heard), self._pass(there_reader, writer, None))
        finally:
            writer.close()
            there_writer.close()

    async def _pass(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, heard: bytearray | None) -> None:
        try:
            while some := await source.read(65536):
                await self._hears.wait()
                if heard is not None:
                    heard += some
                target.write(_other_process(some) if self._pools and heard is None else some)
                await target.drain()
        except ConnectionError:
            pass
        target.close()


@asynccontextmanager
async def between(url: str, pools: bool = False) -> AsyncIterator[tuple[Between, str]]:
    """Stand between, and tell under which URL."""
    parts = urlsplit(url)
    assert parts.port is not None, "tests run on a port of their own"
    middle, host, port = Between(pools), parts.hostname or "", parts.port
    server = await asyncio.start_server(lambda reader, writer: middle.serve(host, port, reader, writer), "127.0.0.1", 0)
    ours = server.sockets[0].getsockname()[1]
    try:
        yield middle, parts._replace(netloc=f"{parts.username}@127.0.0.1:{ours}").geturl()
    finally:
        middle.speak_again()
        server.close()


def _messages(heard: bytes) -> Iterator[tuple[str, bytes]]:
    at = 0
    while struct.unpack_from("!II", heard, at)[1] == _SSL_REQUEST:
        at += 8
    at += struct.unpack_from("!I", heard, at)[0]
    while at < len(heard):
        (length,) = struct.unpack_from("!I", heard, at + 1)
        yield chr(heard[at]), heard[at + 5 : at + 1 + length]
        at += 1 + length


def _other_process(some: bytes) -> bytes:
    before, found, after = some.partition(_PROCESS_ID)
    return before + found + (b"\x00\x00\x00\x07" + after[4:] if found else b"")
