"""What the Teams benchmark speaks to, in a process of its own: the SDK's echo, or our turn with or without its reply.

Says on which port it serves, answers how much CPU it took, and ends when its standard input does.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from aiohttp import web

from benchmarks.teams_peer import echo_route
from bot.bootstrap import build_coach, build_service, find_folders, load
from bot.platforms.surface import note_no_turn
from bot.platforms.teams.surface import TeamsSurface
from bot.runtime.clock import RealClock
from bot.settings import read_settings
from bot.storage.crypto import Key, KeyRing
from bot.storage.opening import open_storage

ECHO, TURN, REPLY = "echo", "turn", "turn and reply"
KINDS = (ECHO, TURN, REPLY)


async def serve(kind: str) -> None:
    """Serve until standard input ends."""
    settings = read_settings().teams
    if kind == ECHO:
        await _listen([echo_route(settings)])
        return
    with tempfile.TemporaryDirectory() as folder:
        storage = await open_storage(f"sqlite:///{Path(folder) / 'turns.db'}", KeyRing([Key.fresh()]))
        clock = RealClock()
        surface = TeamsSurface(settings, clock, note_no_turn)
        service = build_service(build_coach(load(find_folders())), storage, {"teams": surface.platform}, clock)
        await surface.start(service.bot)
        working = asyncio.ensure_future(service.worker.run(asyncio.Event())) if kind == REPLY else None
        await _listen(surface.routes(service.bot, service.worker.wake if working else _nothing))
        if working is not None:
            working.cancel()
        await surface.close()
        await storage.close()


async def _listen(routes: Iterable[web.RouteDef]) -> None:
    app = web.Application()
    app.add_routes([*routes, web.get("/cpu", _cpu)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await runner.cleanup()


async def _cpu(request: web.Request) -> web.Response:
    return web.json_response(time.process_time())


def _nothing() -> None:
    """Nobody delivers here."""


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1]))
