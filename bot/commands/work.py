"""Deliver and keep reminders for a coach that other processes serve, until told to stop."""

from __future__ import annotations

import asyncio
from argparse import Namespace

from bot.commands.arguments import Parser, add_database, add_folders
from bot.commands.surfaces import Prepared, asked_to_reload, begin_log, kept_current, open_service, prepare, until_told


def add_arguments(parser: Parser) -> None:
    """What `afterword work` takes."""
    add_database(parser)
    add_folders(parser)


def run(arguments: Namespace) -> int:
    """Work until SIGTERM or Ctrl-C."""
    prepared = prepare(arguments)
    begin_log(prepared.settings)
    asyncio.run(_work(prepared))
    return 0


async def _work(prepared: Prepared) -> None:
    stop, asked = until_told(), asked_to_reload()
    service, surfaces = await open_service(prepared)
    try:
        for surface in surfaces:
            await surface.start()
        async with kept_current(prepared, service, stop, asked):
            await service.worker.run(stop)
    finally:
        for surface in surfaces:
            await surface.close()
        await service.storage.close()
