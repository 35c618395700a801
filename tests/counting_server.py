"""The server as it is shipped, for players of hostile requests: it also says how many turns a person had.

    python -m tests.counting_server --port 8080

The settings are those of `afterword serve`. ``GET /_test/turns?user=U`` answers ``{"turns": n}``.
"""

from __future__ import annotations

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from typing import ClassVar

from aiohttp import web

from bot.commands.serving import open_service
from bot.commands.surfaces import begin_log, prepare, until_told
from bot.engine.events import ProfileChanged, Tick
from bot.runtime.ports import Incoming
from bot.runtime.turn import Bot, Handled
from bot.server import Server
from bot.settings import read_settings


class CountingBot(Bot):
    """Counts committed turns by person, those apart that nobody asked for."""

    turns: ClassVar[Counter[str]] = Counter()

    async def handle(self, incoming: Incoming) -> Handled:
        handled = await super().handle(incoming)
        if handled.outcome == "committed" and not isinstance(incoming.event, ProfileChanged | Tick):
            self.turns[incoming.address.user] += 1
        return handled


class CountingServer(Server):
    """Offers the count beside everything else."""

    def application(self) -> web.Application:
        app = super().application()
        app.add_routes([web.get("/_test/turns", _turns)])
        return app


async def _turns(request: web.Request) -> web.Response:
    return web.json_response({"turns": CountingBot.turns[request.query.get("user", "")]})


async def _serve(arguments: Namespace) -> None:
    stop = until_told()
    service, surfaces = await open_service(prepare(arguments))
    service.bot.__class__ = CountingBot
    await CountingServer(service, surfaces).run("127.0.0.1", arguments.port, stop)


def main(words: list[str]) -> None:
    parser = ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--db", default="sqlite://")
    parser.add_argument("--dialogs", action="append", default=[])
    parser.add_argument("--content", action="append", default=[])
    begin_log(read_settings())
    asyncio.run(_serve(parser.parse_args(words)))


if __name__ == "__main__":
    main(sys.argv[1:])
