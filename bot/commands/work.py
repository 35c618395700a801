"""Deliver and keep reminders for a coach that other processes serve, until told to stop.

With `--port` it says how it is, under `/healthz`, `/readyz` and `/metrics`, and takes no message.
"""

from __future__ import annotations

import asyncio
from argparse import Namespace

from bot.commands.arguments import Parser, add_database, add_folders, port
from bot.commands.surfaces import begin_log, prepare


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
    from bot.commands.serving import work  # noqa: PLC0415  # aiohttp comes with an extra

    asyncio.run(work(prepared, arguments.host, arguments.port))
    return 0
