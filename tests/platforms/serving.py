"""Our own server in a test, on a free port of this computer, until the end of a block."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.bootstrap import Service
from bot.platforms.surface import Surface
from bot.server import Server


@asynccontextmanager
async def serving(service: Service, surface: Surface, works: bool = True) -> AsyncIterator[str]:
    """Serve, and give the address without a path; ``works`` when messages are to be sent too. Storage stays open."""
    stop, port = asyncio.Event(), asyncio.get_running_loop().create_future()
    server = asyncio.ensure_future(Server(service, [surface], works).run("127.0.0.1", 0, stop, port.set_result))
    await asyncio.wait((server, port), return_when=asyncio.FIRST_COMPLETED)
    if server.done():
        server.result()
    try:
        yield f"http://127.0.0.1:{port.result()}"
    finally:
        stop.set()
        await server


@asynccontextmanager
async def delivering(service: Service, surface: Surface) -> AsyncIterator[None]:
    """Deliver as `afterword work` does, until the end of the block, and take no message. Storage stays open."""
    stop = asyncio.Event()
    await surface.start(service.bot)
    working = asyncio.ensure_future(service.worker.run(stop))
    try:
        yield
    finally:
        stop.set()
        await working
        await surface.close()
