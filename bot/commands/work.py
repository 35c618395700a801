"""Deliver and keep reminders for a coach that other processes serve, until told to stop.

With `--port` it says how it is, under `/healthz`, `/readyz` and `/metrics`, and takes no message.
"""

from __future__ import annotations

import asyncio
from argparse import Namespace

from bot.commands.arguments import Parser, add_database, add_folders, port
from bot.commands.surfaces import Prepared, asked_to_reload, begin_log, kept_current, open_service, prepare, until_told
from bot.metrics import Metrics
from bot.server import Server


def add_arguments(parser: Parser) -> None:
    """What `afterword work` takes."""
    parser.add_argument("--host", default="127.0.0.1", metavar="H", help="where to listen (default: this computer)")
    parser.add_argument("--port", type=port, metavar="P", help="the port under which to say how it is (default: none)")
    add_database(parser)
    add_folders(parser)


def run(arguments: Namespace) -> int:
    """Work until SIGTERM or Ctrl-C."""
    prepared = prepare(arguments)
    begin_log(prepared.settings)
    asyncio.run(_work(prepared, arguments))
    return 0


async def _work(prepared: Prepared, arguments: Namespace) -> None:
    stop, asked = until_told(), asked_to_reload()
    metrics = Metrics()
    service, surfaces = await open_service(prepared, metrics)
    try:
        for surface in surfaces:
            await surface.start(service.bot)
        async with kept_current(prepared, service, stop, asked):
            if arguments.port is None:
                await service.worker.run(stop)
            else:  # the platforms' own routes are left out: whoever has a message for us meets `afterword serve`
                await Server(service, (), metrics=metrics).run(arguments.host, arguments.port, stop)
    finally:
        for surface in surfaces:
            await surface.close()
        await service.storage.close()
