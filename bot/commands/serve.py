"""Run the coach for the platforms that are set up, until told to stop. docs/slack.md and docs/teams.md say how."""

from __future__ import annotations

import asyncio
from argparse import Namespace

from bot.commands.arguments import Parser, add_database, add_folders, port
from bot.commands.surfaces import begin_log, prepare

PORT = 8080


def add_arguments(parser: Parser) -> None:
    """What `afterword serve` takes."""
    parser.add_argument("--host", default="127.0.0.1", metavar="H", help="where to listen (default: this computer)")
    parser.add_argument("--port", default=PORT, type=port, metavar="P", help=f"the port to listen on (default: {PORT})")
    parser.add_argument("--no-worker", action="store_true", help="answer only; `afterword work` delivers")
    add_database(parser)
    add_folders(parser)


def run(arguments: Namespace) -> int:
    """Serve until SIGTERM or Ctrl-C."""
    prepared = prepare(arguments)
    begin_log(prepared.settings)
    from bot.commands.serving import serve  # noqa: PLC0415  # aiohttp comes with an extra

    asyncio.run(serve(prepared, arguments.host, arguments.port, not arguments.no_worker))
    return 0
