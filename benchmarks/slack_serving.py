"""What `benchmarks.slack_turn` measures, each serving in a process of its own until its input ends.

``turn`` is our server with a database on disk, or on PostgreSQL; ``bolt`` is Bolt as its documentation shows it, with a
listener that does nothing; ``bolt, keeping`` has one that keeps the words with the least of SQL. All say under ``/cpu``
how many seconds of CPU they took so far.
"""

from __future__ import annotations

import asyncio
import resource
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from benchmarks.slack_floor import Keeper
from bot.bootstrap import build_coach, build_service, compile_all, find_folders
from bot.platforms.slack.surface import SlackSurface
from bot.runtime.clock import RealClock
from bot.runtime.ports import Storage
from bot.server import Server
from bot.settings import SlackSettings
from bot.storage.crypto import Key, KeyRing
from bot.storage.opening import open_storage
from tests.storage.postgres.server import Server as PostgresServer
from tests.storage.postgres.server import new_database

SECRET = "signing-secret-of-the-benchmark"
TEAM = "T0BENCH"


async def turn_on_sqlite() -> web.Application:
    return await turn(f"sqlite:///{tempfile.mkdtemp()}/afterword.db")


async def turn_on_postgresql() -> web.Application:
    """The server is a process of its own, which is not measured; it ends with ours."""
    return await turn(new_database(PostgresServer(settings=()).url()))


async def turn(url: str) -> web.Application:
    return await ours(await open_storage(url, KeyRing([Key.fresh()])), "http://127.0.0.1:1/api/")


async def ours(storage: Storage, api: str) -> web.Application:
    """Our application; nothing is delivered, because that is not a part of answering."""
    settings = SlackSettings(bot_token="xoxb-1", signing_secret=SECRET, api_url=api)
    surface = SlackSurface(settings, storage, RealClock(), lambda reason: None)
    coach = build_coach(compile_all(find_folders()))
    service = build_service(coach, storage, {"slack": surface.platform}, RealClock())
    await surface.start(service.bot)
    return Server(service, [surface], works=False).application()


async def bolt() -> web.Application:
    """A listener that does nothing."""

    async def listen() -> None:
        return

    return around(listen)


async def bolt_that_keeps() -> web.Application:
    """A listener that keeps the words on a disk and does nothing else."""
    keeper = Keeper(f"{tempfile.mkdtemp()}/floor.db")

    async def listen(body: dict[str, Any]) -> None:
        await keeper.keep((body["event"]["user"], body["event_id"], body["event"]["text"]))

    return around(listen)


def around(listen: Callable[..., Awaitable[None]]) -> web.Application:
    """Bolt's own door and dispatcher around a listener."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_token="xoxb-1", bot_user_id="U0BOT")

    app = AsyncApp(signing_secret=SECRET, authorize=authorize, process_before_response=True)
    app.event("message")(listen)

    async def receive(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    application = web.Application()
    application.add_routes([web.post("/slack/events", receive)])
    return application


KINDS: Mapping[str, Callable[[], Awaitable[web.Application]]] = {
    "bolt": bolt,
    "bolt, keeping": bolt_that_keeps,
    "turn": turn_on_sqlite,
    "turn, PostgreSQL": turn_on_postgresql,
}


async def _cpu(request: web.Request) -> web.Response:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return web.json_response(used.ru_utime + used.ru_stime)


async def serve(application: web.Application) -> None:
    """Serve, say the port, and end when the input does."""
    application.add_routes([web.get("/cpu", _cpu)])
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.to_thread(sys.stdin.read)


async def _main(what: str) -> None:
    await serve(await KINDS[what]())


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1]))
